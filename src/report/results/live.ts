import type { Place } from "../place.ts"

/** One thing that must be so before a system trades with real money. */
export interface LiveCheck {
  readonly name: string
  /** `later`: only what comes afterwards can show it. `waived`: it is not so, and a reason was given. */
  readonly state: "passed" | "failed" | "later" | "waived"
  readonly passed: boolean
  readonly detail: string
  /** What to do about it. */
  readonly fix?: string
  /** Whether a reason may be given for going on without. */
  readonly waivable: boolean
}

export interface LiveChecksResult extends Place {
  readonly type: "live-checks"
  readonly command: "live" | "resume"
  readonly dryRun: boolean
  readonly systems: readonly string[]
  readonly checks: readonly LiveCheck[]
  /** Whether nothing stands in the way. */
  readonly passed: boolean
  /** What stands for a confirmation where there is no terminal. */
  readonly token?: { readonly id: string; readonly until: string }
  readonly next: readonly string[]
}

/** What is confirmed of one system. */
export interface LiveSystem {
  readonly system: string
  readonly from: string
  readonly to: string
  readonly digest: string
  readonly limits: { readonly dailyLoss: number; readonly position: number; readonly openPositions: number }
  /** How its options' market is. */
  readonly market: string
}

/** All that is confirmed by typing the name below it. */
export interface LiveScreenResult extends Place {
  readonly type: "live-screen"
  readonly command: "live" | "resume"
  readonly caller: string
  readonly brokerAccount: string
  /** Eastern time. */
  readonly clock: string
  readonly systems: readonly LiveSystem[]
  readonly dailyLoss: number
  /** By name, with the reason that was given. */
  readonly waived: Readonly<Record<string, string>>
}

/** What one node said to one step of the way. */
export interface LivePhaseResult extends Place {
  readonly type: "live-phase"
  readonly phase: string
  readonly node: string
  readonly system: string
  readonly state: "done" | "failed"
  readonly detail: string
}

/** How a node was found to trade, by its running containers. */
export interface TradingRow {
  readonly node: string
  readonly system: string
  readonly mode: string
  readonly trading: string
  readonly gateway: string
  readonly account: string
  readonly digest: string
  readonly limits: string
}

/** How a change of modes ended. */
export interface SwitchedResult extends Place {
  readonly type: "switched"
  readonly to: string
  readonly outcome: "done" | "failed" | "nothing to do"
  readonly systems: readonly string[]
  /** Of the trading record; nothing where it is not known. */
  readonly epoch: number | undefined
  readonly rows: readonly TradingRow[]
  /** Why it failed. */
  readonly reasons: readonly string[]
  /** What is so now. */
  readonly now: readonly string[]
  readonly notes: readonly string[]
  readonly next: readonly string[]
}

export type LiveResult = LiveChecksResult | LiveScreenResult | LivePhaseResult | SwitchedResult
