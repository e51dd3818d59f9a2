import type { StepEvent } from "./events.ts"
import type { Clock, Scope } from "./types.ts"

/**
 * What is about to be made, written down where a later run finds it. The nonce is the same until the intent is
 * closed, so that a run that was killed and the one after it ask AWS for the very same thing.
 */
export interface Journal {
  open(scope: Scope, key: string): Promise<Intent>
  /** The thing was seen. Kept in memory and written with the next intent, heartbeat or release. */
  close(scope: Scope, key: string): void
}

export interface Intent {
  readonly nonce: string
  /** A run before this one opened it and never saw the thing. */
  readonly earlier: boolean
}

/** What settings were before our first change. */
export interface FormerValues {
  load(scope: Scope, key: string): Promise<object | undefined>
  /** Keeps the value unless one is kept already. */
  save(scope: Scope, key: string, value: object): Promise<void>
  forget(scope: Scope, key: string): Promise<void>
}

/** One execution that may change something. */
export interface Run<C> {
  readonly ctx: C
  readonly clock: Clock
  readonly journal: Journal
  readonly former: FormerValues
  /** Aborted by the first Ctrl-C: nothing new is started, what runs may settle. */
  readonly stop: AbortSignal
  report(event: StepEvent): void
}
