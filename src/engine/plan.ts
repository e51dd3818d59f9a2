import type { StepRef } from "./events.ts"
import type { Phase, PriceRow } from "./types.ts"

/**
 * Why something is not as wanted: "drift" differs from what the last run wanted, so somebody else changed it;
 * "pending" is a newer wish that no run has carried out yet.
 */
export type Cause = "drift" | "pending"

export interface FieldChange {
  readonly field: string
  readonly live: unknown
  readonly want: unknown
  readonly cause: Cause
}

/** What a run would do about one thing; "blocked" stops it (the row says why), "leftover" stays unless pruned. */
export type PlanAction = "same" | "create" | "update" | "replace" | "adopt" | "destroy" | "leftover" | "blocked"

export interface PlanRow {
  readonly step: StepRef
  readonly action: PlanAction
  readonly cause?: Cause
  readonly changes: readonly FieldChange[]
  /** Wanted fields that only what is yet to be made will tell. */
  readonly untold?: readonly string[]
  /** Instead of its fields, where these would say nothing to a reader. */
  readonly words?: readonly string[]
  /** In words: the need that is replaced, why it failed, who holds the name. */
  readonly because?: string
  /** What a run that prunes does about it, where that is other than taking it away. */
  readonly pruning?: "puts it back" | "lets go of it" | "leaves it"
  readonly phase?: Phase
  readonly holdsData: boolean
  /** What is known of it once the run is over: what is wanted, and what is there of the rest. */
  readonly fields: Readonly<Record<string, unknown>>
  /** As it is now, where it exists. */
  readonly live?: Readonly<Record<string, unknown>>
  /** What it will cost from now on, and what it cost before, where it exists. */
  readonly prices: readonly PriceRow[]
  readonly pricesNow: readonly PriceRow[]
  readonly usual: number
}
