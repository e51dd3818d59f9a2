import { appendFileSync, truncateSync, writeFileSync } from "node:fs"

/** One request, as it went. It holds no secret: what the SDK's model calls sensitive is left out of `input`. */
export interface TraceEntry {
  readonly service: string
  readonly operation: string
  /** Simulated time of its arrival, in milliseconds. */
  readonly at: number
  /** How long it took on the wall clock. */
  readonly milliseconds: number
  readonly status: number
  readonly code?: string
  readonly fault?: string
  /** What went wrong inside the sandbox itself. */
  readonly bug?: string
  /** The instance on which it was asked; without one, whoever holds the sandbox's own keys asked. */
  readonly by?: string
  readonly input: unknown
  readonly requestId?: string
  /** Which keys signed it, by the id that is no secret; nothing where the signature was not good. */
  readonly accessKeyId?: string
  /** Who that was. */
  readonly arn?: string
  /** The id of the keys that it was answered with. */
  readonly lent?: string
  readonly region?: string
}

export interface Trace {
  add(entry: TraceEntry): void
  list(): readonly TraceEntry[]
  clear(): void
}

/** Keeps the latest entries, and writes each to the file, if there is one: a file of this process alone. */
export function startTrace(file: string | undefined): Trace {
  let entries: TraceEntry[] = []
  if (file !== undefined) writeFileSync(file, "", { mode: 0o600 })
  return {
    list: () => entries,
    clear: () => {
      entries = []
      if (file !== undefined) truncateSync(file)
    },
    add: (entry) => {
      if (entries.length >= 2 * KEPT) entries = entries.slice(-KEPT)
      entries.push(entry)
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(entry)}\n`)
    },
  }
}

const KEPT = 10_000
