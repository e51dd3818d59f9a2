import type { Clock } from "../engine/types.ts"

/** Time as it is. */
export function realClock(): Clock {
  return { now: Date.now, sleep: pause }
}

/** Time as the sandbox lets it pass: `speed` simulated seconds in each real one. */
export function scaledClock(speed: number, epoch: number = Date.now()): Clock {
  if (!(speed > 0)) throw new RangeError(`a clock cannot run at speed ${speed}`)
  const begun = performance.now()
  const now = () => epoch + (performance.now() - begun) * speed
  return {
    now,
    async sleep(milliseconds, stop) {
      const end = now() + milliseconds
      // A timer knows whole milliseconds, of which each is many here, and may end within one too early.
      while (now() < end && !stop?.aborted) await pause((end - now()) / speed, stop)
    },
  }
}

/** Ends early when stopped, without an error: whoever waits looks at the signal himself. */
function pause(milliseconds: number, stop?: AbortSignal): Promise<void> {
  if (stop?.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stop?.removeEventListener("abort", done)
      resolve()
    }
    const timer = setTimeout(done, Math.max(0, milliseconds))
    stop?.addEventListener("abort", done, { once: true })
  })
}

/** For whoever waits seconds for what real programs do: where time runs fast, they would have no time at all. */
export const operatorsClock = (clock: Clock): Clock => (clock.patience === undefined ? clock : realClock())
