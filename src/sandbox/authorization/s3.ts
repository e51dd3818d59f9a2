import { anything, both, type GivenTag, type Row, type Rows, requestTags, want } from "./needs.ts"

/** Of a bucket; its ARN has neither region nor account. */
const bucket =
  (action: string): Row =>
  (ask) => [
    want(ask, arnOf(ask.input.Bucket), {
      action: `s3:${action}`,
      context: { "s3:prefix": typeof ask.input.Prefix === "string" ? ask.input.Prefix : undefined },
    }),
  ]

const object =
  (action: string, ofVersion = action): Row =>
  (ask) => [
    want(ask, `${arnOf(ask.input.Bucket)}/${ask.input.Key}`, {
      action: `s3:${ask.input.VersionId === undefined ? action : ofVersion}`,
    }),
  ]

/** Each is judged by itself. */
const objects: Row = (ask) => {
  const { Objects = [] } = (ask.input.Delete ?? {}) as {
    readonly Objects?: readonly { readonly Key?: string; readonly VersionId?: string }[]
  }
  return Objects.flatMap(({ Key, VersionId }) =>
    object("DeleteObject", "DeleteObjectVersion")({ ...ask, input: { ...ask.input, Key, VersionId } }),
  )
}

const bornTagged: Row = (ask) => {
  const { Tags = [] } = (ask.input.CreateBucketConfiguration ?? {}) as {
    readonly Tags?: readonly GivenTag[]
  }
  const context = requestTags(Tags)
  return Tags.length === 0 ? [] : [want(ask, arnOf(ask.input.Bucket), { action: "s3:TagResource", context })]
}

const arnOf = (name: unknown): string => `arn:aws:s3:::${name}`

/** S3's operations and its actions have names of their own. */
export const s3Rows: Rows = {
  CreateBucket: both(bucket("CreateBucket"), bornTagged),
  DeleteBucket: bucket("DeleteBucket"),
  DeleteBucketEncryption: bucket("PutEncryptionConfiguration"),
  DeleteBucketLifecycle: bucket("PutLifecycleConfiguration"),
  DeleteBucketOwnershipControls: bucket("PutBucketOwnershipControls"),
  DeleteBucketPolicy: bucket("DeleteBucketPolicy"),
  DeleteBucketTagging: bucket("PutBucketTagging"),
  DeleteObject: object("DeleteObject", "DeleteObjectVersion"),
  DeleteObjects: objects,
  DeletePublicAccessBlock: bucket("PutBucketPublicAccessBlock"),
  GetBucketEncryption: bucket("GetEncryptionConfiguration"),
  GetBucketLifecycleConfiguration: bucket("GetLifecycleConfiguration"),
  GetBucketLocation: bucket("GetBucketLocation"),
  GetBucketOwnershipControls: bucket("GetBucketOwnershipControls"),
  GetBucketPolicy: bucket("GetBucketPolicy"),
  GetBucketTagging: bucket("GetBucketTagging"),
  GetBucketVersioning: bucket("GetBucketVersioning"),
  GetObject: object("GetObject", "GetObjectVersion"),
  GetPublicAccessBlock: bucket("GetBucketPublicAccessBlock"),
  HeadBucket: bucket("ListBucket"),
  HeadObject: object("GetObject", "GetObjectVersion"),
  ListBuckets: anything("s3:ListAllMyBuckets"),
  ListObjectVersions: bucket("ListBucketVersions"),
  ListObjectsV2: bucket("ListBucket"),
  PutBucketEncryption: bucket("PutEncryptionConfiguration"),
  PutBucketLifecycleConfiguration: bucket("PutLifecycleConfiguration"),
  PutBucketOwnershipControls: bucket("PutBucketOwnershipControls"),
  PutBucketPolicy: bucket("PutBucketPolicy"),
  PutBucketTagging: bucket("PutBucketTagging"),
  PutBucketVersioning: bucket("PutBucketVersioning"),
  PutObject: object("PutObject"),
  PutPublicAccessBlock: bucket("PutBucketPublicAccessBlock"),
}
