import { createServer } from "node:http"
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { startCounter } from "../../../src/aws/calls/count.ts"
import { callStack } from "../../../src/aws/calls/stack.ts"
import type { Session } from "../../../src/aws/clients.ts"
import { stateBucketName } from "../../../src/aws/names.ts"
import { isNoBucket, type Objects, stateObjects } from "../../../src/aws/state/objects.ts"
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

describe("objects", () => {
  beforeEach(() => makeBucket(session))

  it("are written only in the place of what was seen", async () => {
    const first = await objects.put("a", "1", undefined)
    expect(await objects.put("a", "2", undefined)).toBeUndefined()
    const second = await objects.put("a", "2", first?.etag)
    expect(await objects.put("a", "3", first?.etag)).toBeUndefined()
    expect(await objects.get("a")).toMatchObject({ text: "2", etag: second?.etag })
  })

  it("are removed only as they were seen", async () => {
    const first = await objects.put("a", "1", undefined)
    const second = await objects.put("a", "2", first?.etag)
    expect(await objects.remove("a", first?.etag ?? "")).toBe(false)
    expect(await objects.remove("a", second?.etag ?? "")).toBe(true)
    expect(await objects.get("a")).toEqual({ at: expect.any(Number) })
  })

  it("are read with the time that it is at AWS, also where there is none", async () => {
    await objects.put("a", "1", undefined)
    for (const key of ["a", "b"]) {
      const { at } = await objects.get(key)
      expect(at % 1000).toBe(0)
      expect(Math.abs(at - Date.now())).toBeLessThan(5_000)
    }
  })

  it("are listed by what their keys begin with", async () => {
    for (const key of ["records/poc.json", "records/dev.json", "locks/poc.json"])
      await objects.put(key, "{}", undefined)
    expect(await objects.list("records/")).toEqual(["records/dev.json", "records/poc.json"])
  })
})

describe("the bucket", () => {
  it("that is not there is told from an object that is not", async () => {
    const error = await objects.get("a").catch((thrown: unknown) => thrown)
    expect(isNoBucket(error)).toBe(true)
  })

  it("of another account is refused, and is not taken for a missing permission", async () => {
    const theirs = await foreign(false)
    await expect(theirs.objects.get("a")).rejects.toMatchObject({
      name: "Refused",
      message: "the bucket smart0dte-111122223333-us-east-1-state belongs to another account",
    })
    theirs.close()
  })

  it("is asked for with the account that must own it", async () => {
    await session.s3.send(new CreateBucketCommand({ Bucket: "smart0dte-999999999999-us-east-1-state" }))
    const wrong = stateObjects({ account: "999999999999", region: "us-east-1" }, session.s3)
    await expect(wrong.get("a")).rejects.toMatchObject({ name: "NoAccess" })
    await expect(wrong.put("a", "1", undefined)).rejects.toMatchObject({ name: "NoAccess" })
    await expect(wrong.list("a")).rejects.toMatchObject({ name: "NoAccess" })
  })

  it("of our own that we may not read is a missing permission", async () => {
    const ours = await foreign(true)
    await expect(ours.objects.get("a")).rejects.toMatchObject({ name: "NoAccess" })
    ours.close()
  })

  it("has the account and the region in its name", () => {
    expect(objects.bucket).toBe(stateBucketName(session))
  })
})

/** An S3 that forbids everything but to list our buckets, among which the state bucket is or is not. */
async function foreign(listed: boolean) {
  const bucket = stateBucketName(session)
  const buckets = listed ? `<Bucket><Name>${bucket}</Name></Bucket>` : ""
  const server = createServer((request, response) => {
    const asksList = request.url?.startsWith("/?")
    response.writeHead(asksList ? 200 : 403, { "content-type": "application/xml" })
    response.end(
      asksList
        ? `<ListAllMyBucketsResult><Buckets>${buckets}</Buckets></ListAllMyBucketsResult>`
        : "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
    )
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const endpoint = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`
  const s3 = new S3Client({
    endpoint,
    region: "us-east-1",
    forcePathStyle: true,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  })
  const asker = { region: "us-east-1" }
  s3.middlewareStack.use(callStack({ asker, counter: startCounter(), pace: async () => undefined }))
  return {
    objects: stateObjects(session, s3),
    close: () => {
      s3.destroy()
      server.close()
    },
  }
}
