import { Bucket, put, versioned } from "../ground.ts"
import { api, codes, conditional, moto, ours, putting, type S3Row } from "./case.ts"

const otherETag = '"0123456789abcdef0123456789abcdef"'

export const writeRows: readonly S3Row[] = [
  ["a key of 1,025 bytes", "KeyTooLongError", codes, putting({ Key: `${"é".repeat(512)}x` })],
  ["no key", "InvalidRequest: Value null at 'Key'", codes, putting({ Key: undefined })],
  ["an ACL", "AccessControlListNotSupported", codes, putting({ ACL: "public-read" })],
  ["a wrong MD5", "BadDigest: Content-MD5", codes, putting({ ContentMD5: "AAAAAAAAAAAAAAAAAAAAAA==" })],
  ["a wrong CRC32", "BadDigest: CRC32", codes, putting({ ChecksumCRC32: "AAAAAA==" })],
  ["a wrong SHA1", "BadDigest: SHA1", codes, putting({ ChecksumSHA1: "AAAA" })],
  ["a wrong SHA256", "BadDigest: SHA256", codes, putting({ ChecksumSHA256: "AAAA" })],
  [
    "eleven tags",
    "BadRequest: Object tags cannot be greater than 10",
    codes,
    putting({ Tagging: "a&b&c&d&e&f&g&h&i&j&k" }),
  ],
  ["one tag twice", "InvalidArgument: x-amz-tagging", codes, putting({ Tagging: "a=1&a=2" })],
  ["another storage class", "NotImplemented: StorageClass", ours, putting({ StorageClass: "GLACIER" })],
  ["a key of the caller's", "NotImplemented: SSECustomerAlgorithm", ours, putting({ SSECustomerAlgorithm: "AES256" })],
  ["a redirect", "NotImplemented: WebsiteRedirectLocation", ours, putting({ WebsiteRedirectLocation: "/x" })],
]

export const conditionRows: readonly S3Row[] = [
  [
    "a second one of what must be new",
    "PreconditionFailed",
    conditional,
    (aws) => {
      put(aws, "k", "x")
      return putting({ IfNoneMatch: "*" })(aws)
    },
  ],
  [
    "a change of what has changed",
    "PreconditionFailed",
    conditional,
    (aws) => {
      put(aws, "k", "x")
      return putting({ IfMatch: otherETag })(aws)
    },
  ],
  ["a change of what isn't there", "NoSuchKey", conditional, putting({ IfMatch: otherETag })],
  [
    "a change of what is deleted",
    "NoSuchKey",
    conditional,
    (aws) => {
      const { ETag } = put(versioned(aws), "k", "x")
      aws.run("DeleteObject", { Bucket, Key: "k" })
      return putting({ IfMatch: ETag })(aws)
    },
  ],
  [
    "that another version isn't there",
    "NotImplemented: functionality",
    conditional,
    putting({ IfNoneMatch: otherETag }),
  ],
  ["a change of whatever is there", "NotImplemented: functionality", conditional, putting({ IfMatch: "*" })],
  ["both conditions", "NotImplemented: functionality", conditional, putting({ IfMatch: otherETag, IfNoneMatch: "*" })],
  [
    "to delete what has changed",
    "PreconditionFailed",
    "S3 user guide: conditional deletes",
    (aws) => {
      put(aws, "k", "x")
      return aws.refused("DeleteObject", { Bucket, Key: "k", IfMatch: otherETag })
    },
  ],
  [
    "to delete what must be there",
    "NoSuchKey",
    "S3 user guide: conditional deletes",
    (aws) => aws.refused("DeleteObject", { Bucket, Key: "k", IfMatch: "*" }),
  ],
  [
    "to delete what is deleted",
    "PreconditionFailed",
    "S3 user guide: conditional deletes",
    (aws) => {
      versioned(aws).run("DeleteObject", { Bucket, Key: "k" })
      return aws.refused("DeleteObject", { Bucket, Key: "k", IfMatch: "*" })
    },
  ],
  [
    "to delete a version on a condition",
    "NotImplemented: a condition on a version",
    ours,
    (aws) => {
      const { VersionId } = put(versioned(aws), "k", "x")
      return aws.refused("DeleteObject", { Bucket, Key: "k", VersionId, IfMatch: "*" })
    },
  ],
]

