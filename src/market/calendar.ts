import file from "./calendar.json" with { type: "json" }

/** What is traded: options on an index, or on stocks and funds. */
export type Options = "index" | "stock"

/** The regular session of one day, in Eastern time as `HH:MM`. */
export interface Session {
  readonly day: string
  readonly opens: string
  readonly closes: string
  /** When the options that expire on this day stop trading: some indexes' go on for the others. */
  readonly expiring: string
  readonly early: boolean
}

/** A day of which the calendar says nothing. Nobody is to guess whether there was trading on it. */
export class BeyondCalendar extends Error {
  readonly day: string

  constructor(day: string) {
    super(`the market calendar goes from ${file.begins} to ${file.ends}, and says nothing of ${day}`)
    this.name = "BeyondCalendar"
    this.day = day
  }
}

/** The last day that it knows. */
export const calendarEnds: string = file.ends

/** Who announced the days, and when somebody last looked. */
export const calendarSource = `${file.source}; read ${file.read}`

/** Whole days that the calendar still covers after the given one, as `YYYY-MM-DD`; negative after its end. */
export function daysLeft(day: string): number {
  return (Date.parse(file.ends) - Date.parse(day)) / msPerDay
}

/** Nothing on a day without trading. */
export function sessionOn(options: Options, day: string): Session | undefined {
  if (whyClosed(day) !== undefined) return undefined
  const early = file.earlyCloses.includes(day)
  const { opens, full, early: short } = file.hours[options]
  return { day, opens, ...(early ? short : full), early }
}

/** The holiday's name, or `weekend`; nothing on a day with trading. */
export function whyClosed(day: string): string | undefined {
  if (!(day >= file.begins && day <= file.ends)) throw new BeyondCalendar(day)
  const weekday = new Date(day).getUTCDay()
  return weekday === 0 || weekday === 6 ? "weekend" : holidays[day]
}

export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + msPerDay).toISOString().slice(0, "2026-11-27".length)
}

const holidays: Readonly<Record<string, string>> = file.holidays

const msPerDay = 86_400_000
