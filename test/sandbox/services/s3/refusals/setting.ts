import type { LifecycleRule } from "@aws-sdk/client-s3"
import { Bucket, type Ground } from "../ground.ts"
import { api, codes, creating, moto, ours, type S3Row } from "./case.ts"

type Name = Parameters<Ground["refused"]>[0]

/** Members that the client's types would not let through are part of what is tried. */
const setting =
  (name: Name, more: object) =>
  (aws: Ground): string =>
    aws.refused(name, { Bucket, ...more } as never)

const tagging = (...tags: (readonly [Key: string, Value: string])[]) =>
  setting("PutBucketTagging", { Tagging: { TagSet: tags.map(([Key, Value]) => ({ Key, Value })) } })

const encrypting = (...Rules: object[]) =>
  setting("PutBucketEncryption", { ServerSideEncryptionConfiguration: { Rules } })

const owning = (...values: string[]) =>
  setting("PutBucketOwnershipControls", {
    OwnershipControls: { Rules: values.map((ObjectOwnership) => ({ ObjectOwnership })) },
  })

export const settingRows: readonly S3Row[] = [
  ["tags that aren't there", "NoSuchTagSet", codes, setting("GetBucketTagging", {})],
  ["no set of tags", "MalformedXML", codes, setting("PutBucketTagging", { Tagging: {} })],
  ["one key twice", "InvalidTag: multiple Tags with the same key", moto, tagging(["a", "1"], ["a", "2"])],
  ["a tag of AWS's own", "InvalidTag: System tags", moto, tagging(["aws:x", ""])],
  ["a tag's key that is none", "InvalidTag: TagKey", codes, tagging(["a<b", ""])],
  ["a tag's value that is none", "InvalidTag: TagValue", codes, tagging(["a", "b<c"])],
  [
    "51 tags at birth",
    "BadRequest: cannot be greater than 50",
    codes,
    creating({
      CreateBucketConfiguration: { Tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: "" })) },
    }),
  ],
  [
    "versioning in no state",
    "IllegalVersioningConfigurationException",
    codes,
    setting("PutBucketVersioning", { VersioningConfiguration: {} }),
  ],
  [
    "versioning in another state",
    "MalformedXML",
    codes,
    setting("PutBucketVersioning", { VersioningConfiguration: { Status: "On" } }),
  ],
  ["versioning with MFA", "NotImplemented: MFA", ours, setting("PutBucketVersioning", { MFA: "x" })],
  [
    "deletion with MFA",
    "NotImplemented: MFADelete",
    ours,
    setting("PutBucketVersioning", { VersioningConfiguration: { Status: "Enabled", MFADelete: "Enabled" } }),
  ],
  ["no access block", "MalformedXML", codes, setting("PutPublicAccessBlock", {})],
  [
    "an access block of nothing",
    "InvalidRequest: Must specify at least one configuration.",
    moto,
    setting("PutPublicAccessBlock", { PublicAccessBlockConfiguration: {} }),
  ],
  [
    "an access block that was taken away",
    "NoSuchPublicAccessBlockConfiguration",
    codes,
    (aws) => {
      aws.run("DeletePublicAccessBlock", { Bucket })
      return aws.refused("GetPublicAccessBlock", { Bucket })
    },
  ],
  ["no encryption", "MalformedXML", api("PutBucketEncryption"), encrypting()],
  [
    "an encryption that isn't",
    "MalformedXML",
    api("PutBucketEncryption"),
    encrypting({ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "DES" } }),
  ],
  [
    "a key where none is used",
    "InvalidArgument: KMSMasterKeyID is not applicable",
    codes,
    encrypting({ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256", KMSMasterKeyID: "k" } }),
  ],
  ["two ownerships", "MalformedXML", codes, owning("ObjectWriter", "BucketOwnerPreferred")],
  ["an ownership of another name", "MalformedXML", codes, owning("Mine")],
  [
    "an ownership that was taken away",
    "OwnershipControlsNotFoundError",
    codes,
    (aws) => {
      aws.run("DeleteBucketOwnershipControls", { Bucket })
      return aws.refused("GetBucketOwnershipControls", { Bucket })
    },
  ],
]

const own = `arn:aws:s3:::${Bucket}`

const guarding = (statement: unknown) =>
  setting("PutBucketPolicy", { Policy: JSON.stringify({ Statement: statement }) })

const allowed = { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "s3:GetObject", Resource: `${own}/*` }

const policies = "S3 user guide: bucket policies"

export const policyRows: readonly S3Row[] = [
  ["a policy that isn't there", "NoSuchBucketPolicy", codes, setting("GetBucketPolicy", {})],
  [
    "a policy that is no JSON",
    "MalformedPolicy: the first byte must be '{'",
    codes,
    setting("PutBucketPolicy", { Policy: " {}" }),
  ],
  ["half a policy", "MalformedPolicy: must be valid JSON", codes, setting("PutBucketPolicy", { Policy: "{" })],
  ["a policy without a statement", "MalformedPolicy: Missing required field Statement", policies, guarding(undefined)],
  ["a statement that is none", "MalformedPolicy: must be an object", policies, guarding(["x"])],
  [
    "a statement about nobody",
    "MalformedPolicy: Missing required field Principal",
    policies,
    guarding([{ ...allowed, Principal: undefined }]),
  ],
  ["another effect", "MalformedPolicy: Invalid effect: Maybe", policies, guarding({ ...allowed, Effect: "Maybe" })],
  [
    "another service's action",
    "MalformedPolicy: invalid action",
    policies,
    guarding({ ...allowed, Action: "ec2:RunInstances" }),
  ],
  [
    "another bucket",
    "MalformedPolicy: invalid resource",
    policies,
    guarding({ ...allowed, Resource: ["arn:aws:s3:::mine-too/*", own] }),
  ],
  [
    "a policy for everybody",
    "AccessDenied: prevented by the BlockPublicPolicy setting",
    "S3 user guide: blocking public access",
    guarding({ ...allowed, Principal: "*" }),
  ],
  [
    "a policy for everybody who uses TLS",
    "AccessDenied: BlockPublicPolicy",
    "S3 user guide: blocking public access",
    guarding({ ...allowed, Principal: { AWS: ["*"] }, Condition: { Bool: { "aws:SecureTransport": "true" } } }),
  ],
]

const ruled = (...rules: object[]) =>
  setting("PutBucketLifecycleConfiguration", { LifecycleConfiguration: { Rules: rules } })

const rule: LifecycleRule = { Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 30 } }

