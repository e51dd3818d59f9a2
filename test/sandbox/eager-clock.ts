import type { Clock } from "../../src/engine/types.ts"
import type { World } from "../../src/sandbox/world.ts"

/** Also for what only looks on: it is woken when its time has come, and no time passes for its sake. */
export interface EagerClock extends Clock {
  doze(milliseconds: number, stop: AbortSignal): Promise<void>
}

/**
 * The sandbox's own time, which passes as it does while anything is done, and at once while everybody only waits. What
 * takes five seconds takes five of it, however busy the machine is, and a test does not sit them out.
 */
export function eagerClock(world: World): EagerClock {
  const { clock, trace, bell } = world
  const sleeping = new Set<Sleeper>()
  let passing = false
  const now = () => clock.now()

  const sleep = (milliseconds: number, stop: AbortSignal | undefined, hurries: boolean) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        sleeping.delete(sleeper)
        stop?.removeEventListener("abort", wake)
        resolve()
      }
      const sleeper = { until: now() + milliseconds, hurries, wake }
      if (milliseconds <= 0 || stop?.aborted) return resolve()
      sleeping.add(sleeper)
      stop?.addEventListener("abort", wake, { once: true })
      if (!passing) void pass()
    })

  async function pass(): Promise<void> {
    passing = true
    let calm = 0
    let before = ""
    while (hurried(sleeping)) {
      // One turn of the loop: what has come meanwhile is done in it.
      await new Promise((resolve) => setTimeout(resolve, 1))
      const seen = `${trace.list().length} ${[...sleeping].map(({ until }) => until).join(" ")}`
      calm = seen === before ? calm + 1 : 0
      before = seen
      const first = Math.min(...[...sleeping].map(({ until }) => until))
      if (calm < enough && first > now()) continue
      if (first > now()) {
        clock.advance(Math.min(first - now(), stride))
        bell.ring()
      }
      calm = 0
      for (const sleeper of [...sleeping]) if (sleeper.until <= now()) sleeper.wake()
    }
    passing = false
  }

  return {
    now,
    sleep: (milliseconds, stop) => sleep(milliseconds, stop, true),
    doze: (milliseconds, stop) => sleep(milliseconds, stop, false),
  }
}

interface Sleeper {
  readonly until: number
  readonly hurries: boolean
  wake(): void
}

const hurried = (sleeping: ReadonlySet<Sleeper>): boolean => [...sleeping].some(({ hurries }) => hurries)

/** So many turns without a request, and nobody who waits for something else: an answer on its way takes fewer. */
const enough = 6
/** In milliseconds: what the sandbox does at its own time comes in its order. */
const stride = 250
