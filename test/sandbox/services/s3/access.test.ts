import { describe, expect, test } from "vitest"
import { Bucket, type Ground, ground, put, read } from "./ground.ts"

const onBucket = `arn:aws:s3:::${Bucket}`
const get = { Effect: "Allow", Action: "s3:GetObject", Resource: `${onBucket}/trading/*` }
const list = { Effect: "Allow", Action: "s3:ListBucket", Resource: onBucket }

/** A bucket with one object, asked by an instance whose role may what is said. */
const seenBy = (...statements: readonly object[]): Ground => {
  const aws = ground()
  put(aws, "trading/record", "schema=1")
  put(aws, "other", "x")
  const RoleName = "node"
  const Inline = { own: JSON.stringify({ Version: "2012-10-17", Statement: statements }) }
  aws.put("iam/role", RoleName, { RoleName, Arn: "arn:aws:iam::111122223333:role/node", Inline, Attached: [] })
  aws.be("arn:aws:sts::111122223333:assumed-role/node/i-0123456789abcdef0")
  return aws
}
const missing = (aws: Ground) => aws.refused("GetObject", { Bucket, Key: "trading/gone" })

describe("an instance", () => {
  test("gets the objects that its role may get, and no others", () => {
    const aws = seenBy(get)
    expect(read(aws, "trading/record")).toBe("schema=1")
    expect(aws.refused("GetObject", { Bucket, Key: "other" })).toBe(
      `AccessDenied: User: arn:aws:sts::111122223333:assumed-role/node/i-0123456789abcdef0 is not authorized to perform: s3:GetObject on resource: "${onBucket}/other" because no identity-based policy allows the s3:GetObject action`,
    )
    expect(aws.refused("HeadObject", { Bucket, Key: "other" })).toMatch(/^Forbidden/)
  })

  test("learns that an object is not there only if it may list the bucket", () => {
    expect(missing(seenBy(get))).toMatch(/^AccessDenied: .* s3:ListBucket on resource: "arn:aws:s3:::mine"/)
    expect(missing(seenBy(get, list))).toMatch(/^NoSuchKey/)
  })

  test("does not learn it by a right to list one prefix: who gets an object names none", () => {
    const below = { ...list, Condition: { StringLike: { "s3:prefix": "trading/*" } } }
    expect(missing(seenBy(get, below))).toMatch(/^AccessDenied/)
  })

  test("is kept out by the bucket's own policy, and let in by it", () => {
    const aws = seenBy(get)
    const policy = (more: object) => {
      const Statement = { Action: "s3:*", Resource: [onBucket, `${onBucket}/*`], Principal: "*", ...more }
      aws.run("PutBucketPolicy", { Bucket, Policy: JSON.stringify({ Statement }) })
    }
    const cleartext = { Bool: { "aws:SecureTransport": "false" } }
    policy({ Effect: "Deny", Condition: cleartext })
    expect(read(aws, "trading/record")).toBe("schema=1")
    policy({ Effect: "Deny" })
    expect(aws.refused("GetObject", { Bucket, Key: "trading/record" })).toMatch(/explicit deny in a resource-based/)
    policy({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:role/node" } })
    expect(read(aws, "other")).toBe("x")
    expect(missing(aws)).toMatch(/^NoSuchKey/)
  })
})

test("whoever holds the account's keys gets all, and learns what is not there", () => {
  const aws = ground()
  put(aws, "other", "x")
  expect(read(aws, "other")).toBe("x")
  expect(missing(aws)).toMatch(/^NoSuchKey/)
})
