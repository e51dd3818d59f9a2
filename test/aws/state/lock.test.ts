import { PutObjectCommand } from "@aws-sdk/client-s3"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { Session } from "../../../src/aws/clients.ts"
import { stateBucketName } from "../../../src/aws/names.ts"
import { acquireLocks, inOrder } from "../../../src/aws/state/lock.ts"
import { inspectLock } from "../../../src/aws/state/unlock.ts"
import { Interrupted, Locked } from "../../../src/errors.ts"
import { type Sandboxed, sandboxed } from "../sandboxed.ts"
import { lockSettings, makeBucket } from "./bucket.ts"

let aws: Sandboxed
let session: Session
beforeEach(async () => {
  aws = await sandboxed()
  session = await aws.open()
  await makeBucket(session)
})
afterEach(() => aws.close())

const inspected = () => inspectLock(lockSettings(session).objects, "poc")
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe("a lock", () => {
  it("has one holder, who is named to everybody else", async () => {
    const locks = await acquireLocks(lockSettings(session), ["poc"])
    const other = acquireLocks(lockSettings(session, { owner: "bob@ci" }), ["poc"])
    await expect(other).rejects.toBeInstanceOf(Locked)
    await expect(other).rejects.toThrow(/^poc is locked by alice@laptop \(deploy single\) since 2\d{3}-/)
    await locks.release()
    expect(await inspected()).toMatchObject({ state: "free", epoch: 1 })
  })

  it("gives each holder a higher number", async () => {
    for (const epoch of [1, 2, 3]) {
      const locks = await acquireLocks(lockSettings(session), ["poc"])
      expect(locks.epochOf("poc")).toBe(epoch)
      await locks.release()
    }
  })

  it("goes to exactly one of twenty who want it, again and again", async () => {
    let holders = 0
    let most = 0
    const epochs: number[] = []
    const racers = Array.from({ length: 20 }, async () => {
      const locks = await acquireLocks(lockSettings(session, { timeout: 60_000 }), ["poc"])
      most = Math.max(most, ++holders)
      epochs.push(locks.epochOf("poc"))
      await sleep(5)
      locks.mayChange()
      holders--
      await locks.release()
    })
    await Promise.all(racers)
    expect(most).toBe(1)
    expect(epochs).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  }, 30_000)

  it("is ours although the answer was lost and the next attempt was refused", async () => {
    aws.fault({ name: "lost", operation: "s3:PutObject", times: 1 })
    const locks = await acquireLocks(lockSettings(session), ["poc"])
    expect(aws.asked("s3:PutObject")).toBe(2)
    expect(locks.epochOf("poc")).toBe(1)
    locks.mayChange()
    aws.fault({ name: "lost", operation: "s3:PutObject", times: 1 })
    await locks.journal.open("poc", "vpc/main")
    aws.fault({ name: "lost", operation: "s3:PutObject", times: 1 })
    await locks.release()
    expect(await inspected()).toMatchObject({ state: "free", epoch: 1 })
  })

  it("is ours although no attempt was answered", async () => {
    aws.fault({ name: "lost", operation: "s3:PutObject", times: 10 })
    const locks = await acquireLocks(lockSettings(session), ["poc"])
    expect(locks.epochOf("poc")).toBe(1)
    await locks.release()
  })

  it("is waited for, and the holder is told each time", async () => {
    const first = await acquireLocks(lockSettings(session), ["poc"])
    const seen: string[] = []
    const settings = lockSettings(session, {
      timeout: 20_000,
      waiting: (scope, { owner }) => {
        seen.push(`${scope}: ${owner}`)
        if (seen.length === 3) void first.release()
      },
    })
    const second = await acquireLocks(settings, ["poc"])
    expect(seen.slice(0, 3)).toEqual(Array(3).fill("poc: alice@laptop"))
    expect(second.epochOf("poc")).toBe(2)
    await second.release()
  })

  it("is waited for no longer than was asked", async () => {
    const first = await acquireLocks(lockSettings(session), ["poc"])
    const begun = performance.now()
    await expect(acquireLocks(lockSettings(session, { timeout: 400 }), ["poc"])).rejects.toBeInstanceOf(Locked)
    expect(performance.now() - begun).toBeGreaterThan(390)
    expect(performance.now() - begun).toBeLessThan(3_000)
    await first.release()
  })

  it("is not waited for any longer once the run is stopped", async () => {
    const first = await acquireLocks(lockSettings(session), ["poc"])
    const stop = new AbortController()
    const waiting = () => setTimeout(() => stop.abort(), 20)
    const second = acquireLocks(lockSettings(session, { timeout: 60_000, stop: stop.signal, waiting }), ["poc"])
    await expect(second).rejects.toBeInstanceOf(Interrupted)
    await first.release()
  })

  it("that is not one of ours is left alone", async () => {
    const Bucket = stateBucketName(session)
    await session.s3.send(new PutObjectCommand({ Bucket, Key: "locks/poc.json", Body: "hello" }))
    await expect(acquireLocks(lockSettings(session), ["poc"])).rejects.toThrow('is not a lock: "hello"')
  })
})

describe("several locks", () => {
  it("are taken in the same order by everyone", () => {
    expect(inOrder(["poc", "dev", "account", "prod", "dev+stage", "stage", "dev"])).toEqual([
      "account",
      "dev+stage",
      "dev",
      "stage",
      "prod",
      "poc",
    ])
  })

  it("are all given back when one cannot be had", async () => {
    const holder = await acquireLocks(lockSettings(session), ["poc"])
    await expect(acquireLocks(lockSettings(session), ["poc", "account"])).rejects.toThrow("poc is locked")
    const free = await inspectLock(lockSettings(session).objects, "account")
    expect(free).toMatchObject({ state: "free", epoch: 1 })
    await holder.release()
  })

  it("know only the scopes that were asked for", async () => {
    const locks = await acquireLocks(lockSettings(session), ["poc"])
    expect(() => locks.journal.open("dev", "vpc/main")).toThrow("the scope dev is not locked by this run, only poc")
    await locks.release()
  })
})
