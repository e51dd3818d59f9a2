/** A table of records by id. Records are never changed in place: read, make a new one, `put` it back. */
export interface Table<T> {
  get(id: string): T | undefined
  put(id: string, record: T): void
  delete(id: string): boolean
  has(id: string): boolean
  /** All records, oldest first. */
  all(): readonly T[]
  entries(): readonly (readonly [string, T])[]
}

/** The store as one handler sees it; what it writes counts only when it returns. */
export interface Draft {
  table<T extends object>(name: string): Table<T>
}

/** Everything that a sandbox knows: plain JSON, so that a file can hold it. */
export interface Contents {
  readonly account: string
  /** How many ids were given out. */
  readonly sequence: number
  readonly tables: Tables
}

type Tables = ReadonlyMap<string, ReadonlyMap<string, Kept>>

/** A record, and when it was first put, in simulated milliseconds. */
export interface Kept {
  readonly born: number
  readonly record: object
}

export interface Store {
  contents(): Contents
  /** Forgets every record. Ids go on counting, so that none comes back with another meaning. */
  clear(): void
  /** For operations that change nothing. Records younger than `blind` milliseconds are not seen. */
  view(now: number, blind: number): Draft
  /** For the others: nothing of it counts before `commit`. */
  open(now: number): OpenDraft
}

interface OpenDraft extends Draft {
  nextNumber(): number
  commit(): void
}

export function openStore(initial: Contents): Store {
  let current = initial
  return {
    contents: () => current,
    clear: () => {
      current = { ...current, tables: new Map() }
    },
    view: (now, blind) => ({
      table: <T extends object>(name: string) =>
        readTable<T>(seen(current.tables.get(name) ?? new Map(), now - blind, blind), name),
    }),
    open: (now) =>
      openDraft(current, now, (next) => {
        current = next
      }),
  }
}

type Rows = ReadonlyMap<string, Kept>

const seen = (rows: Rows, latest: number, blind: number): Rows =>
  blind === 0 ? rows : new Map([...rows].filter(([, kept]) => kept.born <= latest))

function openDraft(base: Contents, now: number, commit: (next: Contents) => void): OpenDraft {
  const changed = new Map<string, Map<string, Kept>>()
  let sequence = base.sequence
  const rows = (name: string): Rows => changed.get(name) ?? base.tables.get(name) ?? new Map()
  // A table is copied before its first change: committing then is one assignment, and throwing away is none.
  const writable = (name: string): Map<string, Kept> => {
    const copy = changed.get(name) ?? new Map(base.tables.get(name))
    changed.set(name, copy)
    return copy
  }
  return {
    nextNumber: () => {
      sequence += 1
      return sequence
    },
    commit: () => commit({ ...base, sequence, tables: new Map([...base.tables, ...changed]) }),
    table: <T extends object>(name: string): Table<T> => ({
      ...lookups<T>(() => rows(name)),
      put: (id, record) => {
        const born = rows(name).get(id)?.born ?? now
        writable(name).set(id, { born, record: frozen(record, `${name} ${id}`) })
      },
      delete: (id) => rows(name).has(id) && writable(name).delete(id),
    }),
  }
}

function readTable<T extends object>(rows: Rows, name: string): Table<T> {
  const refuse = () => {
    throw new Error(`an operation listed among its service's reads writes to the table ${name}: take it off that list`)
  }
  return { ...lookups<T>(() => rows), put: refuse, delete: refuse }
}

function lookups<T extends object>(rows: () => Rows): Omit<Table<T>, "put" | "delete"> {
  // The name of a table stands for the type of its records: whoever reads one uses the type it was written with.
  const typed = (kept: Kept) => kept.record as T
  return {
    get: (id) => {
      const kept = rows().get(id)
      return kept && typed(kept)
    },
    has: (id) => rows().has(id),
    all: () => [...rows().values()].map(typed),
    entries: () => [...rows()].map(([id, kept]) => [id, typed(kept)] as const),
  }
}

/** Frozen through and through, and nothing that a JSON file would bring back as something else. */
function frozen<T>(value: T, where: string): T {
  if (typeof value === "function" || typeof value === "bigint" || typeof value === "symbol")
    throw new Error(`the sandbox cannot keep a ${typeof value} in ${where}: records are plain JSON`)
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value
  const kind = Object.getPrototypeOf(value)
  if (kind !== Object.prototype && kind !== Array.prototype && kind !== null)
    throw new Error(`the sandbox cannot keep a ${kind.constructor.name} in ${where}: records are plain JSON`)
  for (const inner of Object.values(value)) frozen(inner, where)
  return Object.freeze(value)
}
