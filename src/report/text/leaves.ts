/** One difference, as deep inside as it can be told: a policy of forty lines may differ in one word. */
export interface Leaf {
  readonly path: string
  readonly live: unknown
  readonly want: unknown
}

export function leavesOf(path: string, live: unknown, want: unknown): readonly Leaf[] {
  if (same(live, want)) return []
  if (isRecord(live) && isRecord(want)) {
    const keys = [...new Set([...Object.keys(live), ...Object.keys(want)])]
    return keys.flatMap((key) => leavesOf(`${path}.${key}`, live[key], want[key]))
  }
  if (Array.isArray(live) && Array.isArray(want) && live.length === want.length && live.some(isRecord))
    return live.flatMap((one, index) => leavesOf(`${path}[${index}]`, one, want[index]))
  return [{ path, live, want }]
}

const same = (live: unknown, want: unknown) => JSON.stringify(live) === JSON.stringify(want)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
