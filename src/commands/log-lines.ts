import type { LogLine } from "../report/results/node.ts"

/** What Docker Compose prints of its containers' logs, in the order of time and not by container. */
export function logLinesOf(output: string): readonly LogLine[] {
  const read: LogLine[] = []
  for (const line of output.split("\n")) if (line !== "") read.push(lineOf(line, read.at(-1)))
  // Sorting keeps the order of equals: what has no time stays behind the line that it belongs to.
  return read.sort(byTime)
}

/** Those that were not seen yet: a container writes several lines at the same moment. */
export function newer(lines: readonly LogLine[], seen: readonly LogLine[]): readonly LogLine[] {
  const last = seen.at(-1)?.time ?? ""
  const known = new Set(seen.filter(({ time }) => time === last).map(textOf))
  return lines.filter((line) => line.time > last || (line.time === last && !known.has(textOf(line))))
}

const textOf = ({ service, text }: LogLine) => `${service} ${text}`

const byTime = (a: LogLine, b: LogLine) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)

function lineOf(line: string, before: LogLine | undefined): LogLine {
  const [, name = "", rest = line] = /^([a-z0-9][\w.-]*)\s*\| (.*)$/.exec(line) ?? []
  const [, time = before?.time ?? "", text = rest] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ?(.*)$/.exec(rest) ?? []
  // The number of a container says nothing: there is one of each.
  return { service: name.replace(/[-_]\d+$/, ""), time, text }
}
