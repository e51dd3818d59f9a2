import type { PlanRow } from "../engine/plan.ts"
import type { Place } from "./place.ts"
import type { AppsResult } from "./results/apps.ts"
import type { BillingResult } from "./results/billing.ts"
import type { CallsResult } from "./results/calls.ts"
import type { DoctorResult } from "./results/doctor.ts"
import type { GatewaysResult } from "./results/gateway.ts"
import type { KeysResult } from "./results/keys.ts"
import type { LiveResult } from "./results/live.ts"
import type { ContainersResult, LogResult, PrintedResult } from "./results/node.ts"
import type { TradingResult } from "./results/trading.ts"
import type { RevokedResult, UsersResult } from "./results/users.ts"

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

/** How one system stands on one node, by what the node said last. */
export interface SystemStatus {
  readonly system: string
  /** The instance; empty where none has spoken yet. */
  readonly node: string
  /** Whether this node trades for the system; others would only serve it. */
  readonly trader: boolean
  readonly health: "healthy" | "unhealthy" | "unknown"
  readonly mode: "development" | "testing" | "live"
  readonly trading: "active" | "halted"
  readonly commit: string
  /** Of its images: the same digest, the same software. */
  readonly digest: string
  readonly url: string
  /** Why it is not well, in the node's words. */
  readonly note: string | undefined
}

export type Outputs = Readonly<Record<string, string>>

export interface StatusResult extends Place {
  readonly type: "status"
  readonly systems: readonly SystemStatus[]
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

/** One thing that a step is charged for. */
export interface CostPart {
  readonly what: string
  readonly units: number
  /** Nothing where it has no price in the list: that is not the same as free. */
  readonly monthlyUsd: number | undefined
}

export interface CostRow {
  readonly step: string
  /** compute, database, cache, network, front, storage, watching, secrets, or other. */
  readonly group: string
  /** Of the thing as it is. */
  readonly now: readonly CostPart[]
  /** Of the thing as it is configured. */
  readonly wanted: readonly CostPart[]
}

export interface CostResult extends Place {
  readonly type: "cost"
  /** Only what costs something. */
  readonly rows: readonly CostRow[]
  readonly groups: readonly { readonly group: string; readonly monthlyUsd: number; readonly wantedUsd: number }[]
  readonly monthlyUsd: number
  readonly wantedUsd: number
  readonly notPriced: readonly string[]
  readonly notIncluded: readonly string[]
  /** What belongs to no environment, in words with its price. */
  readonly stays: readonly string[]
  /** Where and of when the prices are. */
  readonly pricesOf: string
  readonly next: readonly string[]
}

export interface Failure {
  readonly step: string
  /** It has not failed: somebody elsewhere has something to do first. */
  readonly waits?: true
  readonly message: string
  readonly hint: string | undefined
  readonly requestId: string | undefined
}

export interface AppliedResult extends Place {
  readonly type: "applied"
  readonly command: "deploy" | "destroy" | "release" | "rollback"
  readonly outcome: "done" | "partly" | "failed" | "interrupted" | "nothing to do"
  readonly done: number
  readonly failed: readonly Failure[]
  readonly skipped: number
  readonly seconds: number
  /** When both systems were well, where this run made them so: before all else was complete. */
  readonly usableSeconds?: number
  readonly outputs: Outputs
  /** What stays behind after a destroy, in words with its price. */
  readonly remains: readonly string[]
  /** From now on; nothing where it was not read. */
  readonly monthlyUsd: number | undefined
  readonly next: readonly string[]
}

export interface BackupRow {
  readonly part: "database" | "influx" | "configuration"
  /** What AWS knows it by. */
  readonly name: string
  /** The same for all parts that were kept together. */
  readonly id?: string
  readonly made: string
  readonly ageDays: number
  readonly state: "ready" | "pending" | "failed"
  readonly gb: number
  /** A month; snapshots hold what changed since the one before, so it is mostly less. */
  readonly atMostUsd: number
  /** Asked for, made by AWS each night, or left by what is gone. */
  readonly origin: "backup" | "automatic" | "last"
}

export interface BackupsResult extends Place {
  readonly type: "backups"
  readonly rows: readonly BackupRow[]
  readonly failed: readonly Failure[]
  readonly next: readonly string[]
}

/** One secret by name; its value is nowhere in a result. */
export interface SecretRow {
  /** Where it lies below the environment, such as `smart-0dte/keys`. */
  readonly secret: string
  readonly name: string
  readonly set: boolean
  readonly since?: string
  readonly ageDays?: number
}

export interface SecretsResult extends Place {
  readonly type: "secrets"
  readonly rows: readonly SecretRow[]
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

export type Result =
  | PlanResult
  | StatusResult
  | OutputsResult
  | OutputResult
  | CostResult
  | DriftResult
  | AppliedResult
  | AppsResult
  | DoctorResult
  | BackupsResult
  | BillingResult
  | SecretsResult
  | KeysResult
  | UsersResult
  | RevokedResult
  | LiveResult
  | GatewaysResult
  | TradingResult
  | ContainersResult
  | PrintedResult
  | LogResult
  | FactsResult
  | CallsResult
  | ScriptResult
