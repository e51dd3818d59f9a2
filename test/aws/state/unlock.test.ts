import { PutObjectCommand } from "@aws-sdk/client-s3"
import { afterEach, beforeEach, expect, it } from "vitest"
import type { Session } from "../../../src/aws/clients.ts"
import { stateBucketName } from "../../../src/aws/names.ts"
import { acquireLocks } from "../../../src/aws/state/lock.ts"
import { breakLock, inspectLock } from "../../../src/aws/state/unlock.ts"
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

const objects = () => lockSettings(session).objects
const write = (Body: string) =>
  session.s3.send(new PutObjectCommand({ Bucket: stateBucketName(session), Key: "locks/poc.json", Body }))
const dead = (expiresAt: string) => ({
  schema: 1,
  epoch: 7,
  holder: { owner: "bob@ci", runId: "r", what: "destroy single", since: "2026-01-01T00:00:00Z", expiresAt },
  intents: { "vpc/main": { nonce: "n", runId: "r", since: "2026-01-01T00:00:00Z" } },
})

it("a lock that was never taken is free, and breaking it changes nothing", async () => {
  expect(await inspectLock(objects(), "poc")).toMatchObject({ state: "free", epoch: 0, holder: undefined })
  await breakLock(objects(), "poc", { force: false })
  expect(aws.asked("s3:PutObject")).toBe(0)
})

it("a living lock is broken only with force", async () => {
  const locks = await acquireLocks(lockSettings(session), ["poc"])
  await expect(breakLock(objects(), "poc", { force: false })).rejects.toThrow("poc is held by alice@laptop")
  expect(await breakLock(objects(), "poc", { force: true })).toMatchObject({ state: "held", epoch: 1 })
  expect(await inspectLock(objects(), "poc")).toMatchObject({ state: "free", epoch: 2 })
  await locks.release()
})

it("a lock that another run has taken since is not broken in the place of the one that was meant", async () => {
  const { epoch } = await inspectLock(objects(), "poc")
  const locks = await acquireLocks(lockSettings(session), ["poc"])
  await expect(breakLock(objects(), "poc", { force: true, epoch })).rejects.toThrow("has the epoch 1 now, not 0")
  expect(await inspectLock(objects(), "poc")).toMatchObject({ state: "held", epoch: 1 })
  await breakLock(objects(), "poc", { force: true, epoch: 1 })
  expect(await inspectLock(objects(), "poc")).toMatchObject({ state: "free", epoch: 2 })
  await locks.release()
})

it.each(["2026-01-01T00:01:30Z", "never"])("a lease until %s is over: broken, its intents kept", async (expiresAt) => {
  await write(JSON.stringify(dead(expiresAt)))
  expect(await breakLock(objects(), "poc", { force: false })).toMatchObject({
    state: "expired",
    holder: { owner: "bob@ci", what: "destroy single" },
  })
  const after = await inspectLock(objects(), "poc")
  expect(after).toMatchObject({ state: "free", epoch: 8, intents: { "vpc/main": { nonce: "n" } } })
})

it.each(["hello", "[]", '{"schema":2}', '{"schema":1,"epoch":1,"holder":{},"intents":{}}', '{"schema":1,"epoch":"1"}'])(
  "what cannot be read as a lock (%s) is written over only with force, under a number higher than any before",
  async (text) => {
    await write(text)
    await expect(inspectLock(objects(), "poc")).rejects.toThrow("is not a lock")
    await expect(breakLock(objects(), "poc", { force: false })).rejects.toThrow("is not a lock")
    await breakLock(objects(), "poc", { force: true })
    const { epoch, state } = await inspectLock(objects(), "poc")
    expect({ state, grown: epoch > 1_000_000_000 }).toEqual({ state: "free", grown: true })
  },
)
