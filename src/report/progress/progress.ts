import type { StepEvent } from "../../engine/events.ts"
import type { Clock } from "../../engine/types.ts"

/** What is being worked on, as the heading of its progress. */
export interface Work {
  readonly title: string
  /** The run's own clock: in the sandbox it is faster than the wall's. */
  readonly clock: Clock
}

/** Shows a run while it works. */
export interface Progress {
  event(event: StepEvent): void
  /** Nothing more comes; what was drawn for the moment is taken away. */
  end(): void
}
