import * as S3 from "@aws-sdk/client-s3"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type InProcess, inProcess } from "../../../../src/sandbox/in-process.ts"
import { s3 } from "../../../../src/sandbox/services/s3/index.ts"
import { clientsOf } from "../../tiny.ts"

let sandbox: InProcess
let client: S3.S3Client

const Bucket = "wire"

beforeAll(async () => {
  sandbox = await inProcess({ services: [s3], speed: 1000 })
  client = clientsOf(sandbox.connection).s3
  const Tags = [{ Key: "smart0dte:scope", Value: "account" }]
  await client.send(new S3.CreateBucketCommand({ Bucket, CreateBucketConfiguration: { Tags } }))
})

afterAll(async () => {
  client.destroy()
  await sandbox.close()
})

const statusOf = async (sent: Promise<unknown>): Promise<string> => {
  try {
    await sent
    return "done"
  } catch (error) {
    if (error instanceof S3.S3ServiceException) return `${error.name} ${error.$metadata.httpStatusCode}`
    throw error
  }
}

const put = (Key: string, more: object) => client.send(new S3.PutObjectCommand({ Bucket, Key, Body: "x", ...more }))

test("of twenty that race for one lock, one gets it", async () => {
  const race = (round: string, conditions: object) =>
    Promise.all(Array.from({ length: 20 }, (_, i) => statusOf(put("lock", { Body: `${round} ${i}`, ...conditions }))))
  const won = (outcomes: readonly string[]) => outcomes.filter((outcome) => outcome === "done")
  const first = await race("first", { IfNoneMatch: "*" })
  expect(won(first)).toHaveLength(1)
  expect(new Set(first)).toEqual(new Set(["done", "PreconditionFailed 412"]))
  const { ETag } = await client.send(new S3.HeadObjectCommand({ Bucket, Key: "lock" }))
  const second = await race("second", { IfMatch: ETag })
  expect(won(second)).toHaveLength(1)
  const { Body } = await client.send(new S3.GetObjectCommand({ Bucket, Key: "lock" }))
  expect(await Body?.transformToString()).toBe(`second ${second.indexOf("done")}`)
})

test("conditions that fail arrive with their status", async () => {
  const { ETag } = await put("conditional", {})
  const at = { Bucket, Key: "conditional" }
  expect(await statusOf(put("never", { IfMatch: ETag }))).toBe("NoSuchKey 404")
  expect(await statusOf(client.send(new S3.DeleteObjectCommand({ ...at, IfMatch: '"other"' })))).toBe(
    "PreconditionFailed 412",
  )
  expect(await statusOf(client.send(new S3.GetObjectCommand({ ...at, IfNoneMatch: ETag })))).toMatch(/ 304$/)
  expect(await statusOf(client.send(new S3.HeadObjectCommand({ ...at, IfMatch: '"other"' })))).toMatch(/ 412$/)
  expect(await statusOf(client.send(new S3.DeleteObjectCommand({ ...at, IfMatch: ETag })))).toBe("done")
})

test("what HEAD refuses has no body, so that the client knows the status alone", async () => {
  const head = (more: object) => statusOf(client.send(new S3.HeadBucketCommand({ Bucket, ...more })))
  expect(await head({})).toBe("done")
  expect(await head({ Bucket: "gone" })).toBe("NotFound 404")
  expect(await head({ Bucket: "taken-by-others" })).toBe("Unknown 403")
  expect(await head({ ExpectedBucketOwner: "999999999999" })).toBe("Unknown 403")
  const object = statusOf(client.send(new S3.HeadObjectCommand({ Bucket, Key: "gone" })))
  expect(await object).toBe("NotFound 404")
  await expect(client.send(new S3.HeadBucketCommand({ Bucket: "gone" }))).rejects.toBeInstanceOf(S3.NotFound)
})

