import type { Scope } from "./types.ts"

export type Verb = "create" | "update" | "replace" | "destroy" | "adopt" | "restore"

/** A step as the outside may know it. */
export interface StepRef {
  readonly key: string
  readonly kind: string
  readonly name: string
  readonly scope: Scope
}

/** One thing that a run is going to do, known before it begins. */
export interface Action {
  readonly id: string
  readonly step: StepRef
  readonly verb: Verb
  /** Ids of the actions that must be done before this one starts. */
  readonly after: readonly string[]
  /** Seconds that it usually takes. */
  readonly usual: number
}

/** What a run says while it works; times are seconds of the run's own clock. */
export type StepEvent =
  | { readonly type: "run"; readonly actions: readonly Action[]; readonly secondsLeft: number }
  | {
      readonly type: "step"
      readonly phase: "started"
      readonly step: StepRef
      readonly verb: Verb
      readonly usual: number
    }
  | {
      readonly type: "step"
      readonly phase: "waiting"
      readonly step: StepRef
      readonly verb: Verb
      readonly why: string
    }
  | {
      readonly type: "step"
      readonly phase: "done"
      readonly step: StepRef
      readonly verb: Verb
      readonly seconds: number
      readonly secondsLeft: number
      /** What stays behind after a destroy. */
      readonly remains?: string
    }
  | {
      readonly type: "step"
      readonly phase: "failed"
      readonly step: StepRef
      readonly verb: Verb
      readonly seconds: number
      readonly error: unknown
    }
  /** Not begun, because something that it needs failed or the run was stopped. */
  | {
      readonly type: "step"
      readonly phase: "skipped"
      readonly step: StepRef
      readonly verb: Verb
      readonly because: string
    }

export const actionId = (verb: Verb, scope: Scope, key: string): string => `${scope}:${verb}:${key}`
