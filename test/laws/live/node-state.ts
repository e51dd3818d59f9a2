import type { TradingRecord } from "../../../src/aws/trading/record.ts"
import type { Forgot } from "./guards.ts"
import type { Store } from "./store.ts"
import type { Turns } from "./turns.ts"

export type Mode = "development" | "testing" | "live"
export type Wrong = "digest" | "config" | "limits" | "account" | "sick" | "clock" | "data"

/** One node: what a reboot leaves of it, what is gone with it, and what runs. */
export interface NodeState {
  readonly id: string
  readonly wrong: Wrong | undefined
  up: boolean
  /** Grows when it goes down: what was being done then is done no more. */
  boots: number
  locked: boolean
  /** Each with its epoch; an empty one is cleared by nobody. */
  readonly latches: Map<string, number | "empty">
  readonly prepared: Map<string, number>
  readonly trades: Map<string, string>
  readonly booted: Set<string>
  readonly unread: Set<string>
  readonly runs: Map<string, Mode>
  gateway: "none" | "read-only" | "open"
}

/** By whom: somebody, the node itself, or a run that undoes what it did. */
export type Latched = "halted" | "booted" | "deactivated"

/** All that nodes have in common. */
export interface Surroundings {
  readonly turns: Turns
  readonly store: Store
  readonly forgot: Forgot
  readonly systems: readonly string[]
  /** Whether nodes reach the bucket now. */
  readable(): boolean
  latched(node: NodeState, system: string, why: Latched): void
  started(node: NodeState, system: string, epoch: number): void
}

/** A node at work since a boot. */
export interface Hand {
  readonly node: NodeState
  readonly around: Surroundings
  readonly forgot: Forgot
  step(delay?: number): Promise<void>
  idle(delay: number): Promise<void>
  /** What it was when it was read; it may be another one by the time that this is known. */
  record(): Promise<TradingRecord | undefined>
  marker(system: string): Promise<"halt" | "clear" | "unknown">
}

export const newNode = (id: string, wrong: Wrong | undefined): NodeState => ({
  id,
  wrong,
  up: true,
  boots: 0,
  locked: false,
  latches: new Map(),
  prepared: new Map(),
  trades: new Map(),
  booted: new Set(),
  unread: new Set(),
  runs: new Map(),
  gateway: "none",
})

export function handOf(node: NodeState, around: Surroundings): Hand {
  const { turns, store } = around
  const { boots } = node
  const lives = () => node.up && node.boots === boots
  const fetched = async <T>(look: () => T): Promise<T | undefined> => {
    await turns.step(lives)
    const found = around.readable() ? look() : undefined
    await turns.step(lives)
    return found
  }
  return {
    node,
    around,
    forgot: around.forgot,
    step: (delay) => turns.step(lives, delay),
    idle: (delay) => turns.idle(lives, delay),
    record: () => fetched(() => store.seen().record),
    marker: async (system) => {
      const found = await fetched(() => store.marker(system))
      if (!found) return "unknown"
      return found.halted ? "halt" : "clear"
    },
  }
}

/** The power goes. What lies on disk stays; the engine starts nothing again by itself. */
export function goDown(node: NodeState): void {
  node.up = false
  node.boots++
  node.locked = false
  node.gateway = "none"
  for (const lost of [node.prepared, node.trades, node.booted, node.unread, node.runs]) lost.clear()
}

/** One thing at a time; a halt waits for nobody. */
export async function locked<T>(hand: Hand, work: () => Promise<T>): Promise<T> {
  while (hand.node.locked) await hand.step(1)
  hand.node.locked = true
  try {
    return await work()
  } finally {
    hand.node.locked = false
  }
}
