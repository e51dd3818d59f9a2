/** Milliseconds that have passed since a moment of its own. */
export type Stopwatch = () => number

/**
 * Never runs behind. The steady clock stands still while a laptop sleeps, and the wall clock can be set back;
 * each is right where the other is wrong, so the one that has seen more time pass is believed.
 */
export function stopwatch(steady: () => number = () => performance.now(), wall: () => number = Date.now): Stopwatch {
  const steadyStart = steady()
  const wallStart = wall()
  return () => Math.max(steady() - steadyStart, wall() - wallStart)
}
