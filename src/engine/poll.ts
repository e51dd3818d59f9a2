import { Interrupted, NotFound, NotYet, OutcomeUnknown } from "../errors.ts"
import type { Clock } from "./types.ts"

/** AWS promises no more than that what was made is visible "within minutes". */
export const visibleWithin = 300_000

/** How long a lost create is looked for before another is sent. */
export const lostFor = 120_000

/** How long something is waited for at the most: AWS has slow days, and ten minutes are little for anything. */
export function longest({ patience = 0 }: Clock, usualSeconds: number): number {
  return Math.max(600_000, 6_000 * usualSeconds, patience)
}

/** Nobody gives up before having looked so often: a machine that slept or is busy lets time pass without a look. */
const leastLooks = 5

/** Asked after each look that was in vain: how long it has been since the first, and whether that is enough. */
export function startPatience(clock: Clock, most: number): () => { readonly elapsed: number; readonly over: boolean } {
  const since = clock.now()
  let looks = 0
  return () => {
    looks++
    const elapsed = clock.now() - since
    return { elapsed, over: elapsed >= most && looks >= leastLooks }
  }
}

/**
 * When to look again: seldom until the usual time nears, then often, in the end seldom again. What is much quicker than
 * usual is seen no later than by an eighth of its time.
 */
export function pause(elapsed: number, usualSeconds: number): number {
  const usual = usualSeconds * 1000
  const often = usualSeconds <= 5 ? 500 : usualSeconds <= 120 ? 2_000 : 5_000
  const nearing = 0.85 * usual - elapsed
  if (nearing > often) return Math.min(15_000, nearing, Math.max(often, elapsed / 8))
  return elapsed < 2 * usual + 10_000 ? often : 10_000
}

/** Sleeps, and throws instead when the run is being stopped: nothing is left half-said. */
export async function rest(clock: Clock, milliseconds: number, stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await clock.sleep(milliseconds, stop)
  if (stop.aborted) throw new Interrupted("stopped while waiting")
}

/** Asks until there is an answer; nothing when the time is over. */
export async function until<T>(
  clock: Clock,
  stop: AbortSignal,
  patience: { readonly for: number; readonly usual: number },
  ask: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const inVain = startPatience(clock, patience.for)
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    const { elapsed, over } = inVain()
    if (over) return undefined
    await rest(clock, pause(elapsed, patience.usual), stop)
  }
}

/** Does it again while AWS has not caught up with what it was just told; any other refusal is final. */
export async function insist<T>(
  clock: Clock,
  stop: AbortSignal,
  patience: number,
  passing: (error: unknown) => boolean,
  attempt: () => Promise<T>,
): Promise<T> {
  const inVain = startPatience(clock, patience)
  for (let wait = 500; ; wait = Math.min(2 * wait, 10_000)) {
    try {
      return await attempt()
    } catch (error) {
      if (!passing(error) || inVain().over) throw error
      await rest(clock, wait, stop)
    }
  }
}

export const isNotYet = (error: unknown) => error instanceof NotYet
export const isNotFound = (error: unknown) => error instanceof NotFound
export const isOutcomeUnknown = (error: unknown) => error instanceof OutcomeUnknown
