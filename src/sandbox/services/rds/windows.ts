import { Refusal } from "../../service.ts"

interface Windows {
  readonly backupWindow: string
  readonly maintenanceWindow: string
}

/** Half an hour long at least, in hours of the day (UTC), and not both at once. */
export const checkWindows = ({ backupWindow, maintenanceWindow }: Windows): void => {
  const backup = spanOf(backupWindow, /^(\d\d):(\d\d)-(\d\d):(\d\d)$/, "backup")
  const { day, from, long } = maintenanceOf(maintenanceWindow)
  const start = (day * dayLong + from) % dayLong
  const overlaps = (a: number, b: number, length: number) => (b - a + dayLong) % dayLong < length
  if (overlaps(backup.from, start, backup.long) || overlaps(start, backup.from, long))
    throw new Refusal("InvalidParameterCombination", "The backup window and maintenance window must not overlap.")
}

/** When the next maintenance begins. */
export const nextMaintenance = (window: string, now: number): number => {
  const { day, from } = maintenanceOf(window)
  const minutes = Math.floor(now / 60_000)
  // The first of January 1970 was a Thursday.
  const inWeek = (minutes + 3 * dayLong) % (7 * dayLong)
  const ahead = (day * dayLong + from - inWeek + 7 * dayLong) % (7 * dayLong)
  return (minutes + (ahead === 0 ? 7 * dayLong : ahead)) * 60_000
}

const dayLong = 24 * 60
const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

const maintenanceOf = (window: string) => {
  const [, first = "", from = "", second = "", to = ""] =
    /^([a-z]{3}):(\d\d:\d\d)-([a-z]{3}):(\d\d:\d\d)$/.exec(window) ?? []
  const [day, last] = [days.indexOf(first), days.indexOf(second)]
  const span = /^/.test(window) && day >= 0 && last >= 0
  if (!span) throw badWindow(window, "maintenance")
  return { day, ...spanOf(`${from}-${to}`, /^(\d\d):(\d\d)-(\d\d):(\d\d)$/, "maintenance") }
}

const spanOf = (text: string, pattern: RegExp, which: string) => {
  const numbers = pattern.exec(text)?.slice(1).map(Number)
  if (!numbers) throw badWindow(text, which)
  const [hour = 24, minute = 60, toHour = 24, toMinute = 60] = numbers
  if (hour > 23 || toHour > 23 || minute > 59 || toMinute > 59) throw badWindow(text, which)
  const from = hour * 60 + minute
  const long = (toHour * 60 + toMinute - from + dayLong) % dayLong
  if (long < 30) throw new Refusal("InvalidParameterValue", `The ${which} window must be at least 30 minutes: ${text}`)
  return { from, long }
}

const badWindow = (text: string, which: string): Refusal =>
  new Refusal("InvalidParameterValue", `Invalid preferred ${which} window format: ${text}`)
