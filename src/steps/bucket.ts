import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  paginateListBuckets,
} from "@aws-sdk/client-s3"
import { bucketArn, onAnything, ownBucketArn } from "../aws/allow.ts"
import type { Cloud, Place } from "../aws/cloud.ts"
import { trailArnFor } from "../aws/cloudtrail/trail-names.ts"
import type { Policy } from "../aws/iam/policy.ts"
import { bucketNameFor, stateBucketName } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { contentsOf, emptyBucket } from "../aws/s3/bucket-contents.ts"
import { type BucketSettings, changeSettings, settingReads, settingsOf } from "../aws/s3/bucket-settings.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"
import { monthlyUsd } from "../prices.ts"
import accessLogsPolicy from "../templates/access-logs-bucket.json" with { type: "json" }
import configPolicy from "../templates/config-bucket.json" with { type: "json" }
import flowLogsPolicy from "../templates/flow-logs-bucket.json" with { type: "json" }
import privatePolicy from "../templates/private-bucket.json" with { type: "json" }
import { render } from "../templates/render.ts"
import trailPolicy from "../templates/trail-bucket.json" with { type: "json" }

export interface Bucket extends BucketSettings {
  readonly bucket: string
  readonly arn: string
}

interface BucketWish {
  readonly place: Place
  readonly scope: Scope
  readonly name: string
  readonly bucket: string
  readonly settings: Pick<BucketSettings, "versioned" | "policy" | "lifecycle">
}

const bucketStep = ({ place, scope, name, bucket, settings }: BucketWish) => {
  const want: BucketSettings = { ...strict, ...settings }
  return step({
    kind: bucketKind,
    name,
    scope,
    needs: {},
    spec: { bucket, arn: arnOf(place, bucket), ...want },
    async create(ctx, _, birth) {
      // The oldest region has no name here; one that the SDK does not know yet may be one that AWS has.
      const LocationConstraint = ctx.region === "us-east-1" ? undefined : (ctx.region as BucketLocationConstraint)
      await ctx.s3.send(
        new CreateBucketCommand({
          Bucket: bucket,
          CreateBucketConfiguration: { Tags: birthTags(birth), ...(LocationConstraint && { LocationConstraint }) },
        }),
      )
    },
    async update(ctx, _, changes) {
      await changeSettings(ctx, bucket, new Set(changes.map(({ field }) => field)), want)
    },
  })
}

/** The bucket of locks, records and former values: it belongs to the account and outlives every environment. */
export const stateBucket = (place: Place) => {
  const bucket = stateBucketName(place)
  return bucketStep({
    place,
    scope: "account",
    name: "state",
    bucket,
    settings: {
      versioned: true,
      policy: render(privatePolicy, { ...place, bucket }),
      lifecycle: [{ ...allObjects("former-versions"), NoncurrentVersionExpiration: { NoncurrentDays: 90 } }],
    },
  })
}

interface LogBucketWish {
  readonly place: Place
  readonly scope: Scope
}

const logBucket = ({ place, scope }: LogBucketWish, name: string, template: Policy, days = 90) => {
  const bucket = bucketNameFor(place, `${scope}-${name}`)
  return bucketStep({
    place,
    scope,
    name,
    bucket,
    settings: {
      versioned: false,
      policy: render(template, { ...place, bucket }),
      lifecycle: [{ ...allObjects(`after-${days}-days`), Expiration: { Days: days } }],
    },
  })
}

interface Keeping {
  readonly id: string
  readonly days: number
  /** For how many days what was overwritten or deleted is still there. */
  readonly former: number
}

/** A bucket whose former versions are kept for a while. */
function keptBucket(
  { place, scope }: LogBucketWish,
  name: string,
  { id, days, former }: Keeping,
  template: Policy,
  names: Readonly<Record<string, string>> = {},
) {
  const bucket = bucketNameFor(place, `${scope}-${name}`)
  const NoncurrentVersionExpiration = { NoncurrentDays: former }
  return bucketStep({
    place,
    scope,
    name,
    bucket,
    settings: {
      versioned: true,
      policy: render(template, { ...place, bucket, ...names }),
      lifecycle: [{ ...allObjects(id), Expiration: { Days: days }, NoncurrentVersionExpiration }],
    },
  })
}

export const flowLogsBucket = (wish: LogBucketWish) => logBucket(wish, "flow-logs", flowLogsPolicy)

/** Who asked the load balancer for what. */
export const accessLogsBucket = (wish: LogBucketWish) => logBucket(wish, "access-logs", accessLogsPolicy)

/** What is kept of databases and configurations; what is overwritten or deleted there stays for a month. */
export const backupBucket = (wish: LogBucketWish) =>
  keptBucket(wish, "backups", { id: "after-a-year", days: 365, former: 30 }, privatePolicy)

/** What was there, whenever it changed. */
export const configBucket = (wish: LogBucketWish) => logBucket(wish, "config", configPolicy, 730)

