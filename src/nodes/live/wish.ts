import type { NodeSaid } from "./said.ts"

/** Who wishes it: the ARN, and the run, by which its own writes are known. */
export interface Wisher {
  readonly by: string
  readonly run: string
}

/** What was on the screen when it was confirmed, and must be found on the nodes. */
export interface Confirmed {
  readonly digest: string
  readonly config: string
  /** As `dailyLoss/position/openPositions`. */
  readonly limits: string
  readonly account: string
}

export interface LiveWish extends Wisher {
  /** `resume` is for what is live and halted. */
  readonly command: "live" | "resume"
  readonly confirmed: Readonly<Record<string, Confirmed>>
  /** Of the record that was on the screen. */
  readonly epoch: number
  /** Before the commit it undoes what was done; after it nothing. */
  readonly signal: AbortSignal
  /** For the ledger: what was waived and why, and whatever else belongs there. */
  readonly details?: Readonly<Record<string, string>>
}

export type LiveEnd = LiveDone | LiveFailed

export interface LiveDone {
  readonly end: "live"
  readonly epoch: number
  /** The last word of each node on each system. */
  readonly said: readonly NodeSaid[]
  /** What could not be written down afterwards, in words. */
  readonly notes: readonly string[]
}

export interface LiveFailed {
  readonly end: "failed"
  /** Stopped by the signal: nothing has gone wrong. */
  readonly stopped: boolean
  /** In words; those of nodes begin with their name. */
  readonly reasons: readonly string[]
  /** What is so now, in words. */
  readonly now: readonly string[]
  /** Whether it is known that nobody trades live by what this run has done. */
  readonly safe: boolean
  /** A trader was told to trade live: there may be orders and positions at the broker. */
  readonly traded: boolean
}

export interface PaperWish extends Wisher {
  readonly systems: readonly string[]
  readonly mode: "development" | "testing"
}

export interface ResumeWish extends Wisher {
  readonly systems: readonly string[]
}

/** How a change ended that has no way back but the next command. */
export interface PaperEnd {
  readonly end: "done" | "failed"
  readonly reasons: readonly string[]
  readonly now: readonly string[]
  readonly said: readonly NodeSaid[]
  readonly notes: readonly string[]
}

export interface HaltWish extends Wisher {
  readonly systems: readonly string[]
  /** Whether the gateways go as well. */
  readonly now: boolean
}

export interface HaltAnswer {
  readonly node: string
  readonly system: string
  readonly halted: boolean
  /** Where it is not known to be. */
  readonly why?: string
}

export interface HaltEnd {
  /** Every node has confirmed each system, and the record says so too. */
  readonly halted: boolean
  readonly answers: readonly HaltAnswer[]
  /** Why the record does not say so; none where it does. */
  readonly record?: string
  /** What else could not be written, in words. */
  readonly notes: readonly string[]
}
