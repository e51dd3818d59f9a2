import type { Trading, TradingRecord } from "../../../src/aws/trading/record.ts"
import type { Stage } from "../../../src/nodes/live/world.ts"
import type { Weather } from "./network.ts"
import { right } from "./node-says.ts"
import { type Mode, type NodeState, newNode, type Wrong } from "./node-state.ts"
import type { Random } from "./random.ts"

/** What may be done by somebody in a schedule, at some time. */
export type Deed =
  | "live"
  | "resume live"
  | "leave"
  | "halt"
  | "halt at the console"
  | "resume paper"
  | "crash"
  | "replace"

export interface Act {
  readonly deed: Deed
  /** Once the first run has come so far; else from the beginning. */
  readonly after: Stage | "resumed" | undefined
  readonly at: number
  readonly killedAt: number | undefined
  readonly killedAfter: boolean
  readonly stoppedAt: number | undefined
}

/** How everything stands, and what will happen to it. */
export interface Schedule {
  readonly nodes: readonly NodeState[]
  readonly record: TradingRecord
  readonly weather: Weather
  readonly acts: readonly Act[]
}

export function scheduleOf(random: Random): Schedule {
  const count = random.of([1, 2, 2, 5])
  const ids = Array.from({ length: count }, (_, n) => `i-${n + 1}`)
  const names = random.chance(0.5) ? ["smart-0dte"] : ["smart-0dte", "mag7-7dte"]
  const systems = Object.fromEntries(names.map((name) => [name, tradingOf(random, ids)]))
  const record: TradingRecord = { schema: 1, scope: "poc", epoch: 7, at: "", by: "", run: "deploy", systems }
  const nodes = ids.map((id) => standing(newNode(id, wrongIn(random)), record))
  const calm = random.chance(0.15)
  const never = [0, 0] as const
  const weather = {
    mishaps: calm ? 0 : random.of([0, 0, 0.02, 0.06, 0.2]),
    bucketDown: !calm && random.chance(0.2) ? windowOf(random) : never,
    commandsDown: !calm && random.chance(0.15) ? windowOf(random) : never,
  }
  return { nodes, record, weather, acts: actsOf(random, calm, record) }
}

function tradingOf(random: Random, ids: readonly string[]): Trading {
  const mode = random.of<Mode>(["development", "testing", "testing", "testing", "live"])
  const trading = random.chance(mode === "live" ? 0.6 : 0.15) ? "halted" : "active"
  const trader = ids[random.below(ids.length)] ?? ""
  return { mode, trading, trader, since: "", digest: "", limits: "", account: "" }
}

/** Mostly nothing. */
const wrongIn = (random: Random): Wrong | undefined =>
  random.chance(0.06) ? random.of<Wrong>(["digest", "config", "limits", "account", "sick", "clock", "data"]) : undefined

const windowOf = (random: Random): readonly [number, number] => {
  const from = random.below(80)
  return [from, from + 5 + random.below(80)]
}

/** As it is when the record has been in force for long. */
function standing(node: NodeState, record: TradingRecord): NodeState {
  for (const [system, { mode, trading, trader }] of Object.entries(record.systems)) {
    node.booted.add(system)
    if (trading === "halted") node.latches.set(system, record.epoch)
    if (mode === "live" && trader === node.id) node.gateway = "open"
    if (trading === "halted" || trader !== node.id) continue
    node.runs.set(system, mode)
    node.trades.set(system, `${mode} ${record.epoch}`)
  }
  return node
}

/** Most of all where the most can go wrong: around the commit. */
const stages = [
  "arm",
  "prepare",
  "verify",
  "commit",
  "commit",
  "commit",
  "activate",
  "prove",
  "undo",
  "resumed",
] as const

function actsOf(random: Random, calm: boolean, { systems }: TradingRecord): readonly Act[] {
  const act = (deed: Deed, latest: number): Act => {
    const killed = !calm && random.chance(0.15)
    const after = latest > 1 && random.chance(0.6) ? random.of(stages) : undefined
    return {
      deed,
      after,
      at: random.below(after ? 8 : latest),
      killedAt: killed ? 1 + random.below(45) : undefined,
      killedAfter: random.chance(0.5),
      stoppedAt: !calm && random.chance(0.1) ? 1 + random.below(30) : undefined,
    }
  }
  const share: readonly (readonly [Deed, number, number])[] = [
    ["live", 0.25, 60],
    ["halt", 0.3, 120],
    ["halt at the console", 0.35, 120],
    ["resume live", 0.25, 200],
    ["resume paper", 0.2, 160],
    ["leave", 0.15, 160],
    ["crash", 0.25, 100],
    ["replace", 0.1, 100],
  ]
  const others = share.flatMap(([deed, part, latest]) => (!calm && random.chance(part) ? [act(deed, latest)] : []))
  const trades = Object.values(systems).map(({ mode, trading }) => `${mode === "live" ? "live" : "paper"}/${trading}`)
  const lifts = [...fits].find(([deed, due]) => deed !== "live" && trades.includes(due))
  return [act(lifts && random.chance(0.6) ? lifts[0] : "live", 1), ...others]
}

export const confirmedOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, right]))

/** Mostly those for which it makes sense; now and then any. */
export function namesFor({ deed }: Act, { systems }: TradingRecord, random: Random): readonly string[] {
  const all = Object.keys(systems)
  const due = fits.get(deed)
  const fitting = all.filter((name) => {
    const { mode, trading } = systems[name] ?? {}
    return due === undefined || random.chance(0.1) || `${mode === "live" ? "live" : "paper"}/${trading}` === due
  })
  const chosen = fitting.filter(() => random.chance(0.8))
  return [chosen, fitting].find(({ length }) => length > 0) ?? all
}

const fits: ReadonlyMap<Deed, string> = new Map([
  ["live", "paper/active"],
  ["resume live", "live/halted"],
  ["resume paper", "paper/halted"],
])
