import type { Scope } from "../../engine/types.ts"
import { Interrupted, Locked } from "../../errors.ts"
import { realClock } from "../clock.ts"
import { type Stopwatch, stopwatch } from "../stopwatch.ts"
import { type HeldLock, hold } from "./held.ts"
import { type Holder, isAlive, type LockFile, lockFileOf, lockKey } from "./lock-file.ts"
import { type LockSettings, usualTerms, usualTimeout } from "./lock-settings.ts"
import { swap } from "./swap.ts"

/** `waited` has run since the first of this run's locks was asked for: the time-out is for all of them. */
export async function acquire(
  settings: LockSettings,
  scope: Scope,
  runId: string,
  waited: Stopwatch,
): Promise<HeldLock> {
  const { objects, stop, terms = usualTerms, timeout = usualTimeout } = settings
  for (;;) {
    if (stop?.aborted) throw new Interrupted(`stopped while waiting for the lock of ${scope}`)
    const reading = await objects.get(lockKey(scope))
    const found = lockFileOf(objects, scope, reading)
    if (!found.holder || !isAlive(found.holder, reading.at)) {
      const renewed = (settings.newStopwatch ?? stopwatch)()
      const file = taken(settings, found, runId, reading.at, terms.lease)
      const swapped = await swap(objects, scope, file, reading.etag, runId)
      if (swapped) return hold({ settings, scope, file, swapped, renewed })
      continue
    }
    const left = timeout - waited()
    if (left <= 0) throw heldBy(scope, found.holder, timeout)
    settings.waiting?.(scope, found.holder)
    await realClock().sleep(Math.min(left, untilNextLook(found.holder, reading.at, terms.poll)), stop)
  }
}

function taken(settings: LockSettings, found: LockFile, runId: string, at: number, lease: number) {
  const since = new Date(at).toISOString()
  const expiresAt = new Date(at + lease).toISOString()
  const holder = { owner: settings.owner, runId, what: settings.what, since, expiresAt }
  return { ...found, epoch: found.epoch + 1, holder }
}

/** Not all waiting runs at the same moment; and when a dead run's lease ends, soon after that. */
function untilNextLook(holder: Holder, at: number, poll: number): number {
  const expires = Date.parse(holder.expiresAt) - at
  return Math.max(50, Math.min(expires, poll * (0.75 + Math.random() / 2)))
}

function heldBy(scope: Scope, { owner, what, since, expiresAt }: Holder, timeout: number): Locked {
  const waited = timeout > 0 ? `, also after ${Math.round(timeout / 1000)} s` : ""
  return new Locked(`${scope} is locked by ${owner} (${what}) since ${since}${waited}`, {
    hint: `wait for that run, or raise --lock-timeout; if it is dead, its lock ends at ${expiresAt} (\`smart0dte unlock\`)`,
  })
}
