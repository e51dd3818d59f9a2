import { PutObjectCommand } from "@aws-sdk/client-s3"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { Session } from "../../../src/aws/clients.ts"
import { formerValues } from "../../../src/aws/state/former.ts"
import { type Objects, stateObjects } from "../../../src/aws/state/objects.ts"
import {
  createRecord,
  type EnvironmentRecord,
  environments,
  readRecord,
  removeRecord,
  updateRecord,
} from "../../../src/aws/state/record.ts"
import { inspectLock } from "../../../src/aws/state/unlock.ts"
import { type Sandboxed, sandboxed } from "../sandboxed.ts"
import { makeBucket } from "./bucket.ts"

let aws: Sandboxed
let session: Session
let objects: Objects
beforeEach(async () => {
  aws = await sandboxed()
  session = await aws.open()
  objects = stateObjects(session, session.s3)
})
afterEach(() => aws.close())

const record: EnvironmentRecord = {
  schema: 1,
  scope: "poc",
  generation: "g1",
  created: "2026-01-01T00:00:00Z",
  wishes: { "vpc/main": { cidr: "abc" } },
}

describe("without a state bucket", () => {
  it("there are no environments, and nothing to read or remove", async () => {
    expect(await environments(objects)).toEqual([])
    expect(await readRecord(objects, "poc")).toBeUndefined()
    await removeRecord(objects, "poc")
    expect(await formerValues(objects).load("account", "a/b")).toBeUndefined()
    expect(await inspectLock(objects, "poc")).toMatchObject({ state: "free", epoch: 0 })
  })
})

describe("a record", () => {
  beforeEach(() => makeBucket(session))

  it("is made once, read, found and removed", async () => {
    expect(await createRecord(objects, record)).toBe(true)
    expect(await createRecord(objects, { ...record, generation: "g2" })).toBe(false)
    expect(await createRecord(objects, { ...record, scope: "dev+stage" })).toBe(true)
    expect(await readRecord(objects, "poc")).toEqual(record)
    expect(await environments(objects)).toEqual(["dev+stage", "poc"])
    await removeRecord(objects, "poc")
    await removeRecord(objects, "poc")
    expect(await environments(objects)).toEqual(["dev+stage"])
  })

  it("is known to be ours when the answer to making it was lost", async () => {
    aws.fault({ name: "lost", operation: "s3:PutObject", times: 1 })
    expect(await createRecord(objects, record)).toBe(true)
  })

  it("keeps the changes of all who change it at once", async () => {
    await createRecord(objects, record)
    const wish = (name: string) =>
      updateRecord(objects, "poc", (now) => ({ ...now, wishes: { ...now.wishes, [name]: { a: "b" } } }))
    await Promise.all([wish("one"), wish("two"), wish("three")])
    expect(Object.keys((await readRecord(objects, "poc"))?.wishes ?? {}).sort()).toEqual([
      "one",
      "three",
      "two",
      "vpc/main",
    ])
  })

  it("that is not there cannot be changed", async () => {
    await expect(updateRecord(objects, "poc", (now) => now)).rejects.toThrow("there is no record of poc")
  })

  it.each(["hello", "null", '{"schema":2}'])("that cannot be read (%s) is said, not guessed", async (Body) => {
    await session.s3.send(new PutObjectCommand({ Bucket: objects.bucket, Key: "records/poc.json", Body }))
    await expect(readRecord(objects, "poc")).rejects.toThrow("records/poc.json is not a record")
  })
})

describe("a former value", () => {
  beforeEach(() => makeBucket(session))

  it("is the first that was kept, until it is forgotten", async () => {
    const former = formerValues(objects)
    expect(await former.load("account", "password-policy/main")).toBeUndefined()
    await former.save("account", "password-policy/main", { length: 8 })
    await former.save("account", "password-policy/main", { length: 14 })
    expect(await former.load("account", "password-policy/main")).toEqual({ length: 8 })
    await former.forget("account", "password-policy/main")
    await former.forget("account", "password-policy/main")
    expect(await former.load("account", "password-policy/main")).toBeUndefined()
  })

  it("that cannot be read is said with what to do", async () => {
    const Key = "former/account/a/b.json"
    await session.s3.send(new PutObjectCommand({ Bucket: objects.bucket, Key, Body: "5" }))
    await expect(formerValues(objects).load("account", "a/b")).rejects.toMatchObject({
      message: expect.stringContaining('holds no former value: "5"'),
      hint: expect.stringContaining("by hand"),
    })
  })
})
