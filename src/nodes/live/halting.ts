import { type Answer, reasonsOf, tellAll } from "./answers.ts"
import { notHalted } from "./judge-paper.ts"
import { noted, tried } from "./noting.ts"
import { after, seenNow, withEach, writeOver } from "./rewrite.ts"
import type { HaltAnswer, HaltEnd, HaltWish } from "./wish.ts"
import type { HaltWorld } from "./world.ts"

/**
 * Needs no lock, waits for nothing, and nothing keeps the rest of it back: the nodes are told, the markers are set and
 * the record is changed at once.
 */
export async function haltAll(world: HaltWorld, wish: HaltWish): Promise<HaltEnd> {
  const { systems, now } = wish
  const orders = systems.map((system) => ({ system, phase: "halt" as const, now }))
  const [all, unmarked, unwritten, unnoted] = await Promise.all([
    Promise.all(orders.map((order) => tellAll(world, world.nodes, [order], 2))),
    Promise.all(systems.map((system) => tried(world.mark(system), `${system}: its halt marker could not be set`))),
    haltRecord(world, wish),
    noted(world, { event: "halt-begin", systems, epoch: 0, what: `halt: ${systems.join(", ")}` }),
  ])
  const answers = all.flat().map(answerOf)
  const failed = answers.flatMap(({ node, system, why }) => (why === undefined ? [] : [`${node}: ${system}: ${why}`]))
  const reasons = [...failed, ...(unwritten === undefined ? [] : [unwritten])]
  const what = reasons.length > 0 ? reasons.join("; ") : "every node has halted"
  const unended = await noted(world, {
    event: reasons.length > 0 ? "halt-failed" : "halt-end",
    systems,
    epoch: 0,
    what,
  })
  return {
    halted: reasons.length === 0,
    answers,
    ...(unwritten !== undefined && { record: unwritten }),
    notes: [...unmarked.flat(), ...unnoted, ...unended],
  }
}

/**
 * Nothing, once the record says so. It is written also where it says so already: whoever is about to resume has then
 * seen one that is gone.
 */
async function haltRecord(world: HaltWorld, wish: HaltWish): Promise<string | undefined> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const seen = await seenNow(world)
    if (seen) {
      const systems = withEach(seen.record, wish.systems, (was) =>
        was.trading === "halted" ? was : { ...was, trading: "halted", since: world.now() },
      )
      if ((await writeOver(world, after(world, wish, seen.record, systems), seen)) === "yes") return undefined
    }
    await world.pause(attempt)
  }
  return "the trading record may not say so: it could not be written"
}

/** Others may write it as often as they like: a halt has to come between. */
const attempts = 10

function answerOf(answer: Answer): HaltAnswer {
  const { node, system } = answer
  const [why] = reasonsOf([answer], notHalted)
  if (why === undefined) return { node, system, halted: true }
  return { node, system, halted: false, why: why.slice(`${node}: ${system}: `.length) }
}
