import { describe, expect, it } from "vitest"
import { easternTime } from "../../src/market/eastern.ts"

const { wallAt, instantOf } = easternTime()
const hour = 3_600_000

describe("a clock in New York", () => {
  it.each(["2026-03-08", "2026-11-01", "2027-03-14", "2027-11-07", "2028-03-12", "2028-11-05"])(
    "shows on %s and the days beside it what it is read back from",
    (changes) => {
      for (let at = Date.parse(changes) - 30 * hour; at < Date.parse(changes) + 54 * hour; at += hour / 2) {
        const { day, time, zone } = wallAt(at)
        // The hour that comes twice is read as the first of the two.
        const twice = zone === "EST" && wallAt(at - hour).zone === "EDT" && wallAt(at - hour).time === time
        expect(instantOf(day, time), `${day} ${time} ${zone}`).toBe(twice ? at - hour : at)
      }
    },
  )

  it("has a moment even for what it never shows", () => {
    expect(wallAt(instantOf("2026-03-08", "02:30")).day).toBe("2026-03-08")
  })
})
