/** What a clock in New York shows, without seconds. */
export interface Wall {
  /** `2026-11-27` */
  readonly day: string
  /** `12:40` */
  readonly time: string
  /** `EST` or `EDT` */
  readonly zone: string
}

export interface Eastern {
  wallAt(at: number): Wall
  /** When the clock shows it: the first time, where it does so twice. */
  instantOf(day: string, time: string): number
}

/** The platform knows when clocks change; nothing here does. To ask it takes a while, so it is asked when wanted. */
export function easternTime(): Eastern {
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone: "America/New_York",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  })
  const wallAt = (at: number): Wall => wallOf(clock.formatToParts(at))
  return { wallAt, instantOf: (day, time) => instantOf(`${day}T${time}Z`, wallAt) }
}

function wallOf(parts: readonly Intl.DateTimeFormatPart[]): Wall {
  const shown = new Map(parts.map(({ type, value }) => [type, value]))
  const part = (type: Intl.DateTimeFormatPartTypes): string => shown.get(type) ?? ""
  return {
    day: `${part("year")}-${part("month")}-${part("day")}`,
    time: `${part("hour")}:${part("minute")}`,
    zone: part("timeZoneName"),
  }
}

/** With the offsets of the day before and of the day after it is tried which of the two shows what is wanted. */
function instantOf(wanted: string, wallAt: Eastern["wallAt"]): number {
  const asUtc = Date.parse(wanted)
  const shownAt = (at: number): number => {
    const { day, time } = wallAt(at)
    return Date.parse(`${day}T${time}Z`)
  }
  const tried = [asUtc - msPerDay, asUtc + msPerDay].map((near) => asUtc + near - shownAt(near))
  const fitting = tried.filter((at) => shownAt(at) === asUtc)
  return Math.min(...(fitting.length > 0 ? fitting : tried))
}

const msPerDay = 86_400_000
