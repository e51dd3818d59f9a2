import type { Scope } from "../../engine/types.ts"
import { Locked, Refused } from "../../errors.ts"
import { type Holder, isAlive, type LockFile, lockFileOf, lockKey, type NotedIntent, parsed } from "./lock-file.ts"
import { getIfAny, type Objects, type Reading } from "./objects.ts"
import { swap } from "./swap.ts"

export interface LockReport {
  readonly scope: Scope
  readonly state: "free" | "held" | "expired"
  readonly epoch: number
  readonly holder: Holder | undefined
  /** What was begun and never seen to be done, by step. */
  readonly intents: Readonly<Record<string, NotedIntent>>
  /** AWS's time when this was so. */
  readonly at: number
}

export async function inspectLock(objects: Objects, scope: Scope): Promise<LockReport> {
  const reading = await getIfAny(objects, lockKey(scope))
  return report(scope, lockFileOf(objects, scope, reading), reading)
}

export interface Breaking {
  readonly force: boolean
  /** The one that is meant; left out, whichever it is. */
  readonly epoch?: number
}

/**
 * Frees a lock whose lease is over; with `force` also one that is alive, or that cannot be read. The epoch grows, so
 * that the former holder, should it live, finds itself overtaken. Its intents stay for the next run to settle.
 */
export async function breakLock(objects: Objects, scope: Scope, { force, epoch }: Breaking): Promise<LockReport> {
  for (;;) {
    const reading = await getIfAny(objects, lockKey(scope))
    const unreadable = reading.text !== undefined && !parsed(reading.text)
    const file = unreadable && force ? afresh(reading) : lockFileOf(objects, scope, reading)
    const found = report(scope, file, reading)
    if (found.state === "free" && !unreadable) return found
    // Since somebody looked, another run may have taken it: that one is not meant.
    if (epoch !== undefined && !unreadable && epoch !== found.epoch)
      throw new Refused(`the lock of ${scope} has the epoch ${found.epoch} now, not ${epoch}: nothing was changed`, {
        hint: "another run has it: look again with smart0dte unlock",
      })
    if (found.state === "held" && !force)
      throw new Locked(`${scope} is held by ${found.holder?.owner} (${found.holder?.what}), whose lease is not over`, {
        hint: "if that run is surely dead, add --force; otherwise stop it there",
      })
    const next = { ...file, epoch: file.epoch + 1, holder: null }
    if (await swap(objects, scope, next, reading.etag, "")) return found
  }
}

/** Seconds since 1970 are more than any epoch that was ever counted. */
const afresh = ({ at }: Reading): LockFile => ({ schema: 1, epoch: Math.floor(at / 1000), holder: null, intents: {} })

function report(scope: Scope, file: LockFile, { at }: Reading): LockReport {
  const state = !file.holder ? "free" : isAlive(file.holder, at) ? "held" : "expired"
  return { scope, state, epoch: file.epoch, holder: file.holder ?? undefined, intents: file.intents, at }
}
