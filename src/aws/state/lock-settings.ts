import type { Scope } from "../../engine/types.ts"
import type { Stopwatch } from "../stopwatch.ts"
import type { Holder } from "./lock-file.ts"
import type { Objects } from "./objects.ts"

export interface LockSettings {
  /** Through a client without the lease check, which these very writes keep alive. */
  readonly objects: Objects
  readonly owner: string
  readonly what: string
  readonly runId?: string | undefined
  /** How long to wait for another run, in real milliseconds; 0 gives up at once. */
  readonly timeout?: number | undefined
  /** Told each time that somebody is found to hold it. */
  readonly waiting?: ((scope: Scope, holder: Holder) => void) | undefined
  /** Ends the waiting. */
  readonly stop?: AbortSignal | undefined
  readonly terms?: LeaseTerms | undefined
  readonly newStopwatch?: (() => Stopwatch) | undefined
}

/** In real milliseconds. */
export interface LeaseTerms {
  /** How long a lock is good for after its last sign of life. */
  readonly lease: number
  readonly heartbeat: number
  /** What a lease must have left for a change to begin: longer than any request may take. */
  readonly margin: number
  /** How often to look whether another run is done. */
  readonly poll: number
}

export const usualTerms: LeaseTerms = { lease: 90_000, heartbeat: 20_000, margin: 30_000, poll: 2_000 }

/** The same proportions for a lease of another length: for rehearsals of what happens when one ends. */
export function termsFor(leaseSeconds: number): LeaseTerms {
  const factor = (leaseSeconds * 1000) / usualTerms.lease
  const { lease, heartbeat, margin, poll } = usualTerms
  return { lease: lease * factor, heartbeat: heartbeat * factor, margin: margin * factor, poll: poll * factor }
}

/** Longer than a lease, so that a run that was killed is never waited for in vain. */
export const usualTimeout = 120_000
