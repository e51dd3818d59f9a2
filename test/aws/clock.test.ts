import { expect, it } from "vitest"
import { operatorsClock, realClock, scaledClock } from "../../src/aws/clock.ts"
import { stopwatch } from "../../src/aws/stopwatch.ts"

it("a scaled clock sleeps a part of the time and says that all of it went by", async () => {
  const clock = scaledClock(1_000, 5_000)
  const begun = performance.now()
  expect(clock.now()).toBeGreaterThanOrEqual(5_000)
  const before = clock.now()
  await clock.sleep(30_000)
  expect(performance.now() - begun).toBeLessThan(1_000)
  expect(clock.now() - before).toBeGreaterThanOrEqual(30_000)
})

it("a scaled clock wakes nobody early, however short he sleeps", async () => {
  const clock = scaledClock(1_000)
  const wishes = Array.from({ length: 50 }, (_, n) => n * 350)
  const slept = wishes.map(async (wish) => {
    const before = clock.now()
    await clock.sleep(wish)
    return clock.now() - before - wish
  })
  expect(Math.min(...(await Promise.all(slept)))).toBeGreaterThanOrEqual(0)
})

it("refuses a speed at which time would not pass", () => {
  expect(() => scaledClock(0)).toThrow("speed 0")
})

it("sleep ends early, and quietly, when it is stopped", async () => {
  const stop = new AbortController()
  const begun = performance.now()
  const sleeping = realClock().sleep(60_000, stop.signal)
  stop.abort()
  await sleeping
  await realClock().sleep(60_000, stop.signal)
  expect(performance.now() - begun).toBeLessThan(1_000)
})

it("a stopwatch believes whichever clock has seen more time pass", () => {
  let steady = 0
  let wall = 1_000_000
  const elapsed = stopwatch(
    () => steady,
    () => wall,
  )
  steady = 10
  expect(elapsed()).toBe(10)
  wall += 60_000
  expect(elapsed()).toBe(60_000)
  wall -= 120_000
  expect(elapsed()).toBe(10)
})

it("waits by the operator's own clock where time runs faster than programs do, and nowhere else", async () => {
  const fast = scaledClock(1_000)
  expect(operatorsClock(fast)).toBe(fast)
  const begun = performance.now()
  await operatorsClock({ ...fast, patience: 1 }).sleep(200)
  expect(performance.now() - begun).toBeGreaterThan(150)
})
