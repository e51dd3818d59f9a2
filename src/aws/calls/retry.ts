import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from "@smithy/types"
import type { Clock } from "../../engine/types.ts"
import { UserError } from "../../errors.ts"
import { collided, isThrottled, isUnreachable, lacksCapacity } from "../failures/decided.ts"
import { failureOf } from "../failures/failure.ts"

export const maxAttempts = 10

/** How often to try before this session has ever been answered: a wrong region or a cable unplugged is said soon. */
const attemptsUnheard = 3

const slowest = 20_000

/**
 * Waits as the SDK does, growing and at random, but by our clock, and without its allowance for retries, which a
 * throttled deployment of many things uses up.
 */
export function retryStrategy(clock: Clock, random: () => number = Math.random): RetryStrategyV2 {
  let heard = false
  return {
    acquireInitialRetryToken: async () => token(0),
    async refreshRetryTokenForRetry(former, info) {
      const count = former.getRetryCount() + 1
      const failure = failureOf(info.error)
      if (failure.status !== undefined) heard = true
      const most = isUnreachable(failure) && !heard ? attemptsUnheard : maxAttempts
      if (count >= most || !isWorthRetrying(info)) throw new Error("not tried again")
      await clock.sleep(delay(info, count, random))
      return token(count)
    },
    recordSuccess() {
      heard = true
    },
  }
}

function isWorthRetrying({ error, errorType }: RetryErrorInfo): boolean {
  if (error instanceof UserError) return false
  const failure = failureOf(error)
  if (lacksCapacity(failure)) return false
  // The SDK takes a used-up quota of this name for a throttle.
  if (failure.code.startsWith("LimitExceeded") && failure.status !== 429) return false
  return errorType === "TRANSIENT" || errorType === "THROTTLING" || isThrottled(failure) || collided(failure)
}

function delay({ error, errorType, retryAfterHint }: RetryErrorInfo, count: number, random: () => number): number {
  const base = errorType === "THROTTLING" || isThrottled(failureOf(error)) ? 1_000 : 50
  const grown = random() * Math.min(base * 2 ** (count - 1), slowest)
  const asked = retryAfterHint ? retryAfterHint.getTime() - Date.now() : 0
  return Math.max(grown, Math.min(asked, grown + 5_000))
}

const token = (count: number): RetryToken => ({ getRetryCount: () => count, getRetryDelay: () => 0 })
