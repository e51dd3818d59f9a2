import type { LogLine } from "../report/results/node.ts"

/** What a node prints of its containers' logs, in the order of time. */
export function logLinesOf(system: string, output: string): readonly LogLine[] {
  const read: LogLine[] = []
  for (const line of output.split("\n")) if (line !== "") read.push(lineOf(system, line, read.at(-1)))
  return inOrder(read)
}

/** Sorting keeps the order of equals: what has no time stays behind the line that it belongs to. */
export const inOrder = (lines: readonly LogLine[]): readonly LogLine[] => lines.toSorted(byTime)

/** Of each service the time of the last line that was seen, and all that it said at that very moment. */
export type Seen = ReadonlyMap<string, { readonly time: string; readonly texts: ReadonlySet<string> }>

/**
 * Those that were not seen yet, and all that is seen then. Services are asked one after the other, so that one may have
 * said something before what another one said last: each has a time of its own.
 */
export function unseen(
  lines: readonly LogLine[],
  seen: Seen,
): { readonly fresh: readonly LogLine[]; readonly seen: Seen } {
  const isFresh = (line: LogLine): boolean => {
    const last = seen.get(whose(line))
    return (
      last === undefined || isLater(line.time, last.time) || (line.time === last.time && !last.texts.has(line.text))
    )
  }
  const fresh = lines.filter(isFresh)
  const next = new Map(seen)
  for (const line of fresh) {
    const last = next.get(whose(line))
    const texts = last?.time === line.time ? [...last.texts, line.text] : [line.text]
    next.set(whose(line), { time: line.time, texts: new Set(texts) })
  }
  return { fresh, seen: next }
}

/** Of all that was seen; nothing where that is nothing. */
export const latestOf = (seen: Seen): string | undefined =>
  [...seen.values()].map(({ time }) => time).reduce<string | undefined>(later, undefined)

const later = (one: string | undefined, other: string) => (one === undefined || isLater(other, one) ? other : one)

const whose = ({ system, service }: LogLine) => `${system} ${service}`

const byTime = (a: LogLine, b: LogLine) => Number(isLater(a.time, b.time)) - Number(isLater(b.time, a.time))

/** Their parts of a second may have more digits or fewer. */
const isLater = (one: string, other: string): boolean => one.replace("Z", "") > other.replace("Z", "")

function lineOf(system: string, line: string, before: LogLine | undefined): LogLine {
  const [, name = "", rest = line] = /^([a-z0-9][\w.-]*)\s*\| (.*)$/.exec(line) ?? []
  const [, time = before?.time ?? "", text = rest] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ?(.*)$/.exec(rest) ?? []
  // The number of a container says nothing: there is one of each.
  return { system, service: name.replace(/[-_]\d+$/, ""), time, text }
}