test("names that are taken, here and in a later region", async () => {
  const create = (wish: S3.CreateBucketCommandInput, via = client) =>
    statusOf(via.send(new S3.CreateBucketCommand(wish)))
  expect(await create({ Bucket })).toBe("done")
  expect(await create({ Bucket: "taken-by-others" })).toBe("BucketAlreadyExists 409")
  const european = clientsOf({ ...sandbox.connection, region: "eu-west-1" }).s3
  const wish = { Bucket: "european", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } } as const
  expect(await create(wish, european)).toBe("done")
  expect(await create(wish, european)).toBe("BucketAlreadyOwnedByYou 409")
  expect(await statusOf(client.send(new S3.GetBucketTaggingCommand({ Bucket: "european" })))).toBe(
    "PermanentRedirect 301",
  )
  expect((await client.send(new S3.GetBucketLocationCommand({ Bucket: "european" }))).LocationConstraint).toBe(
    "eu-west-1",
  )
  european.destroy()
})

test("a bucket's settings cross the wire and back", async () => {
  const tags = await client.send(new S3.GetBucketTaggingCommand({ Bucket }))
  expect(tags.TagSet).toEqual([{ Key: "smart0dte:scope", Value: "account" }])
  const lifecycle = {
    Rules: [
      { ID: "old", Status: "Enabled", Filter: { Prefix: "" }, NoncurrentVersionExpiration: { NoncurrentDays: 90 } },
      {
        ID: "new year",
        Status: "Enabled",
        Filter: { Prefix: "x/" },
        Expiration: { Date: new Date(Date.UTC(2027, 0, 1)) },
      },
    ],
  } satisfies S3.BucketLifecycleConfiguration
  await client.send(new S3.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: lifecycle }))
  const kept = await client.send(new S3.GetBucketLifecycleConfigurationCommand({ Bucket }))
  expect(kept.Rules).toEqual(lifecycle.Rules)
  const statement = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: `arn:aws:s3:::${Bucket}/private/*` }
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] })
  await client.send(new S3.PutBucketPolicyCommand({ Bucket, Policy }))
  expect((await client.send(new S3.GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy)
  const access = await client.send(new S3.GetPublicAccessBlockCommand({ Bucket }))
  expect(access.PublicAccessBlockConfiguration).toMatchObject({ RestrictPublicBuckets: true })
})

test("a versioned bucket is filled, paged through, emptied and deleted", async () => {
  const name = "versioned"
  await client.send(new S3.CreateBucketCommand({ Bucket: name }))
  const VersioningConfiguration = { Status: "Enabled" } as const
  await client.send(new S3.PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration }))
  for (const Key of ["a/1", "a/2 ü&<", "b", "b"]) {
    await client.send(new S3.PutObjectCommand({ Bucket: name, Key, Body: Key }))
  }
  await client.send(new S3.DeleteObjectCommand({ Bucket: name, Key: "b" }))
  const keys: (string | undefined)[] = []
  for await (const page of S3.paginateListObjectsV2({ client, pageSize: 1 }, { Bucket: name })) {
    keys.push(...(page.Contents ?? []).map(({ Key }) => Key))
  }
  expect(keys).toEqual(["a/1", "a/2 ü&<"])
  expect(await statusOf(client.send(new S3.DeleteBucketCommand({ Bucket: name })))).toBe("BucketNotEmpty 409")
  const { DeleteMarkers = [], Versions = [] } = await client.send(new S3.ListObjectVersionsCommand({ Bucket: name }))
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }))
  expect(Objects).toHaveLength(5)
  const emptied = await client.send(new S3.DeleteObjectsCommand({ Bucket: name, Delete: { Objects } }))
  expect(emptied.Deleted).toHaveLength(5)
  await client.send(new S3.DeleteBucketCommand({ Bucket: name }))
  expect(await statusOf(client.send(new S3.HeadBucketCommand({ Bucket: name })))).toBe("NotFound 404")
})

test("an object's date is read by the same clock as the answer's own", async () => {
  await put("dated", {})
  const answer = await client.send(new S3.HeadObjectCommand({ Bucket, Key: "dated" }))
  expect(Math.abs(Date.now() - (answer.LastModified?.getTime() ?? 0))).toBeLessThan(5000)
})
