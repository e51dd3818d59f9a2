import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3"
import { NotFound } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import type { Policy } from "../iam/policy.ts"

export interface BucketSettings {
  /** Whether what is overwritten or deleted is kept for a while. */
  readonly versioned: boolean
  readonly encryption: string
  /** Nothing in it can be made public, whatever a policy or an access list says. */
  readonly publicAccess: "blocked" | "possible"
  /** Whose its objects are, whoever wrote them. */
  readonly ownership: string
  readonly policy: Policy | null
  readonly lifecycle: readonly LifecycleRule[]
}

/** How many questions `settingsOf` asks. */
export const settingReads = 6

export async function settingsOf(ctx: Cloud, bucket: string): Promise<BucketSettings> {
  const where = { Bucket: bucket, ExpectedBucketOwner: ctx.account }
  const [versioning, encryption, access, ownership, policy, lifecycle] = await Promise.all([
    ctx.s3.send(new GetBucketVersioningCommand(where)),
    ifAny(ctx.s3.send(new GetBucketEncryptionCommand(where))),
    ifAny(ctx.s3.send(new GetPublicAccessBlockCommand(where))),
    ifAny(ctx.s3.send(new GetBucketOwnershipControlsCommand(where))),
    ifAny(ctx.s3.send(new GetBucketPolicyCommand(where))),
    ifAny(ctx.s3.send(new GetBucketLifecycleConfigurationCommand(where))),
  ])
  const rule = encryption?.ServerSideEncryptionConfiguration?.Rules?.[0]
  const block = access?.PublicAccessBlockConfiguration
  return {
    versioned: versioning.Status === "Enabled",
    encryption: rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? "none",
    publicAccess: ways.every((way) => block?.[way]) ? "blocked" : "possible",
    ownership: ownership?.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? "none",
    // A policy of any other shape is one that differs.
    policy: policy?.Policy ? (JSON.parse(policy.Policy) as Policy) : null,
    lifecycle: (lifecycle?.Rules ?? []).map(normalised),
  }
}

/** Changes these of its settings; a bucket that has once kept versions can only stop making new ones. */
export async function changeSettings(
  ctx: Cloud,
  bucket: string,
  fields: ReadonlySet<string>,
  want: BucketSettings,
): Promise<void> {
  const where = { Bucket: bucket, ExpectedBucketOwner: ctx.account }
  if (fields.has("publicAccess"))
    await ctx.s3.send(new PutPublicAccessBlockCommand({ ...where, PublicAccessBlockConfiguration: allBlocked }))
  if (fields.has("ownership")) {
    const OwnershipControls = { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" as const }] }
    await ctx.s3.send(new PutBucketOwnershipControlsCommand({ ...where, OwnershipControls }))
  }
  if (fields.has("encryption")) {
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" as const } }]
    await ctx.s3.send(new PutBucketEncryptionCommand({ ...where, ServerSideEncryptionConfiguration: { Rules } }))
  }
  if (fields.has("versioned")) {
    const Status = want.versioned ? "Enabled" : "Suspended"
    await ctx.s3.send(new PutBucketVersioningCommand({ ...where, VersioningConfiguration: { Status } }))
  }
  if (fields.has("policy"))
    await ctx.s3.send(new PutBucketPolicyCommand({ ...where, Policy: JSON.stringify(want.policy) }))
  if (fields.has("lifecycle")) {
    const LifecycleConfiguration = { Rules: [...want.lifecycle] }
    await ctx.s3.send(new PutBucketLifecycleConfigurationCommand({ ...where, LifecycleConfiguration }))
  }
}

/** In which a bucket's content can become public. */
const ways = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"] as const

const allBlocked = Object.fromEntries(ways.map((way) => [way, true]))

/** S3 has several ways to say "all objects". */
const normalised = ({ Prefix, Filter, ...rule }: LifecycleRule): LifecycleRule => ({
  ...rule,
  Filter: { ...Filter, Prefix: Filter?.Prefix ?? Prefix ?? "" },
})

/** S3 answers with a refusal where a setting was never made. */
async function ifAny<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof NotFound && error.code !== "NoSuchBucket") return undefined
    throw error
  }
}
