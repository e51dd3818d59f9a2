import type { PlanRow } from "../engine/plan.ts"

/** Where the results come from; every one of them carries it. */
export interface Place {
  readonly environment: string
  readonly account: string
  readonly region: string
}

export interface PricedRow extends PlanRow {
  readonly monthlyUsd: number
  readonly monthlyUsdNow: number
}

export interface PlanSummary {
  readonly monthlyUsd: number
  readonly monthlyUsdNow: number
  readonly create: number
  readonly update: number
  readonly replace: number
  readonly adopt: number
  readonly destroy: number
  readonly leftover: number
  readonly blocked: number
  readonly same: number
  readonly apiCalls: number
}

export interface PlanResult extends Place {
  readonly type: "plan"
  /** What the plan is for: the words of its heading. */
  readonly command: "deploy" | "destroy"
  readonly rows: readonly PricedRow[]
  readonly summary: PlanSummary
  /** What costs something and has no price in the list: the total is a lower bound. */
  readonly notPriced: readonly string[]
  /** What every bill has on top, by use. */
  readonly notIncluded: readonly string[]
  /** Whatever else a reader should know before saying yes. */
  readonly notes: readonly string[]
}

export type StepState = "ready" | "pending" | "failed" | "missing" | "leaving" | "foreign" | "leftover" | "unknown"

export interface StatusRow {
  readonly step: string
  readonly state: StepState
  readonly id: string
  /** What is to be said of it besides: why it failed, what differs. */
  readonly note: string | undefined
}

export type Outputs = Readonly<Record<string, string>>

export interface StatusResult extends Place {
  readonly type: "status"
  readonly rows: readonly StatusRow[]
  readonly outputs: Outputs
  readonly monthlyUsd: number
  readonly next: readonly string[]
}

export interface OutputsResult extends Place {
  readonly type: "outputs"
  readonly outputs: Outputs
}

/** One output by name: its bare value. */
export interface OutputResult extends Place {
  readonly type: "output"
  readonly name: string
  readonly value: string
}

export interface DriftResult extends Place {
  readonly type: "drift"
  readonly rows: readonly PlanRow[]
  /** How many steps a newer wish would change; that is no drift. */
  readonly pending: number
  readonly next: readonly string[]
}

export interface Failure {
  readonly step: string
  readonly message: string
  readonly hint: string | undefined
  readonly requestId: string | undefined
}

export interface AppliedResult extends Place {
  readonly type: "applied"
  readonly command: "deploy" | "destroy"
  readonly outcome: "done" | "partly" | "failed" | "interrupted" | "nothing to do"
  readonly done: number
  readonly failed: readonly Failure[]
  readonly skipped: number
  readonly seconds: number
  readonly outputs: Outputs
  /** What stays behind after a destroy, in words with its price. */
  readonly remains: readonly string[]
  /** From now on; nothing where it was not read. */
  readonly monthlyUsd: number | undefined
  readonly next: readonly string[]
}

/** Names and values, for commands whose whole answer that is: `unlock`, `sandbox status`. */
export interface FactsResult {
  readonly type: "facts"
  readonly about: string
  readonly facts: Readonly<Record<string, string | number | boolean>>
  readonly next: readonly string[]
}

/** Text that another program reads: export lines, a completion script. Printed as it is. */
export interface ScriptResult {
  readonly type: "script"
  readonly text: string
}

/** The calls that the sandbox was asked. */
export interface CallsResult {
  readonly type: "calls"
  readonly calls: readonly SandboxCall[]
}

export interface SandboxCall {
  readonly service: string
  readonly operation: string
  /** Simulated time, in milliseconds. */
  readonly at: number
  readonly milliseconds: number
  readonly status: number
  readonly code?: string
  readonly fault?: string
  readonly bug?: string
  readonly input: unknown
}

export type Result =
  | PlanResult
  | StatusResult
  | OutputsResult
  | OutputResult
  | DriftResult
  | AppliedResult
  | FactsResult
  | CallsResult
  | ScriptResult
