import { afterEach, beforeEach, expect, it } from "vitest"
import type { Session } from "../../../src/aws/clients.ts"
import { acquireLocks } from "../../../src/aws/state/lock.ts"
import { inspectLock } from "../../../src/aws/state/unlock.ts"
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

const noted = async () => Object.keys((await inspectLock(lockSettings(session).objects, "poc")).intents)

it("an intent is written before open resolves, and is the same until it is closed", async () => {
  const { journal, release } = await acquireLocks(lockSettings(session), ["poc"])
  const first = await journal.open("poc", "vpc/main")
  expect(await noted()).toEqual(["vpc/main"])
  expect(await journal.open("poc", "vpc/main")).toEqual(first)
  journal.close("poc", "vpc/main")
  const second = await journal.open("poc", "vpc/main")
  expect(second.nonce).not.toBe(first.nonce)
  expect(second.earlier).toBe(false)
  await release()
})

it("a nonce fits in a token", async () => {
  const { journal, release } = await acquireLocks(lockSettings(session), ["poc"])
  expect((await journal.open("poc", "vpc/main")).nonce).toMatch(/^[0-9a-f]{20}$/)
  await release()
})

it("intents opened at once share their writes", async () => {
  const { journal, release } = await acquireLocks(lockSettings(session), ["poc"])
  const before = aws.asked("s3:PutObject")
  const keys = Array.from({ length: 12 }, (_, index) => `subnet/${index}`)
  await Promise.all(keys.map((key) => journal.open("poc", key)))
  expect(aws.asked("s3:PutObject") - before).toBeLessThanOrEqual(2)
  expect((await noted()).sort()).toEqual([...keys].sort())
  await release()
})

it("what was closed is gone with the release, and what was not stays for the next run", async () => {
  const run = await acquireLocks(lockSettings(session), ["poc"])
  const { nonce } = await run.journal.open("poc", "vpc/main")
  await run.journal.open("poc", "address/nat")
  run.journal.close("poc", "address/nat")
  await run.release()
  expect(await noted()).toEqual(["vpc/main"])
  const next = await acquireLocks(lockSettings(session), ["poc"])
  expect(await next.journal.open("poc", "vpc/main")).toEqual({ nonce, earlier: true })
  next.journal.close("poc", "vpc/main")
  await next.release()
  expect(await noted()).toEqual([])
})

it("an intent that could not be written is not believed to be", async () => {
  const { journal, release } = await acquireLocks(lockSettings(session), ["poc"])
  aws.fault({ name: "expired", operation: "s3:PutObject" })
  await expect(journal.open("poc", "vpc/main")).rejects.toThrow("session has expired")
  aws.fault()
  await journal.open("poc", "vpc/main")
  expect(await noted()).toEqual(["vpc/main"])
  await release()
})
