import { createHash } from "node:crypto"
import type * as S3 from "@aws-sdk/client-s3"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { refuseUnserved } from "../unserved.ts"
import { contentFor, refuseStrangers } from "./access.ts"
import { withoutBody } from "./buckets.ts"
import { checksumsOf } from "./checksums.ts"
import { checkRead, checkWrite } from "./conditions.ts"
import { type BucketRecord, bucketFor, type ContentVersion } from "./records.ts"
import { objectTagCount } from "./tags.ts"
import { addVersion, nextVersionId, versionsOf } from "./versions.ts"

export const objectHandlers = handlers<typeof S3>()({
  PutObject: (input, call) => {
    refuseUnserved(input, NOT_WRITTEN)
    const bucket = bucketFor(input, call)
    const key = keyOf(input.Key)
    if (input.ACL !== undefined && !/^(private|bucket-owner-full-control)$/.test(input.ACL)) {
      throw new Refusal("AccessControlListNotSupported", "The bucket does not allow ACLs")
    }
    checkWrite(versionsOf(call, bucket, key)[0], input)
    const body = bytesOf(input.Body)
    const version: ContentVersion = {
      Kind: "content",
      VersionId: nextVersionId(call, bucket, key),
      LastModified: httpNow(),
      ...etagAndEncryption(input, bucket, body, call),
      Size: body.length,
      Body: body.toString("base64"),
      Headers: headersOf(input),
      Metadata: input.Metadata ?? {},
      Checksums: checksumsOf(input, body),
      TagCount: objectTagCount(input.Tagging),
    }
    addVersion(call, bucket, key, version)
    return {
      ETag: version.ETag,
      ...checksumView(version),
      ...encryptionView(version),
      ...(bucket.Versioning === "Enabled" && { VersionId: version.VersionId }),
    }
  },

  GetObject: (input, call) => {
    const { view, version } = readObject(input, call)
    // The client's type is a stream of its own making; what the server writes out is these bytes.
    const Body = Buffer.from(version.Body, "base64") as unknown as NonNullable<S3.GetObjectCommandOutput["Body"]>
    return { ...view, Body, ...(version.TagCount > 0 && { TagCount: version.TagCount }) }
  },

  HeadObject: (input, call) => withoutBody(() => readObject(input, call).view),
})

const OWN_KEYS = ["SSECustomerAlgorithm", "SSECustomerKey", "SSECustomerKeyMD5"] as const

const NOT_WRITTEN = [
  ...OWN_KEYS,
  "ChecksumXXHASH128",
  "ChecksumXXHASH3",
  "ChecksumXXHASH64",
  "Expires",
  "GrantFullControl",
  "GrantRead",
  "GrantReadACP",
  "GrantWriteACP",
  "ObjectLockEventHold",
  "ObjectLockEventHoldDurationDays",
  "ObjectLockEventHoldDurationYears",
  "ObjectLockLegalHoldStatus",
  "ObjectLockMode",
  "ObjectLockRetainUntilDate",
  "SSEKMSEncryptionContext",
  "StorageClass",
  "WebsiteRedirectLocation",
  "WriteOffsetBytes",
] as const

const NOT_READ = [
  ...OWN_KEYS,
  "PartNumber",
  "Range",
  "ResponseCacheControl",
  "ResponseContentDisposition",
  "ResponseContentEncoding",
  "ResponseContentLanguage",
  "ResponseContentType",
  "ResponseExpires",
] as const

type Read = S3.GetObjectCommandInput & S3.HeadObjectCommandInput

const readObject = (input: Read, call: Call) => {
  refuseUnserved(input, NOT_READ)
  const bucket = bucketFor(input, call)
  const key = keyOf(input.Key)
  refuseStrangers(call, bucket, key)
  const version = contentFor(call, bucket, key, input.VersionId)
  checkRead(version, input)
  const view = {
    AcceptRanges: "bytes",
    LastModified: new Date(version.LastModified),
    ContentLength: version.Size,
    ETag: version.ETag,
    ...version.Headers,
    Metadata: { ...version.Metadata },
    ...(input.ChecksumMode === "ENABLED" && checksumView(version)),
    ...encryptionView(version),
    ...(bucket.Versioning !== undefined && { VersionId: version.VersionId }),
  }
  return { view, version }
}

const keyOf = (key: string | undefined): string => {
  const wanted = given(key, "Key", "InvalidRequest")
  if (Buffer.byteLength(wanted) > 1024) throw new Refusal("KeyTooLongError", "Your key is too long")
  return wanted
}

/**
 * The real time, in the whole seconds that S3 shows: leases are judged by comparing it with the answer's Date header,
 * which the sandbox does not scale either. Simulated time would make every lease look long expired.
 */
export const httpNow = (): number => Math.floor(Date.now() / 1000) * 1000

const bytesOf = (body: S3.PutObjectCommandInput["Body"]): Buffer => {
  if (body === undefined) return Buffer.alloc(0)
  if (typeof body === "string" || body instanceof Uint8Array) return Buffer.from(body)
  throw new TypeError(`the server must hand over an object's body as bytes, not as ${typeof body}`)
}

const etagAndEncryption = (input: S3.PutObjectCommandInput, bucket: BucketRecord, body: Buffer, call: Call) => {
  const usual = bucket.Encryption.ApplyServerSideEncryptionByDefault
  const Algorithm = input.ServerSideEncryption ?? usual?.SSEAlgorithm ?? "AES256"
  const Key = input.SSEKMSKeyId ?? usual?.KMSMasterKeyID
  const BucketKey = input.BucketKeyEnabled ?? bucket.Encryption.BucketKeyEnabled ?? false
  // Under a KMS key an ETag is no longer the MD5 of the content, and differs for the same content written twice.
  const salt = Algorithm === "AES256" ? "" : call.id("etag")
  const ETag = `"${createHash("md5").update(salt).update(body).digest("hex")}"`
  return { ETag, Encryption: { Algorithm, ...(Key !== undefined && { Key }), BucketKey } }
}

const headersOf = (input: S3.PutObjectCommandInput): ContentVersion["Headers"] => ({
  ContentType: input.ContentType ?? "binary/octet-stream",
  ...(input.CacheControl !== undefined && { CacheControl: input.CacheControl }),
  ...(input.ContentDisposition !== undefined && { ContentDisposition: input.ContentDisposition }),
  ...(input.ContentEncoding !== undefined && { ContentEncoding: input.ContentEncoding }),
  ...(input.ContentLanguage !== undefined && { ContentLanguage: input.ContentLanguage }),
})

const checksumView = (version: ContentVersion) =>
  Object.keys(version.Checksums).length > 0 ? { ...version.Checksums, ChecksumType: "FULL_OBJECT" as const } : {}

const encryptionView = ({ Encryption: { Algorithm, Key, BucketKey } }: ContentVersion) => ({
  // Kept from a request or a bucket's rule, where only the client's own values pass.
  ServerSideEncryption: Algorithm as S3.ServerSideEncryption,
  ...(Algorithm !== "AES256" && Key !== undefined && { SSEKMSKeyId: Key }),
  ...(Algorithm !== "AES256" && BucketKey && { BucketKeyEnabled: true }),
})