export const readRows: readonly S3Row[] = [
  ["a key that isn't there", "NoSuchKey", codes, (aws) => aws.refused("GetObject", { Bucket, Key: "gone" })],
  ["no key to read", "InvalidRequest: 'Key'", codes, (aws) => aws.refused("GetObject", { Bucket, Key: undefined })],
  [
    "no key to delete",
    "InvalidRequest: 'Key'",
    codes,
    (aws) => aws.refused("DeleteObject", { Bucket, Key: undefined }),
  ],
  [
    "a deleted one",
    "NoSuchKey",
    "S3 user guide: delete markers",
    (aws) => {
      put(versioned(aws), "k", "x")
      aws.run("DeleteObject", { Bucket, Key: "k" })
      return aws.refused("GetObject", { Bucket, Key: "k" })
    },
  ],
  [
    "a delete marker by its id",
    "MethodNotAllowed",
    "S3 user guide: delete markers",
    (aws) => {
      const { VersionId } = versioned(aws).run("DeleteObject", { Bucket, Key: "k" })
      return aws.refused("GetObject", { Bucket, Key: "k", VersionId })
    },
  ],
  [
    "a version that is gone",
    "NoSuchVersion",
    codes,
    (aws) => {
      const { VersionId } = put(versioned(aws), "k", "x")
      aws.run("DeleteObject", { Bucket, Key: "k", VersionId })
      return aws.refused("GetObject", { Bucket, Key: "k", VersionId })
    },
  ],
  [
    "another key's version",
    "InvalidArgument: Invalid version id specified",
    moto,
    (aws) => {
      const { VersionId } = put(versioned(aws), "other", "x")
      return aws.refused("GetObject", { Bucket, Key: "k", VersionId })
    },
  ],
  [
    "to delete a version that never was",
    "InvalidArgument: Invalid version id specified",
    moto,
    (aws) => aws.refused("DeleteObject", { Bucket, Key: "k", VersionId: "never" }),
  ],
  [
    "what is as known",
    "NotModified",
    conditional,
    (aws) => {
      const { ETag } = put(aws, "k", "x")
      return aws.refused("GetObject", { Bucket, Key: "k", IfNoneMatch: ETag })
    },
  ],
  [
    "what has not changed since",
    "NotModified",
    conditional,
    (aws) => {
      put(aws, "k", "x")
      return aws.refused("GetObject", { Bucket, Key: "k", IfModifiedSince: new Date(Date.now() + 1000) })
    },
  ],
  [
    "what is no longer as known",
    "PreconditionFailed",
    conditional,
    (aws) => {
      put(aws, "k", "x")
      return aws.refused("GetObject", { Bucket, Key: "k", IfMatch: otherETag })
    },
  ],
  [
    "what has changed since",
    "PreconditionFailed",
    conditional,
    (aws) => {
      put(aws, "k", "x")
      return aws.refused("GetObject", { Bucket, Key: "k", IfUnmodifiedSince: new Date(0) })
    },
  ],
  [
    "a part of it",
    "NotImplemented: Range",
    ours,
    (aws) => aws.refused("GetObject", { Bucket, Key: "k", Range: "bytes=0-1" }),
  ],
  [
    "fewer than no keys",
    "InvalidArgument: maxKeys",
    api("ListObjectsV2"),
    (aws) => aws.refused("ListObjectsV2", { Bucket, MaxKeys: -1 }),
  ],
  [
    "a page by a token that was never given",
    "InvalidArgument: continuation token",
    moto,
    (aws) => aws.refused("ListObjectsV2", { Bucket, ContinuationToken: "?" }),
  ],
  [
    "to delete nothing",
    "MalformedXML",
    api("DeleteObjects"),
    (aws) => aws.refused("DeleteObjects", { Bucket, Delete: { Objects: [] } }),
  ],
  [
    "to delete 1,001",
    "MalformedXML",
    api("DeleteObjects"),
    (aws) => aws.refused("DeleteObjects", { Bucket, Delete: { Objects: Array(1001).fill({ Key: "k" }) } }),
  ],
]
