import { BeyondCalendar, calendarEnds, dayAfter, type Options, type Session, sessionOn, whyClosed } from "./calendar.ts"
import { easternTime, type Wall } from "./eastern.ts"

/** Regular sessions only: what trades before the open and after the close is another, thinner market. */
export interface MarketClock {
  /** `2026-11-27 12:40 EST` */
  readonly eastern: string
  readonly state: "open" | "closed"
  /** Of the present or else the next session, in milliseconds since 1970. */
  readonly opens: number
  readonly closes: number
  /** When what expires in that session stops trading; never later than its close. */
  readonly expiring: number
  /** `open until 13:15, an early close`, or `closed (Thanksgiving); opens Fri Nov 27 09:30` */
  readonly label: string
}

/** Throws `BeyondCalendar` where the calendar does not know the session. */
export function sessionAt(options: Options, at: number): MarketClock {
  const { wallAt, instantOf } = easternTime()
  const wall = wallAt(at)
  const session = presentOrNext(options, wall)
  const open = stamp(wall) >= `${session.day} ${session.opens}`
  return {
    eastern: `${wall.day} ${wall.time} ${wall.zone}`,
    state: open ? "open" : "closed",
    opens: instantOf(session.day, session.opens),
    closes: instantOf(session.day, session.closes),
    expiring: instantOf(session.day, session.expiring),
    label: open ? openLabel(session) : closedLabel(session, wall),
  }
}

/** Of the present session, or else of the next. */
export function nextClose(options: Options, at: number): number {
  return sessionAt(options, at).closes
}

/** How many sessions lie wholly between the two, from the open to the close. */
export function sessionsBetween(options: Options, from: number, to: number): number {
  if (!(from < to)) return 0
  const { wallAt } = easternTime()
  // A wall clock shows the minute that has begun: whoever begins within one has not seen all of it.
  const [first, last] = [wallAt(Math.ceil(from / msPerMinute) * msPerMinute), wallAt(to)]
  return [...daysFrom(first.day, last.day)].filter((day) => {
    const session = sessionOn(options, day)
    return session && stamp(first) <= `${day} ${session.opens}` && `${day} ${session.closes}` <= stamp(last)
  }).length
}

function presentOrNext(options: Options, wall: Wall): Session {
  for (const day of daysFrom(wall.day, calendarEnds)) {
    const session = sessionOn(options, day)
    if (session && stamp(wall) < `${day} ${session.closes}`) return session
  }
  throw new BeyondCalendar(wall.day > calendarEnds ? wall.day : dayAfter(calendarEnds))
}

/** Both included. */
function* daysFrom(first: string, last: string): Generator<string> {
  for (let day = first; day <= last; day = dayAfter(day)) yield day
}

/** Days and times in this form sort as they pass. */
const stamp = ({ day, time }: Wall): string => `${day} ${time}`

const openLabel = ({ closes, early }: Session): string => `open until ${closes}${early ? ", an early close" : ""}`

function closedLabel({ day, opens }: Session, wall: Wall): string {
  const why = whyClosed(wall.day)
  return `closed${why ? ` (${why})` : ""}; opens ${dayName(day)} ${opens}`
}

/** `Fri Nov 27` */
function dayName(day: string): string {
  const [weekday = "", date = "", month = ""] = new Date(day).toUTCString().split(/,? /)
  return `${weekday} ${month} ${Number(date)}`
}

const msPerMinute = 60_000
