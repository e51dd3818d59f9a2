import { haltAll } from "../../../src/nodes/live/halting.ts"
import { leaveLive } from "../../../src/nodes/live/leave.ts"
import { goLive } from "../../../src/nodes/live/protocol.ts"
import { resumePaper } from "../../../src/nodes/live/resuming.ts"
import type { LiveWish } from "../../../src/nodes/live/wish.ts"
import type { Stage } from "../../../src/nodes/live/world.ts"
import type { Forgot } from "./guards.ts"
import { startModel } from "./model.ts"
import { type Process, startNetwork } from "./network.ts"
import { obey } from "./node-orders.ts"
import { handOf, type Surroundings } from "./node-state.ts"
import { boot, crash, watchEach } from "./node-watch.ts"
import { randomOf } from "./random.ts"
import { type Act, confirmedOf, namesFor, scheduleOf } from "./schedule.ts"
import { startStore } from "./store.ts"
import { startTurns } from "./turns.ts"
import { worldOf } from "./worlds.ts"

export interface Played {
  readonly troubles: readonly string[]
  /** What came of it, for those who count. */
  readonly ends: readonly string[]
  /** Of the record at the end. */
  readonly epoch: number
}

/** One schedule, from its seed to its end. A mutant's nodes have forgotten something. */
export async function play(seed: number, forgot: Forgot = () => false): Promise<Played> {
  const random = randomOf(seed)
  const { nodes, record, weather, acts } = scheduleOf(random)
  const systems = Object.keys(record.systems)
  const turns = startTurns(random)
  const { open, reached } = startGates()
  const model = startModel({ nodes, systems, now: turns.now, store: () => store })
  const halted = systems.filter((name) => record.systems[name]?.trading === "halted")
  const store = startStore(record, halted, {
    marked: model.marked,
    landed(written) {
      model.landed(written)
      if (written.run.startsWith("resume")) open("resumed")
    },
  })
  store.credentials.open = Object.values(record.systems).some(({ mode }) => mode === "live")
  let healed = false
  const within = ([from, until]: readonly [number, number]) => turns.now() >= from && turns.now() < until
  const around: Surroundings = {
    turns,
    store,
    systems,
    forgot,
    readable: () => healed || !within(weather.bucketDown),
    latched: model.latched,
    started: model.started,
  }
  const network = startNetwork(turns, random, weather)
  const ends: string[] = []
  const gone = new Set<string>()
  for (const node of nodes) boot(node, around)
  for (const [number, act] of acts.entries()) void perform(act, number)
  await turns.run(3_000, model.look)
  healed = true
  await turns.runOn(6 * watchEach, model.look)
  model.atTheEnd()
  return { troubles: [...model.troubles], ends, epoch: store.seen().record.epoch }

  async function perform(act: Act, number: number) {
    if (act.after) await reached(act.after)
    await turns.step(() => true, act.at)
    const names = namesFor(act, store.seen().record, random)
    const trader = nodes.find(({ id }) => id === store.seen().record.systems[names[0] ?? ""]?.trader)
    const node = random.chance(0.7) ? trader : nodes[random.below(nodes.length)]
    const { killedAt, killedAfter, stoppedAt } = act
    const name = `${act.deed.replaceAll(" ", "-")}-${number}`
    const rest = { killedAt, killedAfter, stoppedAt, stop: new AbortController() }
    const process: Process = { name, dead: false, calls: 0, ...rest }
    const world = { ...worldOf(process, network, turns, around, nodes), reached: number === 0 ? open : () => {} }
    const wisher = { by: "arn", run: name }
    switch (act.deed) {
      case "live":
      case "resume live": {
        const { epoch } = store.seen().record
        const command = act.deed === "live" ? "live" : "resume"
        const confirmed = confirmedOf(names)
        const wish: LiveWish = { ...wisher, command, confirmed, epoch, signal: process.stop.signal }
        const end = await goLive(world, wish)
        model.ended(world, wish, end)
        ends.push(
          end.end === "live"
            ? `${command}: live`
            : `${command}: ${end.now.includes("nothing was changed") ? "refused" : end.safe ? "undone" : "unknown"}`,
        )
        return
      }
      case "leave":
        ends.push(
          `leave: ${(await leaveLive(world, { ...wisher, systems: names, mode: random.of(["development", "testing"]) })).end}`,
        )
        return
      case "halt":
        ends.push(`halt: ${(await haltAll(world, { ...wisher, systems: names, now: random.chance(0.3) })).halted}`)
        return
      case "resume paper":
        ends.push(`resume paper: ${(await resumePaper(world, { ...wisher, systems: names })).end}`)
        return
      case "halt at the console":
        if (!node?.up) return
        await obey(handOf(node, around), { phase: "halt", system: names[0] ?? "", now: false })
        ends.push("halted at the console")
        return
      case "crash":
        if (!node?.up) return
        crash(node)
        await turns.step(() => true, 5 + random.below(30))
        if (!gone.has(node.id)) boot(node, around)
        ends.push("crashed")
        return
      case "replace":
        return replace(names[0] ?? "")
    }
  }

  /** As a deploy does: the old one is gone before another one is named, and never where it is live. */
  async function replace(system: string) {
    const seen = store.seen()
    const was = seen.record.systems[system]
    const old = nodes.find(({ id }) => id === was?.trader)
    const other = nodes.find(({ id }) => id !== was?.trader)
    if (!was || !old || !other || was.mode === "live") return
    gone.add(old.id)
    crash(old)
    const trading = { ...seen.record.systems, [system]: { ...was, trader: other.id } }
    store.swap({ ...seen.record, epoch: seen.record.epoch + 1, run: "replace", systems: trading }, seen.etag)
    ends.push("replaced")
  }
}

/** Some acts wait until the first run has come to a certain stage. */
function startGates() {
  const waiting: { readonly stage: Stage | "resumed"; go(): void }[] = []
  return {
    open: (stage: Stage | "resumed") => {
      for (const gate of waiting) if (gate.stage === stage) gate.go()
    },
    reached: (stage: Stage | "resumed") => new Promise<void>((go) => void waiting.push({ stage, go })),
  }
}
