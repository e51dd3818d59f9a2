import type { Clock } from "../../engine/types.ts"
import { limitOf } from "./limits.ts"
import { labelOf, type Operation } from "./operation.ts"

/** Resolves when the operation may be sent without being throttled, first come, first served. */
export type Pace = (operation: Operation) => Promise<void>

/**
 * A token bucket per operation, a little smaller and slower than AWS's, which others use too and which
 * counts by its own clock.
 */
export function startPace(clock: Clock): Pace {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return async (operation) => {
    const limit = limitOf(operation)
    // A whole token is left for what was held up on the way and arrives with what came after it.
    const size = Math.max(1, Math.min(0.9 * limit.size, limit.size - 1))
    const perMillisecond = (0.95 * limit.perSecond) / 1000
    const now = clock.now()
    const before = buckets.get(labelOf(operation)) ?? { tokens: size, at: now }
    const tokens = Math.min(size, before.tokens + (now - before.at) * perMillisecond) - 1
    buckets.set(labelOf(operation), { tokens, at: now })
    // What is taken beyond the bottom is a place in the queue: it says how long until it is this one's turn.
    if (tokens < 0) await clock.sleep(-tokens / perMillisecond)
  }
}
