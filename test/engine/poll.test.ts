import { expect, it } from "vitest"
import { longest, startPatience } from "../../src/engine/poll.ts"

const clockAt = (now: () => number) => ({ now, sleep: async () => undefined })

/** Looks once each second, and tells after how many nobody looks any more. */
function looksUntilOver(most: number): number {
  let now = 0
  const inVain = startPatience(
    clockAt(() => now),
    most,
  )
  for (let looks = 1; ; looks++) {
    now += 1_000
    if (inVain().over) return looks
  }
}

it("nobody gives up before the time is over, and before having looked often enough", () => {
  expect(looksUntilOver(20_000)).toBe(20)
  expect(looksUntilOver(0)).toBe(5)
})

it("what is slow has six times its usual time, and all ten minutes", () => {
  const clock = clockAt(() => 0)
  expect([longest(clock, 1), longest(clock, 300)]).toEqual([600_000, 1_800_000])
})

it("where time runs fast, what does not run fast with it has its time all the same", () => {
  expect(longest({ ...clockAt(() => 0), patience: 7_200_000 }, 300)).toBe(7_200_000)
})
