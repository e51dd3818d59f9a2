/** A range of addresses that may come in, and until when; for good, where nothing is said. */
export interface Allowed {
  readonly range: string
  /** As ISO 8601 writes it. */
  readonly until?: string | undefined
}

/** Parameters cannot be empty. */
const nobody = "none"

/** As a parameter keeps them: `203.0.113.10/32,198.51.100.7/32 until 2026-11-21T18:00:00.000Z`. */
export function allowedIn(text: string): readonly Allowed[] {
  if (text === nobody || text === "") return []
  return text.split(",").map((entry) => {
    const [range = "", until] = entry.split(" until ")
    return { range, ...(until !== undefined && { until }) }
  })
}

export function textOf(allowed: readonly Allowed[]): string {
  const entries = allowed.map(({ range, until }) => (until === undefined ? range : `${range} until ${until}`))
  return entries.length > 0 ? entries.toSorted().join(",") : nobody
}

export const isOver = ({ until }: Allowed, now: number): boolean => until !== undefined && Date.parse(until) <= now

/** Without those whose time is over. */
export function stillAllowed(text: string, now: number): string {
  return text.includes(" until ") ? textOf(allowedIn(text).filter((one) => !isOver(one, now))) : text
}