/** What the account's trail writes, for two years; what somebody overwrites or deletes there stays for three months. */
export const trailBucket = ({ trail, ...wish }: LogBucketWish & { readonly trail: string }) =>
  keptBucket(wish, "trail", { id: "after-two-years", days: 730, former: 90 }, trailPolicy, {
    trail: trailArnFor(wish.place, wish.scope, trail),
  })

/** What every bucket of ours is, and most of it what S3 makes of a new one by itself. */
const strict = {
  encryption: "AES256",
  publicAccess: "blocked",
  ownership: "BucketOwnerEnforced",
} as const

const allObjects = (ID: string) => ({
  ID,
  Status: "Enabled" as const,
  Filter: { Prefix: "" },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
})

const arnOf = ({ partition }: Pick<Place, "partition">, bucket: string) => `arn:${partition}:s3:::${bucket}`

const ours = [bucketArn("state"), ownBucketArn("*")] as const

const blank: Bucket = { bucket: "", arn: "", versioned: false, ...strict, policy: null, lifecycle: [] }

export const bucketKind: CloudKind<Bucket> = {
  name: "bucket",
  unique: "name",
  async list(ctx, scopes) {
    const pages = paginateListBuckets({ client: ctx.s3 }, { Prefix: bucketNameFor(ctx, "") })
    const buckets = await everyItem(pages, (page) => page.Buckets)
    return buckets.flatMap(({ Name: bucket = "" }) => {
      const identity = whose(ctx, scopes, bucket)
      const live = { ...blank, bucket, arn: arnOf(ctx, bucket) }
      return identity ? [{ ...identity, live, owner: "ours", phase: "ready" } as const] : []
    })
  },
  async complete(ctx, found) {
    return { ...found, live: { ...found.live, ...(await settingsOf(ctx, found.live.bucket)) } }
  },
  completes: settingReads,
  async destroy(ctx, { bucket }, { purge }) {
    // Whoever takes it takes the locks and records of all environments.
    if (bucket === stateBucketName(ctx)) return `the bucket ${bucket}: the locks and records of this account`
    if (purge) await emptyBucket(ctx, bucket)
    else {
      const remains = await inWords(ctx, bucket)
      if (remains) return remains
    }
    await ctx.s3.send(new DeleteBucketCommand({ Bucket: bucket, ExpectedBucketOwner: ctx.account }))
    return undefined
  },
  before: ["flow-log", "load-balancer", "trail", "recorder"],
  fixed: ["bucket", "arn"],
  blank,
  holdsData: true,
  allow: [
    onAnything("s3:ListAllMyBuckets"),
    ...ours.map((resource) => ({
      action: [
        "s3:CreateBucket",
        "s3:TagResource",
        "s3:GetBucketVersioning",
        "s3:PutBucketVersioning",
        "s3:GetEncryptionConfiguration",
        "s3:PutEncryptionConfiguration",
        "s3:GetBucketPublicAccessBlock",
        "s3:PutBucketPublicAccessBlock",
        "s3:GetBucketOwnershipControls",
        "s3:PutBucketOwnershipControls",
        "s3:GetBucketPolicy",
        "s3:PutBucketPolicy",
        "s3:GetLifecycleConfiguration",
        "s3:PutLifecycleConfiguration",
      ],
      resource,
    })),
    // What all stand on is never taken away, and nothing of it but by its own steps.
    { action: ["s3:ListBucketVersions", "s3:DeleteBucket"], resource: ownBucketArn("*") },
    { action: "s3:DeleteObjectVersion", resource: ownBucketArn("*/*") },
  ],
  usually: { create: 2, update: 2, destroy: 2 },
}

/** Bucket names say whose they are: account and region, scope, and the step's own name. */
function whose(ctx: Cloud, scopes: readonly Scope[], bucket: string) {
  if (bucket === stateBucketName(ctx))
    return scopes.includes("account") ? { scope: "account", name: "state" } : undefined
  const scope = scopes.find((one) => bucket.startsWith(bucketNameFor(ctx, `${one}-`)))
  return scope === undefined ? undefined : { scope, name: bucket.slice(bucketNameFor(ctx, `${scope}-`).length) }
}

/** What is in it, where something is. */
async function inWords(ctx: Cloud, bucket: string): Promise<string | undefined> {
  const { objects, bytes, more } = await contentsOf(ctx, bucket)
  if (objects === 0) return undefined
  const gigabytes = bytes / 1024 ** 3
  const usd = monthlyUsd({ sku: "s3/standard-gb", units: gigabytes }) ?? 0
  const date = new Date(ctx.clock.now()).toISOString().slice(0, 10)
  const count = more ? `more than ${objects} objects` : objects === 1 ? "1 object" : `${objects} objects`
  return `the bucket ${bucket} with ${count}: ${more ? "at least " : ""}${gigabytes.toFixed(2)} GB, ${usd.toFixed(2)} USD a month on ${date}`
}
