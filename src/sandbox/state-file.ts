import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs"
import type { SavedTime } from "./clock.ts"
import type { Contents, Kept } from "./store.ts"

export interface Saved {
  readonly contents: Contents
  readonly time: SavedTime
  /** Whether policies are enforced: a sandbox that ended by itself is as strict when it is started again. */
  readonly enforced?: boolean
}

/** What the file holds, or nothing where there is no file yet. */
export function loadState(file: string): Saved | undefined {
  const text = readIfThere(file)
  if (text === undefined) return undefined
  // Written by `saveState` of the same version alone: the version is what is checked.
  const found = JSON.parse(text) as FileState
  if (found.version !== VERSION)
    throw new Error(
      `the sandbox's state ${file} has version ${found.version}, not ${VERSION}: remove it, or run the version that wrote it`,
    )
  const tables = Object.entries(found.tables).map(([name, rows]) => [name, new Map(rows.map(toKept))] as const)
  const contents = { account: found.account, sequence: found.sequence, tables: new Map(tables) }
  return { contents, time: found.time, enforced: found.enforced ?? false }
}

/** Writes beside the file, then renames over it: whoever reads finds the old state or the new one, never half of one. */
export function saveState(file: string, saved: Saved): void {
  const { account, sequence, tables } = saved.contents
  const rows = [...tables].map(([name, kept]) => [name, [...kept].map(([id, { born, record }]) => [id, born, record])])
  const { enforced = false, time } = saved
  const state = { version: VERSION, account, sequence, time, enforced, tables: Object.fromEntries(rows) }
  const beside = `${file}.tmp`
  const descriptor = openSync(beside, "w", 0o600)
  try {
    writeSync(descriptor, JSON.stringify(state))
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(beside, file)
}

const VERSION = 1

type Row = readonly [id: string, born: number, record: object]

interface FileState {
  readonly version: number
  readonly account: string
  readonly sequence: number
  readonly time: SavedTime
  readonly enforced?: boolean
  readonly tables: Readonly<Record<string, readonly Row[]>>
}

const toKept = ([id, born, record]: Row): readonly [string, Kept] => [id, { born, record }]

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw error
  }
}
