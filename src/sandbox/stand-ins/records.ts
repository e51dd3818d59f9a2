import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
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

/** Changes the records of a file, one process after another, and answers with what they are now. */
export function changeRecords<T>(file: string, empty: T, change: (present: T) => T): T {
  mkdirSync(dirname(file), { recursive: true })
  const lock = `${file}.lock`
  take(lock)
  try {
    const next = change(readRecords(file, empty))
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, JSON.stringify(next), { mode: 0o600 })
    renameSync(draft, file)
    return next
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

/** A folder can be made by one only. One that is old was left by a process that was killed. */
function take(lock: string): void {
  for (;;) {
    try {
      mkdirSync(lock)
      return
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
      if (ageOf(lock) > 5000) rmSync(lock, { recursive: true, force: true })
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 15)
    }
  }
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return 0
  }
}
