import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { Session } from "../../../src/aws/clients.ts"
import { acquireLocks } from "../../../src/aws/state/lock.ts"
import { usualTerms } from "../../../src/aws/state/lock-settings.ts"
import { breakLock, inspectLock } from "../../../src/aws/state/unlock.ts"
import { Locked } from "../../../src/errors.ts"
import { type Sandboxed, sandboxed } from "../sandboxed.ts"
import { brief, lockSettings, makeBucket } from "./bucket.ts"

let aws: Sandboxed
let session: Session
beforeEach(async () => {
  aws = await sandboxed()
  session = await aws.open()
  await makeBucket(session)
})
afterEach(() => aws.close())

const objects = () => lockSettings(session).objects
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
/** Nothing keeps such a lease alive: its holder is as good as dead. */
const heartless = { ...brief, heartbeat: 1_000_000 }

/** A run that can be made to have been still for a while. */
function still() {
  let skipped = 0
  const newStopwatch = () => {
    const from = performance.now()
    const before = skipped
    return () => performance.now() - from + skipped - before
  }
  const skip = (milliseconds: number) => {
    skipped += milliseconds
  }
  return { newStopwatch, skip }
}

describe("a lease", () => {
  it("lasts ninety seconds, with a sign of life every twenty", () => {
    expect(usualTerms).toMatchObject({ lease: 90_000, heartbeat: 20_000, margin: 30_000 })
  })

  it("is kept alive for as long as the run lives", async () => {
    const locks = await acquireLocks(lockSettings(session), ["poc"])
    await sleep(brief.lease + 1_500)
    locks.mayChange()
    expect(await inspectLock(objects(), "poc")).toMatchObject({ state: "held", epoch: 1 })
    await locks.release()
  }, 20_000)

  it("that nobody keeps alive is taken over, with a higher number and the intents", async () => {
    const dead = await acquireLocks(lockSettings(session, { terms: heartless }), ["poc"])
    const { nonce } = await dead.journal.open("poc", "vpc/main")
    const begun = performance.now()
    const next = await acquireLocks(lockSettings(session, { timeout: 20_000 }), ["poc"])
    expect(performance.now() - begun).toBeGreaterThan(brief.lease - 1_500)
    expect(next.epochOf("poc")).toBe(2)
    expect(await next.journal.open("poc", "vpc/main")).toEqual({ nonce, earlier: true })
    expect(() => dead.mayChange()).toThrow(Locked)
    await dead.release()
    expect(await inspectLock(objects(), "poc")).toMatchObject({ state: "held", epoch: 2 })
    await next.release()
  }, 20_000)

  it("that is lost stays lost: a run that was still for too long changes nothing when it wakes", async () => {
    const { newStopwatch, skip } = still()
    const locks = await acquireLocks(lockSettings(session, { newStopwatch }), ["poc"])
    locks.mayChange()
    skip(brief.lease + 1)
    expect(() => locks.mayChange()).toThrow("this run has lost the lock of poc")
    expect(locks.lost.aborted).toBe(true)
    await sleep(2 * brief.heartbeat)
    expect(() => locks.mayChange()).toThrow("this run has lost the lock of poc")
    await expect(locks.journal.open("poc", "vpc/main")).rejects.toBeInstanceOf(Locked)
  })

  it("is noticed to be lost by the heartbeat too, which does not revive it", async () => {
    const { newStopwatch, skip } = still()
    const locks = await acquireLocks(lockSettings(session, { newStopwatch }), ["poc"])
    skip(brief.lease + 1)
    const before = aws.asked("s3:PutObject")
    await sleep(2 * brief.heartbeat)
    expect(locks.lost.aborted).toBe(true)
    expect(aws.asked("s3:PutObject")).toBe(before)
  })

  it("too short for a change lets none begin, and recovers with the next sign of life", async () => {
    const { newStopwatch, skip } = still()
    const terms = { ...brief, margin: 1_500 }
    const locks = await acquireLocks(lockSettings(session, { newStopwatch, terms }), ["poc"])
    skip(terms.lease - terms.margin + 10)
    expect(() => locks.mayChange()).toThrow(/could not be renewed and ends in/)
    expect(locks.lost.aborted).toBe(false)
    await sleep(2 * brief.heartbeat)
    locks.mayChange()
    await locks.release()
  })

  it("that was broken by somebody is noticed at the next sign of life", async () => {
    const locks = await acquireLocks(lockSettings(session), ["poc"])
    await breakLock(objects(), "poc", { force: true })
    await sleep(2 * brief.heartbeat)
    expect(() => locks.mayChange()).toThrow(/another run has taken it, or it was broken/)
  })

  it("does not allow a change after it was given back", async () => {
    const locks = await acquireLocks(lockSettings(session), ["poc"])
    await locks.release()
    expect(() => locks.mayChange()).toThrow("it was released")
  })
})