const lifecycle = api("PutBucketLifecycleConfiguration")

export const lifecycleRows: readonly S3Row[] = [
  ["a life that isn't set", "NoSuchLifecycleConfiguration", codes, setting("GetBucketLifecycleConfiguration", {})],
  ["no rules", "MalformedXML", lifecycle, ruled()],
  ["1,001 rules", "MalformedXML", lifecycle, ruled(...Array(1001).fill(rule))],
  ["a rule in another state", "MalformedXML", lifecycle, ruled({ ...rule, Status: "On" })],
  ["a rule for nothing", "MalformedXML", lifecycle, ruled({ ...rule, Filter: undefined })],
  ["a rule with a filter of both kinds", "MalformedXML", lifecycle, ruled({ ...rule, Prefix: "" })],
  [
    "a rule that does nothing",
    "InvalidRequest: At least one action",
    lifecycle,
    ruled({ ...rule, Expiration: undefined }),
  ],
  ["two kinds of end", "MalformedXML", lifecycle, ruled({ ...rule, Expiration: { Days: 1, Date: new Date(0) } })],
  [
    "an end after no days",
    "InvalidArgument: 'Days' for Expiration action",
    lifecycle,
    ruled({ ...rule, Expiration: { Days: 0 } }),
  ],
  [
    "an end before a move",
    "InvalidArgument: must be greater than 'Days' in the Transition action",
    lifecycle,
    ruled({ ...rule, Transitions: [{ Days: 30, StorageClass: "GLACIER" }] }),
  ],
  [
    "old versions after no days",
    "InvalidArgument: 'NoncurrentDays' for NoncurrentVersionExpiration",
    lifecycle,
    ruled({ ...rule, NoncurrentVersionExpiration: { NoncurrentDays: 0 } }),
  ],
  [
    "unfinished uploads after no days",
    "InvalidArgument: 'DaysAfterInitiation'",
    lifecycle,
    ruled({ ...rule, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 0 } }),
  ],
  [
    "one name twice",
    "InvalidArgument: Rule ID must be unique",
    lifecycle,
    ruled({ ...rule, ID: "a" }, { ...rule, ID: "a" }),
  ],
]
