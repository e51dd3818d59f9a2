import { expect, it } from "vitest"
import { startPatience } from "../../src/engine/poll.ts"

/** Looks once each second, and tells after how many nobody looks any more. */
function looksUntilOver(most: number, patience?: number): number {
  let now = 0
  const clock = { now: () => now, sleep: async () => undefined, ...(patience !== undefined && { patience }) }
  const inVain = startPatience(clock, most)
  for (let looks = 1; ; looks++) {
    now += 1_000
    if (inVain().over) return looks
  }
}

it("nobody gives up before the time is over, and before having looked often enough", () => {
  expect(looksUntilOver(20_000)).toBe(20)
  expect(looksUntilOver(0)).toBe(5)
})

it("where time runs fast, nobody gives up before what does not run fast had its time", () => {
  expect(looksUntilOver(20_000, 60_000)).toBe(60)
  expect(looksUntilOver(90_000, 60_000)).toBe(90)
})
