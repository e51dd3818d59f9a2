import type { Place } from "../place.ts"

/** What one node said to a halt of one system. */
export interface HaltRow {
  readonly node: string
  readonly system: string
  readonly state: "halted" | "stopped" | "not confirmed"
  /** Why, where it is not known to be halted. */
  readonly detail: string
}

export interface HaltedResult extends Place {
  readonly type: "halted"
  readonly outcome: "done" | "failed"
  readonly systems: readonly string[]
  readonly rows: readonly HaltRow[]
  /** Why the record does not say so; empty where it does. */
  readonly record: string
  /** What else did not go as it should. */
  readonly notes: readonly string[]
  /** What a halt leaves at the broker. */
  readonly remains: readonly string[]
  readonly next: readonly string[]
}

export interface ResumedResult extends Place {
  readonly type: "resumed"
  readonly outcome: "done" | "failed"
  readonly systems: readonly string[]
  readonly rows: readonly NodeTrading[]
  readonly reasons: readonly string[]
  /** What is so now. */
  readonly now: readonly string[]
  readonly notes: readonly string[]
  readonly next: readonly string[]
}

/** How a system trades on a node, by the containers that run there. */
export interface NodeTrading {
  readonly node: string
  readonly system: string
  readonly trader: boolean
  readonly mode: string
  readonly trading: string
  readonly halted: boolean
  /** Which gateway its trading services reach, and what that one is. */
  readonly gateway: string
  readonly readOnly: string
  readonly account: string
  readonly digest: string
  readonly limits: string
}

/** How the record says that a system trades. */
export interface RecordedTrading {
  readonly system: string
  readonly mode: string
  readonly trading: string
  readonly trader: string
  readonly since: string
}

export interface ModesResult extends Place {
  readonly type: "modes"
  /** Of the record; nothing where there is none, or nobody can read it. */
  readonly epoch: number | undefined
  readonly by: string
  readonly at: string
  readonly recorded: readonly RecordedTrading[]
  readonly rows: readonly NodeTrading[]
  /** Where record and nodes do not say the same, or one of them nothing. */
  readonly disagreements: readonly string[]
  readonly next: readonly string[]
}

/** One event of the ledger. */
export interface HistoryRow {
  readonly at: string
  readonly event: string
  readonly systems: readonly string[]
  readonly epoch: number | undefined
  readonly by: string
  readonly run: string
  readonly what: string
  readonly details: Readonly<Record<string, string>>
}

export interface HistoryResult extends Place {
  readonly type: "history"
  readonly rows: readonly HistoryRow[]
  readonly next: readonly string[]
}

export type TradingResult = HaltedResult | ResumedResult | ModesResult | HistoryResult
