import type { Scope } from "../../engine/types.ts"
import { type LockFile, lockKey, lockText, parsed } from "./lock-file.ts"
import type { Objects } from "./objects.ts"

export interface Swapped {
  readonly etag: string
  readonly at: number
}

/**
 * Writes the lock in the place of the version seen; resolves to nothing when it is another run's now. A refusal may be
 * our own doing: the first attempt was written, its answer was lost, and the second finds the first in its place.
 */
export async function swap(
  objects: Objects,
  scope: Scope,
  next: LockFile,
  seen: string | undefined,
  runId: string,
): Promise<Swapped | undefined> {
  const text = lockText(next)
  let last = seen
  for (let attempt = 0; attempt < 4; attempt++) {
    const written = await objects.put(lockKey(scope), text, last)
    if (written) return written
    const reading = await objects.get(lockKey(scope))
    if (reading.text === text && reading.etag) return { etag: reading.etag, at: reading.at }
    const unwritten = reading.etag === last
    if (!unwritten && !isOurs(reading.text, next, runId)) return undefined
    last = reading.etag
  }
  return undefined
}

/** An earlier write of the same run under the same number, whose answer was lost. */
function isOurs(text: string | undefined, next: LockFile, runId: string): boolean {
  const file = text === undefined ? undefined : parsed(text)
  if (file?.epoch !== next.epoch) return false
  return file.holder === null ? next.holder === null : file.holder.runId === runId
}
