import type { TradingRecord } from "../../../src/aws/trading/record.ts"
import type { LiveEnd, LiveWish } from "../../../src/nodes/live/wish.ts"
import type { Latched, NodeState } from "./node-state.ts"
import { watchEach } from "./node-watch.ts"
import type { Store } from "./store.ts"
import type { SimulatedWorld } from "./worlds.ts"

/**
 * What is allowed, whatever happens. It knows nothing of how the protocol works: only what is written in the record,
 * what runs on the nodes, and what was claimed.
 */
export interface Model {
  readonly troubles: ReadonlySet<string>
  landed(record: TradingRecord): void
  marked(system: string, halted: boolean): void
  latched(node: NodeState, system: string, why: Latched): void
  started(node: NodeState, system: string, epoch: number): void
  /** After each turn. */
  look(): void
  /** When a run that went live, or did not, has said so. */
  ended(world: SimulatedWorld, wish: LiveWish, end: LiveEnd): void
  /** After the last message has arrived and each node has looked at everything again. */
  atTheEnd(): void
}

interface Known {
  readonly nodes: readonly NodeState[]
  readonly systems: readonly string[]
  now(): number
  store(): Store
}

/** What was seen before a start may have changed since; for so long. */
const moment = 15
/** A node has looked at everything by then. */
const watched = 3 * watchEach

export function startModel({ nodes, systems, now, store }: Known): Model {
  const troubles = new Set<string>()
  const halted = new Map<string, number>()
  const marked = new Map<string, number>()
  const startedAt = new Map<string, number>()
  const resumed = new Map<string, number>()
  const safe: { readonly run: string; readonly epoch: number }[] = []
  const sessions: {
    readonly node: NodeState
    readonly boots: number
    readonly system: string
    readonly epoch: number
  }[] = []
  let unsure = false
  const wrong = (what: string) => troubles.add(what)
  const keyOf = (node: NodeState, system: string) => `${node.id}/${system}`

  return {
    troubles,
    landed(record) {
      const before = store()
        .history()
        .get(record.epoch - 1)
      for (const system of systems) {
        const [was, is] = [before?.systems[system], record.systems[system]]
        const byResume = record.run.startsWith("resume") && is?.trading === "active"
        if (byResume) resumed.set(system, now())
        const live = is?.mode === "live" && is.trading === "active"
        if (live && is.since !== was?.since) knownToBegin(record, system)
      }
    },
    marked(system, on) {
      if (on) marked.set(system, now())
      else marked.delete(system)
    },
    latched(node, system, why) {
      halted.set(keyOf(node, system), now())
      if (why === "deactivated") return
      const at = sessions.findIndex((session) => session.node === node && session.system === system)
      if (at >= 0) sessions.splice(at, 1)
    },
    started(node, system, epoch) {
      startedAt.set(keyOf(node, system), now())
      if (now() - (marked.get(system) ?? now()) > moment) wrong(`${node.id} starts ${system} in spite of the marker`)
      if (now() - haltOf(node, system) > moment) wrong(`${node.id} starts ${system}, which was halted and not resumed`)
      if (node.runs.get(system) !== "live") return
      const trading = store().history().get(epoch)?.systems[system]
      const committed = trading?.mode === "live" && trading.trading === "active" && trading.trader === node.id
      if (!committed) wrong(`${node.id} trades live without a committed record`)
    },
    look() {
      for (const system of systems) {
        const traders = nodes.filter((node) => node.runs.has(system))
        if (traders.length > 1) wrong(`${traders.map(({ id }) => id).join(" and ")} trade for ${system} at once`)
        for (const node of traders) {
          const since = Math.max(haltOf(node, system), startedAt.get(keyOf(node, system)) ?? 0)
          if (haltOf(node, system) < now() && now() - since > watched)
            wrong(`${node.id} trades though it was halted, and nobody has resumed it`)
        }
      }
    },
    ended(world, wish, end) {
      wellTold(wish, end)
      if (end.end === "failed") {
        if (end.safe) safe.push({ run: wish.run, epoch: wish.epoch + 1 })
        else unsure = true
        return
      }
      for (const node of nodes)
        for (const system of Object.keys(wish.confirmed)) {
          const last = world.last.get(keyOf(node, system))
          if (last?.phase !== "prove" || !last.proved) wrong(`${wish.run} ended well, and ${node.id} was not read back`)
          const { epoch } = end
          if (node.runs.get(system) === "live" && !node.latches.has(system))
            sessions.push({ node, boots: node.boots, system, epoch })
        }
    },
    atTheEnd() {
      const { record } = store().seen()
      for (const node of nodes) {
        for (const [system, mode] of node.runs) {
          const due = record.systems[system]
          const fits = due?.mode === mode && due.trading === "active" && due.trader === node.id
          if (!fits)
            wrong(`${node.id} trades ${mode}, and the record says ${due?.mode}/${due?.trading} by ${due?.trader}`)
          if (store().marker(system).halted) wrong(`${node.id} trades in spite of the marker`)
          if (mode === "live") saidToBeSafe(node, system)
        }
        const live = Object.values(record.systems).some(({ mode }) => mode === "live")
        if (node.gateway === "open" && !live)
          wrong(`${node.id} has a live gateway that takes orders, and nothing is live`)
      }
      for (const session of unsure ? [] : sessions) stillThere(session)
    },
  }

  /** When it was halted for the last time, if nobody has resumed it since. */
  function haltOf(node: NodeState, system: string): number {
    const at = halted.get(keyOf(node, system)) ?? Number.POSITIVE_INFINITY
    return (resumed.get(system) ?? -1) > at ? Number.POSITIVE_INFINITY : at
  }

  function knownToBegin({ run }: TradingRecord, system: string) {
    const of = store().ledger.filter((entry) => entry.run === run && entry.systems.includes(system))
    for (const part of ["begin", "commit"])
      if (!of.some(({ event }) => event.endsWith(`-${part}`))) wrong(`${run} went live, and the ledger has no ${part}`)
  }

  function wellTold({ run }: LiveWish, end: LiveEnd) {
    const told = store().ledger.some((entry) => entry.run === run && /-(end|failed)$/.test(entry.event))
    const said = end.end === "live" ? end.notes.length > 0 : end.now.some((line) => line.includes("ledger"))
    const nothing = end.end === "failed" && end.now.includes("nothing was changed")
    if (!told && !said && !nothing) wrong(`the ledger does not say how ${run} ended`)
  }

  /** Of a run that said that nobody trades live by it. */
  function saidToBeSafe(node: NodeState, system: string) {
    const since = Number(node.trades.get(system)?.split(" ")[1])
    const run = store().history().get(since)?.run
    if (safe.some((claim) => claim.run === run && claim.epoch === since))
      wrong(`${run} said that nobody trades live by it, and ${node.id} does`)
  }

  /** Positions are not left unattended because of a message that comes too late. */
  function stillThere({ node, boots, system, epoch }: (typeof sessions)[number]) {
    const since = store().history().get(epoch)?.systems[system]?.since
    const now = store().seen().record.systems[system]
    const changed = now?.since !== since || now?.trading !== "active"
    if (changed || node.boots !== boots || store().marker(system).halted) return
    if (node.runs.get(system) !== "live") wrong(`${node.id} does not trade live any more, and nobody has halted it`)
  }
}
