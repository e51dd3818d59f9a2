import type { Cause, FieldChange } from "./plan.ts"
import type { AnyKind, AnyStep, Found, Listed, Unwished } from "./types.ts"

/** "blocked": a run must not begin; `because` says why. */
export type State = "missing" | "same" | "differs" | "replace" | "adopt" | "blocked"

/** What was asked for beyond what the blueprint says; each names steps by key. */
export interface Requests {
  /** Choices to make again. */
  readonly renew?: ReadonlySet<string>
  /** Foreign things to use as they stand. */
  readonly adopt?: ReadonlySet<string>
  /** Things with data that may be replaced. */
  readonly replace?: ReadonlySet<string>
  /** Also takes away what is ours, lets go of what was adopted, and puts settings back, where it is no longer wished. */
  readonly prune?: boolean
}

export interface Finding {
  readonly step: AnyStep
  readonly key: string
  readonly state: State
  readonly found: Found<object> | undefined
  /** The thing as it will be: its live fields under the wanted ones, or a stand-in where it does not exist. */
  readonly expected: object
  /** What it picked for itself, where it was asked. */
  readonly picked: object | undefined
  readonly changes: readonly FieldChange[]
  /** Wanted fields that only what is yet to be made will tell: what stands for them now is not what they will be. */
  readonly untold: readonly string[]
  readonly cause: Cause | undefined
  /** In words: what is replaced beneath it, why it failed, who has its name, why it cannot be read. */
  readonly because: string | undefined
  readonly error: unknown
}

/** Ours or adopted by its tags, and no longer in the blueprint. */
export interface Leftover {
  readonly kind: AnyKind
  readonly key: string
  readonly listed: Listed<object>
}

/** What a run takes away because nobody wishes it any more: nothing, unless it is asked to. */
export const unwishedOf = (leftovers: readonly Leftover[], { prune = false }: Requests): readonly Unwished[] =>
  prune ? leftovers.map(({ kind, listed: { live } }) => ({ kind, live })) : []

export interface Observation {
  /** In order: each after what it needs. */
  readonly findings: readonly Finding[]
  readonly leftovers: readonly Leftover[]
}
