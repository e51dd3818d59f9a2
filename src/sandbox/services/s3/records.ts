import type { ServerSideEncryptionRule } from "@aws-sdk/client-s3"
import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { given } from "../given.ts"
import type { Tag } from "../tags.ts"

export interface PublicAccess {
  readonly BlockPublicAcls: boolean
  readonly IgnorePublicAcls: boolean
  readonly BlockPublicPolicy: boolean
  readonly RestrictPublicBuckets: boolean
}

export interface BucketRecord {
  readonly Name: string
  readonly Region: string
  readonly CreationDate: number
  /** Absent until versioning has been switched for the first time. */
  readonly Versioning?: "Enabled" | "Suspended"
  readonly Tags: readonly Tag[]
  readonly PublicAccess?: PublicAccess | undefined
  readonly Encryption: ServerSideEncryptionRule
  readonly Ownership?: string | undefined
  readonly Policy?: string | undefined
  readonly Lifecycle?: LifecycleRecord | undefined
}

export interface LifecycleRecord {
  /** The rules as JSON, because they hold dates and a record may not. */
  readonly Rules: string
  readonly MinimumSize: "varies_by_storage_class" | "all_storage_classes_128K"
}

/** One key with all its versions, newest first. An unversioned bucket has at most one, with the id `null`. */
export interface ObjectRecord {
  readonly Bucket: string
  readonly Key: string
  readonly Versions: readonly Version[]
}

export type Version = ContentVersion | DeleteMarker

export interface DeleteMarker {
  readonly Kind: "marker"
  readonly VersionId: string
  readonly LastModified: number
}

export interface ContentVersion {
  readonly Kind: "content"
  readonly VersionId: string
  readonly LastModified: number
  readonly ETag: string
  readonly Size: number
  /** Base64, so that any bytes survive in a record. */
  readonly Body: string
  readonly Headers: ContentHeaders
  readonly Metadata: Readonly<Record<string, string>>
  readonly Checksums: Readonly<Record<string, string>>
  readonly Encryption: { readonly Algorithm: string; readonly Key?: string; readonly BucketKey: boolean }
  readonly TagCount: number
}

export interface ContentHeaders {
  readonly ContentType: string
  readonly CacheControl?: string
  readonly ContentDisposition?: string
  readonly ContentEncoding?: string
  readonly ContentLanguage?: string
}

export const buckets = (call: Call): Table<BucketRecord> => call.store.table("s3/bucket")
export const objects = (call: Call): Table<ObjectRecord> => call.store.table("s3/object")

/** Where an object's record stands; a bucket's name has no slash, so no two keys meet. */
export const objectId = (bucket: string, key: string): string => `${bucket}/${key}`

interface Addressed {
  readonly Bucket?: string | undefined
  readonly ExpectedBucketOwner?: string | undefined
}

/** The bucket that a request names, or AWS's reason why the caller may not have it. */
export const bucketFor = (input: Addressed, call: Call): BucketRecord => {
  const name = given(input.Bucket, "Bucket", "InvalidRequest")
  if (isForeign(name)) denied()
  const bucket = buckets(call).get(name)
  if (!bucket) throw new Refusal("NoSuchBucket", "The specified bucket does not exist", 404)
  if (bucket.Region !== call.region) {
    const message =
      "The bucket you are attempting to access must be addressed using the specified endpoint. " +
      "Please send all future requests to this endpoint."
    throw new Refusal("PermanentRedirect", message, 301)
  }
  if (input.ExpectedBucketOwner !== undefined && input.ExpectedBucketOwner !== call.account) denied()
  return bucket
}

/** Names are one space for all accounts of the world: these belong to another one, 999999999999. */
export const isForeign = (name: string): boolean => name.startsWith("taken-")

export const malformedXml = (): never => {
  const message = "The XML you provided was not well-formed or did not validate against our published schema"
  throw new Refusal("MalformedXML", message)
}

/** S3's own keys: what a bucket is encrypted with where nobody wished for more. */
export const ownEncryption: ServerSideEncryptionRule = {
  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
  BucketKeyEnabled: false,
}

export const isOwnership = (text: string): boolean =>
  /^(BucketOwnerEnforced|BucketOwnerPreferred|ObjectWriter)$/.test(text)

/** A page's token that this S3 never gave. */
export const wrongToken = (): Refusal => new Refusal("InvalidArgument", "The continuation token provided is incorrect")

export const invalidArgument = (message: string): never => {
  throw new Refusal("InvalidArgument", message)
}

const denied = (): never => {
  throw new Refusal("AccessDenied", "Access Denied", 403)
}
