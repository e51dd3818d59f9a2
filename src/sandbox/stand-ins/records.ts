import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"

/** What a file of records holds; `empty` where there is none yet. */
export function readRecords<T>(file: string, empty: T): T {
  try {
    // Written by `changeRecords` alone, for the same type.
    return JSON.parse(readFileSync(file, "utf8")) as T
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return empty
    throw error
  }
}

/** Changes the records of a file, and answers with what they are now. All of them belong to one process, which does one at a time. */
export function changeRecords<T>(file: string, empty: T, change: (present: T) => T): T {
  const next = change(readRecords(file, empty))
  mkdirSync(dirname(file), { recursive: true })
  // Beside it first: whoever reads finds all of it.
  writeFileSync(`${file}.new`, JSON.stringify(next), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return next
}
