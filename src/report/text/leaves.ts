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
  if (Array.isArray(live) && Array.isArray(want)) {
    if (live.length !== want.length) return membersOf(`${path}[]`, live, want)
    if (live.some(isRecord)) return live.flatMap((one, index) => leavesOf(`${path}[${index}]`, one, want[index]))
  }
  return [{ path, live, want }]
}

/** One rule among many that somebody added must not drown in the list of all of them. */
function membersOf(path: string, live: readonly unknown[], want: readonly unknown[]): readonly Leaf[] {
  const only = (some: readonly unknown[], others: readonly unknown[]) =>
    some.filter((one) => !others.some((other) => same(one, other)))
  return [
    ...only(live, want).map((one) => ({ path, live: one, want: undefined })),
    ...only(want, live).map((one) => ({ path, live: undefined, want: one })),
  ]
}

const same = (live: unknown, want: unknown) => JSON.stringify(live) === JSON.stringify(want)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
