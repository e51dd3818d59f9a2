import { describe, expect, it } from "vitest"
import file from "../../src/market/calendar.json" with { type: "json" }
import {
  BeyondCalendar,
  calendarEnds,
  calendarSource,
  dayAfter,
  daysLeft,
  sessionOn,
  whyClosed,
} from "../../src/market/calendar.ts"
import { isWeekday, plus, reckoned, weekday } from "./published.ts"

const years = [2026, 2027, 2028]

describe("the rules that the table is compared with", () => {
  it("say what the exchanges did in years that are past", () => {
    expect(reckoned(2024)).toEqual({
      holidays: [
        ...["2024-01-01", "2024-01-15", "2024-02-19", "2024-03-29", "2024-05-27", "2024-06-19", "2024-07-04"],
        ...["2024-09-02", "2024-11-28", "2024-12-25"],
      ],
      earlyCloses: ["2024-07-03", "2024-11-29", "2024-12-24"],
    })
    // New Year's Day was a Saturday, and Juneteenth and Christmas were Sundays.
    expect(reckoned(2022)).toEqual({
      holidays: [
        ...["2022-01-17", "2022-02-21", "2022-04-15", "2022-05-30", "2022-06-20", "2022-07-04", "2022-09-05"],
        ...["2022-11-24", "2022-12-26"],
      ],
      earlyCloses: ["2022-11-25"],
    })
  })
})

describe("the table", () => {
  it("has the holidays and early closes of each year that it covers, by the rules", () => {
    expect(Object.keys(file.holidays)).toEqual(years.flatMap((year) => reckoned(year).holidays))
    expect(file.earlyCloses).toEqual(years.flatMap((year) => reckoned(year).earlyCloses))
    expect(calendarEnds).toBe("2028-12-31")
  })

  it("shortens no day on which there is no trading", () => {
    expect(file.earlyCloses.filter((day) => !isWeekday(day) || day in file.holidays)).toEqual([])
    expect(Object.keys(file.holidays).filter((day) => !isWeekday(day))).toEqual([])
  })

  it("says who announced it, and when it was read", () => {
    expect(calendarSource).toMatch(/^NYSE Group, .*; read 2026-\d\d-\d\d$/)
  })

  it("is renewed long before it ends", () => {
    expect(daysLeft(new Date().toISOString().slice(0, 10))).toBeGreaterThan(60)
  })
})

describe("a day", () => {
  it("has a session on each weekday that is no holiday, and on no other", () => {
    const holidays = new Set(years.flatMap((year) => reckoned(year).holidays))
    let sessions = 0
    for (let day = "2026-01-01"; day <= calendarEnds; day = plus(day, 1)) {
      const trading = isWeekday(day) && !holidays.has(day)
      for (const options of ["index", "stock"] as const) expect(sessionOn(options, day) !== undefined).toBe(trading)
      if (trading) sessions += 1
    }
    expect(sessions).toBe(251 + 251 + 251)
  })

  it.each([
    ["index", "2026-11-25", "16:15", "16:00", false],
    ["index", "2026-11-27", "13:15", "13:00", true],
    ["stock", "2026-11-25", "16:00", "16:00", false],
    ["stock", "2026-11-27", "13:00", "13:00", true],
  ] as const)("ends for options on an %s on %s at %s", (options, day, closes, expiring, early) => {
    expect(sessionOn(options, day)).toEqual({ day, opens: "09:30", closes, expiring, early })
  })

  it("says why it has no session", () => {
    expect(whyClosed("2026-11-26")).toBe("Thanksgiving")
    expect(whyClosed("2026-11-28")).toBe("weekend")
    expect(whyClosed("2026-11-27")).toBeUndefined()
  })

  it.each(["2025-12-31", "2029-01-01", "nonsense", ""])("refuses to guess about %j", (day) => {
    expect(() => sessionOn("index", day)).toThrow(BeyondCalendar)
    expect(() => whyClosed(day)).toThrow(`from 2026-01-01 to 2028-12-31, and says nothing of ${day}`)
  })

  it("is followed by the next one, over months, years and changes of clocks", () => {
    for (let day = "2026-01-01"; day < "2029-01-05"; day = plus(day, 1)) {
      expect(dayAfter(day)).toBe(plus(day, 1))
      expect(weekday(dayAfter(day))).toBe((weekday(day) + 1) % 7)
    }
  })

  it("counts down to the end of the table", () => {
    expect([daysLeft("2028-12-31"), daysLeft("2028-11-01"), daysLeft("2029-01-01")]).toEqual([0, 60, -1])
  })
})
