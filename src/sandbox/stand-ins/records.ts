import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"

/** What a file of records holds; `empty` where there is none yet. */
export function readRecords<T>(file: string, empty: T): T {
  const text = textOf(file)
  // Written by `changeRecords` alone, for the same type.
  return text === undefined ? empty : (JSON.parse(text) as T)
}

/** Changes the records of a file, and answers with what they are now. All of them belong to one process, which does one at a time. */
export function changeRecords<T>(file: string, empty: T, change: (present: T) => T): T {
  const next = change(readRecords(file, empty))
  const text = JSON.stringify(next)
  // Whoever looks at the file's time would take it for changed.
  if (text === textOf(file)) return next
  mkdirSync(dirname(file), { recursive: true })
  // Beside it first: whoever reads finds all of it.
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return next
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw error
  }
}
