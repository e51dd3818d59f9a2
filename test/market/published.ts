/**
 * The exchanges' own rules, reckoned and not looked up: whoever slips in the table is found out by it. Days as
 * `YYYY-MM-DD`.
 */
export interface Published {
  readonly holidays: readonly string[]
  readonly earlyCloses: readonly string[]
}

export function reckoned(year: number): Published {
  const [mon, thu] = [1, 4]
  const thanksgiving = nth(4, thu, year, 11)
  const fixed = ["06-19", "07-04", "12-25"].flatMap((day) => observed(`${year}-${day}`))
  // On a Saturday it is not observed at all, because the day before ends the year's books.
  const newYear = weekday(`${year}-01-01`) === 6 ? [] : observed(`${year}-01-01`)
  const moving = [nth(3, mon, year, 1), nth(3, mon, year, 2), lastMonday(year, 5), nth(1, mon, year, 9)]
  const holidays = [...newYear, ...fixed, ...moving, plus(easter(year), -2), thanksgiving].toSorted()
  // July 3 and Christmas Eve, where there is trading on them and the holiday itself is the day after.
  const eves = [`${year}-07-03`, `${year}-12-24`].filter((day) => !holidays.includes(day) && isWeekday(day))
  const shortened = eves.filter((day) => holidays.includes(plus(day, 1)))
  return { holidays, earlyCloses: [...shortened, plus(thanksgiving, 1)].toSorted() }
}

export const weekday = (day: string): number => new Date(day).getUTCDay()

export const isWeekday = (day: string): boolean => ![0, 6].includes(weekday(day))

export function plus(day: string, days: number): string {
  const date = new Date(day)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

function observed(day: string): readonly string[] {
  const moved = new Map([
    [6, -1],
    [0, 1],
  ])
  return [plus(day, moved.get(weekday(day)) ?? 0)]
}

function nth(count: number, wanted: number, year: number, month: number): string {
  const first = `${year}-${String(month).padStart(2, "0")}-01`
  return plus(first, ((wanted - weekday(first) + 7) % 7) + 7 * (count - 1))
}

function lastMonday(year: number, month: number): string {
  const next = `${year}-${String(month + 1).padStart(2, "0")}-01`
  return plus(next, -((weekday(next) + 6) % 7 || 7))
}

/** The Sunday after the first full moon of spring, as the Gregorian calendar reckons it (Meeus' form). */
function easter(year: number): string {
  const golden = year % 19
  const [century, rest] = [Math.floor(year / 100), year % 100]
  const correction = Math.floor((8 * century + 13) / 25)
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30
  const sunday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - epact - (rest % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * sunday) / 451)
  const days = epact + sunday - 7 * late + 114
  return `${year}-${String(Math.floor(days / 31)).padStart(2, "0")}-${String((days % 31) + 1).padStart(2, "0")}`
}
