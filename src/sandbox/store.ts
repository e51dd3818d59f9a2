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
