import { describe, expect, it } from "vitest"
import { BeyondCalendar } from "../../src/market/calendar.ts"
import { nextForcedLogin } from "../../src/market/gateway-login.ts"
import { nextClose, sessionAt, sessionsBetween } from "../../src/market/sessions.ts"
import { plus } from "./published.ts"

const at = (text: string): number => Date.parse(text)
const utc = (instant: number): string => new Date(instant).toISOString()

describe("the clock", () => {
  it.each([
    ["index", "2026-11-27T17:40:00Z", "2026-11-27 12:40 EST", "open until 13:15, an early close"],
    ["stock", "2026-11-27T17:40:00Z", "2026-11-27 12:40 EST", "open until 13:00, an early close"],
    ["index", "2026-11-25T20:59:59Z", "2026-11-25 15:59 EST", "open until 16:15"],
    ["index", "2026-11-25T21:14:59Z", "2026-11-25 16:14 EST", "open until 16:15"],
    ["index", "2026-11-25T21:15:00Z", "2026-11-25 16:15 EST", "closed; opens Fri Nov 27 09:30"],
    ["stock", "2026-11-25T20:59:59Z", "2026-11-25 15:59 EST", "open until 16:00"],
    ["stock", "2026-11-25T21:00:00Z", "2026-11-25 16:00 EST", "closed; opens Fri Nov 27 09:30"],
    ["index", "2026-11-25T14:29:59Z", "2026-11-25 09:29 EST", "closed; opens Wed Nov 25 09:30"],
    ["index", "2026-11-25T14:30:00Z", "2026-11-25 09:30 EST", "open until 16:15"],
    ["index", "2026-11-26T16:00:00Z", "2026-11-26 11:00 EST", "closed (Thanksgiving); opens Fri Nov 27 09:30"],
    ["index", "2026-11-21T12:00:00Z", "2026-11-21 07:00 EST", "closed (weekend); opens Mon Nov 23 09:30"],
    ["stock", "2026-12-31T22:00:00Z", "2026-12-31 17:00 EST", "closed; opens Mon Jan 4 09:30"],
    ["stock", "2027-01-01T05:00:00Z", "2027-01-01 00:00 EST", "closed (New Year's Day); opens Mon Jan 4 09:30"],
    ["index", "2026-07-02T13:30:00Z", "2026-07-02 09:30 EDT", "open until 16:15"],
  ] as const)("of options on an %s at %s says %s, %s", (options, moment, eastern, label) => {
    const clock = sessionAt(options, at(moment))
    expect(clock).toMatchObject({ eastern, label, state: label.startsWith("open") ? "open" : "closed" })
  })

  it("gives the present session while it is open, and else the next", () => {
    const wednesday = { opens: at("2026-11-25T14:30:00Z"), closes: at("2026-11-25T21:15:00Z") }
    const friday = { opens: at("2026-11-27T14:30:00Z"), closes: at("2026-11-27T18:15:00Z") }
    expect(sessionAt("index", at("2026-11-25T08:00:00Z"))).toMatchObject(wednesday)
    expect(sessionAt("index", at("2026-11-25T17:00:00Z"))).toMatchObject(wednesday)
    expect(sessionAt("index", at("2026-11-25T21:15:00Z"))).toMatchObject(friday)
    expect(utc(nextClose("index", at("2026-11-25T17:00:00Z")))).toBe("2026-11-25T21:15:00.000Z")
    expect(utc(nextClose("stock", at("2026-11-26T17:00:00Z")))).toBe("2026-11-27T18:00:00.000Z")
  })

  it("knows that an index's options that expire stop before the others", () => {
    expect(utc(sessionAt("index", at("2026-11-25T17:00:00Z")).expiring)).toBe("2026-11-25T21:00:00.000Z")
    expect(utc(sessionAt("index", at("2026-11-27T17:00:00Z")).expiring)).toBe("2026-11-27T18:00:00.000Z")
    const stock = sessionAt("stock", at("2026-11-25T17:00:00Z"))
    expect(stock.expiring).toBe(stock.closes)
  })

  // The Fridays before and the Mondays after: clocks change on the Sunday between.
  it.each([
    ["2026-03-06", "14:30", "21:15"],
    ["2026-03-09", "13:30", "20:15"],
    ["2026-10-30", "13:30", "20:15"],
    ["2026-11-02", "14:30", "21:15"],
    ["2027-03-12", "14:30", "21:15"],
    ["2027-03-15", "13:30", "20:15"],
    ["2027-11-05", "13:30", "20:15"],
    ["2027-11-08", "14:30", "21:15"],
  ])("opens on %s at %s and closes at %s by UTC", (day, opens, closes) => {
    // From midnight of the day before: the change of clocks lies between.
    const clock = sessionAt("index", at(`${plus(day, -1)}T23:30:00Z`))
    expect([utc(clock.opens), utc(clock.closes)]).toEqual([`${day}T${opens}:00.000Z`, `${day}T${closes}:00.000Z`])
  })

  it("names the zone of the moment, on both sides of a change", () => {
    expect(sessionAt("index", at("2026-03-08T06:59:00Z")).eastern).toBe("2026-03-08 01:59 EST")
    expect(sessionAt("index", at("2026-03-08T07:00:00Z")).eastern).toBe("2026-03-08 03:00 EDT")
    expect(sessionAt("index", at("2026-11-01T05:30:00Z")).eastern).toBe("2026-11-01 01:30 EDT")
    expect(sessionAt("index", at("2026-11-01T06:30:00Z")).eastern).toBe("2026-11-01 01:30 EST")
  })

  it("refuses where the next session is not in the calendar", () => {
    expect(sessionAt("stock", at("2028-12-29T20:59:00Z")).label).toBe("open until 16:00")
    expect(() => sessionAt("stock", at("2028-12-29T21:00:00Z"))).toThrow("says nothing of 2029-01-01")
    expect(() => sessionAt("index", at("2029-03-01T15:00:00Z"))).toThrow("says nothing of 2029-03-01")
    expect(() => nextClose("index", at("2025-12-31T15:00:00Z"))).toThrow(BeyondCalendar)
  })
})

