import { randomBytes } from "node:crypto"
import type { Intent } from "../../engine/run.ts"
import type { Scope } from "../../engine/types.ts"
import { Locked } from "../../errors.ts"
import { type Stopwatch, stopwatch } from "../stopwatch.ts"
import type { Holder, LockFile, NotedIntent } from "./lock-file.ts"
import { type LockSettings, usualTerms } from "./lock-settings.ts"
import { type Swapped, swap } from "./swap.ts"

export interface HeldLock {
  readonly epoch: number
  readonly lost: AbortSignal
  mayChange(): void
  open(key: string): Promise<Intent>
  close(key: string): void
  release(): Promise<void>
}

export interface Holding {
  readonly settings: LockSettings
  readonly scope: Scope
  /** As it was written when the lock was taken. */
  readonly file: LockFile & { readonly holder: Holder }
  readonly swapped: Swapped
  /** Has run since before that was sent. */
  readonly renewed: Stopwatch
}

/** Keeps a lock alive until it is released, and knows without asking anyone when it no longer can be. */
export function hold(holding: Holding): HeldLock {
  const { settings, scope, file } = holding
  const { objects, terms = usualTerms, newStopwatch = stopwatch } = settings
  const { runId } = file.holder
  const intents = new Map<string, NotedIntent>(Object.entries(file.intents))
  const lost = new AbortController()
  let { swapped, renewed } = holding
  let released = false

  const lose = (why: string): Locked => {
    if (!lost.signal.aborted) {
      clearInterval(heart)
      lost.abort(
        new Locked(`this run has lost the lock of ${scope}: ${why}`, {
          hint: "nothing more was changed; run the same command again, and it continues",
        }),
      )
    }
    return lost.signal.reason
  }

  const write = async (): Promise<void> => {
    if (lost.signal.aborted) throw lost.signal.reason
    // Nobody else may have it yet, but a run that has been still for so long must not go on as if nothing had been.
    if (renewed() > terms.lease && !released) throw lose("it was not heard of for longer than its lease")
    const began = newStopwatch()
    const expiresAt = new Date(swapped.at + renewed() + terms.lease).toISOString()
    const holder = released ? null : { ...file.holder, expiresAt }
    const next = { ...file, holder, intents: Object.fromEntries(intents) }
    const done = await swap(objects, scope, next, swapped.etag, runId)
    if (!done) throw lose("another run has taken it, or it was broken with `smart0dte unlock`")
    swapped = done
    renewed = began
  }
  const save = oneAtATime(write)
  // A heartbeat that fails is followed by another; when none gets through, the lease is over, and mayChange says so.
  const heart = setInterval(() => void save().catch(() => {}), terms.heartbeat).unref()

  return {
    epoch: file.epoch,
    lost: lost.signal,
    mayChange() {
      if (lost.signal.aborted) throw lost.signal.reason
      if (released) throw lose("it was released")
      const left = terms.lease - renewed()
      if (left <= 0) throw lose("it was not heard of for longer than its lease")
      if (left > terms.margin) return
      throw new Locked(`the lock of ${scope} could not be renewed and ends in ${Math.round(left / 1000)} s`, {
        hint: "nothing is changed on so short a lease; check the network, then run the same command again",
      })
    },
    async open(key) {
      const noted = intents.get(key)
      if (noted) return { nonce: noted.nonce, earlier: noted.runId !== runId }
      const nonce = randomBytes(10).toString("hex")
      intents.set(key, { nonce, runId, since: new Date(swapped.at + renewed()).toISOString() })
      try {
        await save()
      } catch (error) {
        intents.delete(key)
        throw error
      }
      return { nonce, earlier: false }
    },
    close(key) {
      intents.delete(key)
    },
    async release() {
      clearInterval(heart)
      if (released || lost.signal.aborted) return
      released = true
      await save().catch(() => {})
    },
  }
}

/** Runs never overlap, and whoever asks while one is going on shares the next, which sees what he has noted. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  return () => {
    next ??= running
      .catch(() => {})
      .then(() => {
        running = next ?? Promise.resolve()
        next = undefined
        return work()
      })
    return next
  }
}
