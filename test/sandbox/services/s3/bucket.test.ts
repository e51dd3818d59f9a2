import { createHash } from "node:crypto"
import { describe, expect, test } from "vitest"
import { Bucket, ground, put } from "./ground.ts"

describe("a new bucket", () => {
  test("is closed to the public, encrypted, unversioned, and owns what is in it", () => {
    const aws = ground()
    const closed = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    }
    expect(aws.run("GetPublicAccessBlock", { Bucket }).PublicAccessBlockConfiguration).toEqual(closed)
    expect(aws.run("GetBucketEncryption", { Bucket }).ServerSideEncryptionConfiguration).toEqual({
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false }],
    })
    expect(aws.run("GetBucketVersioning", { Bucket })).toEqual({})
    const owned = { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] }
    expect(aws.run("GetBucketOwnershipControls", { Bucket }).OwnershipControls).toEqual(owned)
  })

  test("can be born with its tags", () => {
    const aws = ground()
    const Tags = [{ Key: "smart0dte:scope", Value: "poc" }]
    aws.run("CreateBucket", { Bucket: "tagged", CreateBucketConfiguration: { Tags } })
    expect(aws.run("GetBucketTagging", { Bucket: "tagged" }).TagSet).toEqual(Tags)
  })

  test("asked for again in the oldest region is there, as it was", () => {
    const aws = ground()
    put(aws, "k", "x")
    const before = aws.contents()
    const again = { Bucket, CreateBucketConfiguration: { Tags: [{ Key: "a", Value: "b" }] } }
    expect(aws.run("CreateBucket", again)).toEqual({ Location: "/mine", BucketArn: "arn:aws:s3:::mine" })
    expect(aws.contents()).toBe(before)
  })

  test("may be in the account's own namespace", () => {
    const name = "mine-111122223333-us-east-1-an"
    const wish = { Bucket: name, BucketNamespace: "account-regional" } as const
    expect(ground().run("CreateBucket", wish).BucketArn).toBe(`arn:aws:s3:::${name}`)
  })

  test.each(["EU" as const, "eu-west-1" as const])("of another region is found there: %s", (LocationConstraint) => {
    const aws = ground()
    const made = aws.run("CreateBucket", { Bucket: "far", CreateBucketConfiguration: { LocationConstraint } })
    expect(made.Location).toBe("http://far.s3.amazonaws.com/")
    expect(aws.run("GetBucketLocation", { Bucket: "far" })).toEqual({ LocationConstraint: "eu-west-1" })
    expect(aws.run("GetBucketLocation", { Bucket })).toEqual({})
    expect(aws.refused("GetBucketTagging", { Bucket: "far" })).toMatch(/^PermanentRedirect/)
    aws.move("eu-west-1")
    expect(aws.run("HeadBucket", { Bucket: "far" }).BucketRegion).toBe("eu-west-1")
  })

  test("takes a name that was free again", () => {
    const aws = ground()
    aws.run("DeleteBucket", { Bucket })
    expect(aws.refused("HeadBucket", { Bucket })).toMatch(/^NotFound/)
    aws.run("CreateBucket", { Bucket })
    expect(aws.run("ListBuckets", {}).Buckets).toHaveLength(1)
  })
})

describe("settings", () => {
  test("tags are replaced as a whole, and none is none", () => {
    const aws = ground()
    const tag = (...keys: string[]) =>
      aws.run("PutBucketTagging", { Bucket, Tagging: { TagSet: keys.map((Key) => ({ Key, Value: "" })) } })
    tag("a", "A")
    tag("b")
    expect(aws.run("GetBucketTagging", { Bucket }).TagSet).toEqual([{ Key: "b", Value: "" }])
    aws.run("DeleteBucketTagging", { Bucket })
    expect(aws.refused("GetBucketTagging", { Bucket })).toMatch(/^NoSuchTagSet/)
  })

  test("an access block says no where it is not told yes", () => {
    const aws = ground()
    aws.run("PutPublicAccessBlock", { Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true } })
    expect(aws.run("GetPublicAccessBlock", { Bucket }).PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    })
  })

  test("encryption can be changed, and comes back when it is deleted", () => {
    const aws = ground()
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "key" } } as const
    aws.run("PutBucketEncryption", { Bucket, ServerSideEncryptionConfiguration: { Rules: [rule] } })
    const kept = () => aws.run("GetBucketEncryption", { Bucket }).ServerSideEncryptionConfiguration?.Rules
    expect(kept()).toEqual([{ ...rule, BucketKeyEnabled: false }])
    const object = put(aws, "k", "x")
    expect(object).toMatchObject({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: "key" })
    expect(put(aws, "k", "x").ETag).not.toBe(object.ETag)
    aws.run("DeleteBucketEncryption", { Bucket })
    expect(kept()).toMatchObject([{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }])
    expect(aws.run("GetObject", { Bucket, Key: "k" }).ServerSideEncryption).toBe("aws:kms")
  })

  test("a life is kept as it was set, with names for its rules", () => {
    const aws = ground()
    const end = new Date(Date.UTC(2027, 0, 1))
    const Rules = [
      { ID: "own", Status: "Enabled", Prefix: "", Expiration: { Date: end } },
      { Status: "Disabled", Filter: { Prefix: "a/" }, NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
    ] as const
    aws.run("PutBucketLifecycleConfiguration", { Bucket, LifecycleConfiguration: { Rules: [...Rules] } })
    expect(aws.run("GetBucketLifecycleConfiguration", { Bucket })).toEqual({
      Rules: [Rules[0], { ...Rules[1], ID: expect.stringMatching(/./) }],
      TransitionDefaultMinimumObjectSize: "all_storage_classes_128K",
    })
    aws.run("DeleteBucketLifecycle", { Bucket })
    expect(aws.refused("GetBucketLifecycleConfiguration", { Bucket })).toMatch(/^NoSuchLifecycleConfiguration/)
  })
})

