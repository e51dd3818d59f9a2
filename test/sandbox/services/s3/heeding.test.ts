import { describe, expect, test } from "vitest"
import { s3 } from "../../../../src/sandbox/services/s3/index.ts"
import { operationsOf } from "../../../../src/sandbox/wire/schema.ts"
import { limitOf, unheeded } from "../heeding.ts"
import { Bucket, type Ground, put, versioned } from "./ground.ts"

type Name = Parameters<Ground["run"]>[0]

const rule = { Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 30 } } as const
const encryption = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }] } as const
const ownership = { Rules: [{ ObjectOwnership: "ObjectWriter" }] } as const
const statement = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: `arn:aws:s3:::${Bucket}` }
const Policy = JSON.stringify({ Statement: [statement] })

const ready = (): Ground => {
  const aws = versioned()
  put(aws, "k", "x")
  aws.run("PutBucketPolicy", { Bucket, Policy })
  aws.run("PutBucketTagging", { Bucket, Tagging: { TagSet: [{ Key: "a", Value: "b" }] } })
  aws.run("PutBucketLifecycleConfiguration", { Bucket, LifecycleConfiguration: { Rules: [rule] } })
  aws.run("CreateBucket", { Bucket: "empty" })
  return aws
}

const goesThrough: readonly (readonly [Name, object])[] = [
  ["CreateBucket", { Bucket: "new", CreateBucketConfiguration: { Tags: [{ Key: "a", Value: "b" }] } }],
  ["DeleteBucket", { Bucket: "empty" }],
  ["DeleteBucketEncryption", { Bucket }],
  ["DeleteBucketLifecycle", { Bucket }],
  ["DeleteBucketOwnershipControls", { Bucket }],
  ["DeleteBucketPolicy", { Bucket }],
  ["DeleteBucketTagging", { Bucket }],
  ["DeleteObject", { Bucket, Key: "k" }],
  ["DeleteObjects", { Bucket, Delete: { Objects: [{ Key: "k" }] } }],
  ["DeletePublicAccessBlock", { Bucket }],
  ["GetBucketEncryption", { Bucket }],
  ["GetBucketLifecycleConfiguration", { Bucket }],
  ["GetBucketLocation", { Bucket }],
  ["GetBucketOwnershipControls", { Bucket }],
  ["GetBucketPolicy", { Bucket }],
  ["GetBucketTagging", { Bucket }],
  ["GetBucketVersioning", { Bucket }],
  ["GetObject", { Bucket, Key: "k" }],
  ["GetPublicAccessBlock", { Bucket }],
  ["HeadBucket", { Bucket }],
  ["HeadObject", { Bucket, Key: "k" }],
  ["ListBuckets", {}],
  ["ListObjectVersions", { Bucket, KeyMarker: "a" }],
  ["ListObjectsV2", { Bucket }],
  ["PutBucketEncryption", { Bucket, ServerSideEncryptionConfiguration: encryption }],
  ["PutBucketLifecycleConfiguration", { Bucket, LifecycleConfiguration: { Rules: [rule] } }],
  ["PutBucketOwnershipControls", { Bucket, OwnershipControls: ownership }],
  ["PutBucketPolicy", { Bucket, Policy }],
  ["PutBucketTagging", { Bucket, Tagging: { TagSet: [] } }],
  ["PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } }],
  ["PutObject", { Bucket, Key: "k", Body: "x" }],
  ["PutPublicAccessBlock", { Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true } }],
]

/** What a caller may say without any effect, and why. */
const harmless: readonly (readonly [path: RegExp, why: string])[] = [
  [/^\.RequestPayer$/, "whoever asks is the bucket's owner, who pays anyway"],
  [/^\.(ContentMD5|ChecksumAlgorithm)$/, "the signature covers a setting's whole document already"],
  [/^\.ConfirmRemoveSelfBucketAccess$/, "policies are kept, not evaluated: nobody shuts themselves out"],
  [/^\.ContentLength$/, "the body's own length, which HTTP has seen to"],
]

test.each(goesThrough)("%s heeds all that a caller can say", (name, input) => {
  const aws = ready()
  // One operation's input after another: their types have nothing in common.
  const dropped = unheeded(s3, name, input, (watched) => aws.run(name, watched as never))
  expect(dropped.filter((path) => !harmless.some(([pattern]) => pattern.test(path)))).toEqual([])
})

test("every operation that is served is among them, and has a limit", () => {
  expect(goesThrough.map(([name]) => name)).toEqual(Object.keys(s3.handlers).sort())
  expect(limitOf(s3, "PutObject")).toEqual([3500, 3500])
  expect(limitOf(s3, "GetObject")).toEqual([5500, 5500])
  expect(Object.keys(s3.handlers).filter((name) => !limitOf(s3, name))).toEqual([])
})

describe("a bucket of another owner than expected", () => {
  const takesOwner = (name: string) =>
    [...(operationsOf(s3.schemas).get(name)?.input.structIterator() ?? [])].some(
      ([member]) => member === "ExpectedBucketOwner",
    )
  const guarded = goesThrough.filter(([name]) => takesOwner(name))

  test("can be guarded against by all operations on one", () => {
    expect(guarded).toHaveLength(goesThrough.length - 2)
  })

  test.each(guarded)("is left alone by %s", (name, input) => {
    const aws = ready()
    const before = aws.contents()
    const expecting = (ExpectedBucketOwner: string) =>
      aws.refused(name, { ...input, ExpectedBucketOwner } as Parameters<typeof aws.refused<typeof name>>[1])
    const refused = /^Head/.test(name) ? "Forbidden: Access Denied" : "AccessDenied: Access Denied"
    expect(expecting("999999999999")).toBe(refused)
    expect(aws.contents()).toBe(before)
    expect(expecting("111122223333")).toBe("not refused")
  })
})
