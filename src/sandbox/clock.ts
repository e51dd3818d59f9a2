/** A moment on both clocks, in milliseconds. */
export interface SavedTime {
  readonly simulated: number
  readonly wall: number
}

/** Simulated time: it runs `speed` times as fast as the wall clock. */
export interface Clock {
  now(): number
  /** Lets so many simulated milliseconds pass at once. */
  advance(milliseconds: number): void
  moment(): SavedTime
}

/** A process that lives saves at least this often, so that a killed one never takes time back. */
export const SAVE_EVERY = 10_000

/**
 * Time goes on across restarts. For as long as a killed process may have lived after its last save it runs at full
 * speed, afterwards as the wall clock does: a sandbox left alone overnight is one night older, not two months.
 */
export function startClock(speed: number, saved: SavedTime | undefined, wall: () => number = Date.now): Clock {
  const begun = wall()
  let origin = saved ? caughtUp(saved, begun, speed) : begun
  const now = () => origin + (wall() - begun) * speed
  return {
    now,
    advance: (milliseconds) => {
      origin += milliseconds
    },
    moment: () => ({ simulated: now(), wall: wall() }),
  }
}

function caughtUp(saved: SavedTime, wall: number, speed: number): number {
  const passed = Math.max(0, wall - saved.wall)
  const fast = Math.min(passed, SAVE_EVERY)
  return saved.simulated + fast * speed + (passed - fast)
}