describe("sessions between two moments", () => {
  const count = (from: string, to: string) => sessionsBetween("index", at(from), at(to))

  it("are whole ones only", () => {
    expect(count("2026-11-25T14:30:00Z", "2026-11-25T21:15:00Z")).toBe(1)
    expect(count("2026-11-25T14:30:00.001Z", "2026-11-25T21:15:00Z")).toBe(0)
    expect(count("2026-11-25T14:30:00Z", "2026-11-25T21:14:59.999Z")).toBe(0)
    expect(sessionsBetween("stock", at("2026-11-25T14:30:00Z"), at("2026-11-25T21:00:00Z"))).toBe(1)
  })

  it("are counted over holidays, weekends, early closes and changes of clocks", () => {
    expect(count("2026-11-20T22:00:00Z", "2026-11-30T14:00:00Z")).toBe(4)
    expect(count("2026-03-06T12:00:00Z", "2026-03-09T20:15:00Z")).toBe(2)
    expect(count("2026-01-01T12:00:00Z", "2028-12-31T12:00:00Z")).toBe(753)
  })

  it("are none where the second moment is not later", () => {
    expect(count("2026-11-27T22:00:00Z", "2026-11-20T22:00:00Z")).toBe(0)
    expect(count("never", "2026-11-20T22:00:00Z")).toBe(0)
  })

  it("are refused where the calendar does not know all days", () => {
    expect(() => count("2025-12-30T12:00:00Z", "2026-01-20T12:00:00Z")).toThrow("says nothing of 2025-12-30")
    expect(() => count("2028-12-30T12:00:00Z", "2029-01-20T12:00:00Z")).toThrow("says nothing of 2029-01-01")
  })
})

describe("the next login that the broker forces", () => {
  it.each([
    ["2026-11-21T12:00:00Z", "2026-11-22T06:00:00.000Z"],
    ["2026-11-22T05:59:59Z", "2026-11-22T06:00:00.000Z"],
    ["2026-11-22T06:00:00Z", "2026-11-29T06:00:00.000Z"],
    // Clocks go from 02:00 to 03:00 an hour later.
    ["2026-03-08T00:00:00Z", "2026-03-08T06:00:00.000Z"],
    ["2026-03-08T06:00:00Z", "2026-03-15T05:00:00.000Z"],
    // 01:00 comes twice, and the first one counts.
    ["2026-11-01T04:00:00Z", "2026-11-01T05:00:00.000Z"],
    ["2026-11-01T05:00:00Z", "2026-11-08T06:00:00.000Z"],
    ["2027-11-05T12:00:00Z", "2027-11-07T05:00:00.000Z"],
    ["2031-01-01T00:00:00Z", "2031-01-05T06:00:00.000Z"],
  ])("after %s is at %s", (moment, login) => {
    expect(utc(nextForcedLogin(at(moment)))).toBe(login)
  })
})
