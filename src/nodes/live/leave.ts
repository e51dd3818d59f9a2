import type { Trading, TradingRecord } from "../../aws/trading/record.ts"
import { reasonsOf, saidBy, tellAll } from "./answers.ts"
import { disarmUnlessLive } from "./disarm.ts"
import { notHalted, notPaper } from "./judge-paper.ts"
import { noted } from "./noting.ts"
import { after, seenNow, withEach, writeOver } from "./rewrite.ts"
import { untouched } from "./untouched.ts"
import type { PaperEnd, PaperWish } from "./wish.ts"
import type { LeaveWorld, TradingWorld } from "./world.ts"

/**
 * Brings systems to paper trading, from live or from the other paper mode. What was live is halted first and stays so
 * until it is resumed. Each step is towards safety, so none is kept back because another one failed.
 */
export async function leaveLive(world: LeaveWorld, wish: PaperWish): Promise<PaperEnd> {
  const { systems, mode } = wish
  const first = await seenNow(world)
  const unknown = first ? systems.filter((name) => !first.record.systems[name]) : []
  if (!first || unknown.length > 0)
    return untouched(first ? unknown.map(notThere) : ["the trading record cannot be read"])
  const live = systems.filter((name) => first.record.systems[name]?.mode === "live")
  const { epoch } = first.record
  const begun = await noted(world, { event: "paper-begin", systems, epoch, what: `to ${mode}: ${systems.join(", ")}` })

  const orders = live.map((system) => ({ system, phase: "halt" as const, now: true }))
  const running = reasonsOf(await tellAll(world, live.length > 0 ? world.nodes : [], orders, tries), notHalted)
  const { record, why } = await changeMode(world, wish, live)
  // What did not halt is halted by the next order or by the record, and is of no interest then.
  if (!record) return { ...untouched([why, ...running]), notes: begun }

  const open = await disarmUnlessLive(world, record)
  // Nothing is done to a node after this: what it answers is the proof too.
  const papers = systems.map((system) => ({ system, phase: "paper" as const, epoch: record.epoch }))
  const answers = await tellAll(world, world.nodes, papers, tries)
  const reasons = [...open, ...reasonsOf(answers, (said) => notPaper(record, said))]
  const end = reasons.length > 0 ? "failed" : "done"
  const what = end === "done" ? `${mode}, and every node was read back` : reasons.join("; ")
  const ended = await noted(world, { event: `paper-${end}`, systems, epoch: record.epoch, what })
  const now = systems.map((name) => `${name}: the trading record says ${mode}/${record.systems[name]?.trading}`)
  return { end, reasons, now, said: saidBy(answers), notes: [...begun, ...ended] }
}

const tries = 3

interface Changed {
  readonly record?: TradingRecord
  readonly why: string
}

/** The newest record, however often others come first; but what went live meanwhile is not taken back in passing. */
async function changeMode(world: TradingWorld, wish: PaperWish, live: readonly string[]): Promise<Changed> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const seen = await seenNow(world)
    if (seen) {
      const now = seen.record.systems
      const gone = wish.systems.filter((name) => !live.includes(name) && now[name]?.mode === "live")
      if (gone.length > 0) return { why: `somebody took ${gone.join(" and ")} live meanwhile` }
      if (wish.systems.every((name) => now[name]?.mode === wish.mode)) return { record: seen.record, why: "" }
      const next = after(
        world,
        wish,
        seen.record,
        withEach(seen.record, wish.systems, (was) => paper(world, wish, was)),
      )
      if ((await writeOver(world, next, seen)) === "yes") return { record: next, why: "" }
    }
    await world.pause(attempt)
  }
  return { why: "nobody knows whether the trading record was changed: it could not be read back" }
}

const attempts = 5

function paper(world: TradingWorld, { mode }: PaperWish, was: Trading): Trading {
  if (was.mode === mode) return was
  const trading = was.mode === "live" ? "halted" : was.trading
  return { ...was, mode, trading, since: world.now() }
}

const notThere = (name: string): string => `${name} is not in the trading record`