describe("a policy", () => {
  const own = `arn:aws:s3:::${Bucket}`
  const everybody = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${own}/*` }
  const written = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 2)

  test("is given back to the letter, until it is deleted", () => {
    const aws = ground()
    const Policy = written({ ...everybody, Effect: "Deny", Resource: [own, `${own}/*`] })
    aws.run("PutBucketPolicy", { Bucket, Policy })
    expect(aws.run("GetBucketPolicy", { Bucket }).Policy).toBe(Policy)
    aws.run("DeleteBucketPolicy", { Bucket })
    expect(aws.refused("GetBucketPolicy", { Bucket })).toMatch(/^NoSuchBucketPolicy/)
  })

  test.each([
    ["a service, for an account", { Principal: { Service: "delivery.logs.amazonaws.com" } }],
    ["everybody of an account", { Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }],
    ["everybody but", { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
  ])("may be for %s", (_whom, more) => {
    expect(ground().refused("PutBucketPolicy", { Bucket, Policy: written({ ...everybody, ...more }) })).toBe(
      "not refused",
    )
  })

  test("may be for everybody once nothing blocks it", () => {
    const aws = ground()
    aws.run("DeletePublicAccessBlock", { Bucket })
    expect(aws.refused("PutBucketPolicy", { Bucket, Policy: written(everybody) })).toBe("not refused")
  })
})

describe("an object", () => {
  test("keeps its bytes, its headers and its checksums", () => {
    const aws = ground()
    const bytes = Uint8Array.from([0, 255, 128, 10])
    const headers = {
      ContentType: "application/json",
      CacheControl: "no-store",
      ContentDisposition: "inline",
      ContentEncoding: "identity",
      ContentLanguage: "en",
    }
    const kept = { ...headers, Metadata: { run: "1" } }
    aws.run("PutObject", { Bucket, Key: "k", Body: bytes, ...kept, Tagging: "a=b", ChecksumAlgorithm: "SHA256" })
    const { Body, ...view } = aws.run("GetObject", { Bucket, Key: "k", ChecksumMode: "ENABLED" })
    expect(Buffer.from(Body as unknown as Uint8Array)).toEqual(Buffer.from(bytes))
    expect(view).toMatchObject({ ...kept, ContentLength: 4, TagCount: 1, ServerSideEncryption: "AES256" })
    expect(view.ChecksumSHA256).toBe(createHash("sha256").update(bytes).digest("base64"))
    expect(aws.run("HeadObject", { Bucket, Key: "k" })).not.toHaveProperty("ChecksumSHA256")
  })

  test("is dated by the real clock, in whole seconds: leases are judged by that", () => {
    const aws = ground()
    aws.pass(3600)
    const before = Math.floor(Date.now() / 1000) * 1000
    put(aws, "k", "x")
    const { LastModified } = aws.run("HeadObject", { Bucket, Key: "k" })
    expect(LastModified?.getTime()).toBeGreaterThanOrEqual(before)
    expect(LastModified?.getTime()).toBeLessThanOrEqual(Date.now())
    expect(LastModified?.getMilliseconds()).toBe(0)
  })

  test("that does not arrive as bytes is the server's fault, not the caller's", () => {
    const Body = new Blob(["x"])
    expect(() => ground().run("PutObject", { Bucket, Key: "k", Body })).toThrow(TypeError)
  })

  test("without a body is empty", () => {
    const aws = ground()
    aws.run("PutObject", { Bucket, Key: "k" })
    expect(aws.run("HeadObject", { Bucket, Key: "k" })).toMatchObject({
      ContentLength: 0,
      ContentType: "binary/octet-stream",
      ETag: '"d41d8cd98f00b204e9800998ecf8427e"',
    })
  })
})
