import { type Trail as Described, DescribeTrailsCommand, GetTrailStatusCommand } from "@aws-sdk/client-cloudtrail"
import type { Cloud } from "../cloud.ts"
import { isKept, type Kept } from "../kept.ts"
import { isOurKey } from "../kms/our-keys.ts"
import { managementIn, type Selectors, selectorsOf } from "./selectors.ts"

/** Who did what in the account, in all regions, written where it can be read later. */
export interface Trail {
  readonly arn: string
  readonly bucket: string | Kept
  readonly multiRegion: boolean
  readonly globalEvents: boolean
  /** Digests by which it is seen when somebody changed what was written. */
  readonly validation: boolean
  /** What is done to the account itself: all of it, or not. */
  readonly management: "all" | "some"
  /** A trail that is only made writes nothing. */
  readonly logging: boolean
  /** The ARN of the KMS key that it is written under; without one it is S3's own. */
  readonly key: string | Kept
  /** Where alarms on changes look. */
  readonly logGroup: string | Kept
  readonly role: string | Kept
  readonly selectors: Selectors
}

export async function trailsSeen(ctx: Cloud, includeShadowTrails: boolean): Promise<readonly Described[]> {
  const { trailList = [] } = await ctx.cloudtrail.send(new DescribeTrailsCommand({ includeShadowTrails }))
  return trailList
}

export const trailLive = (described: Described): Trail => ({
  arn: described.TrailARN ?? "",
  bucket: described.S3BucketName ?? "",
  multiRegion: described.IsMultiRegionTrail ?? false,
  globalEvents: described.IncludeGlobalServiceEvents ?? false,
  validation: described.LogFileValidationEnabled ?? false,
  management: "some",
  logging: false,
  key: described.KmsKeyId ?? "",
  logGroup: described.CloudWatchLogsLogGroupArn ?? "",
  role: described.CloudWatchLogsRoleArn ?? "",
  selectors: { basic: [], advanced: [] },
})

/** How many questions `withActivity` asks. */
export const activityReads = 2

/** What no list shows: whether it writes anything at all, and which events. */
export async function withActivity(ctx: Cloud, live: Trail): Promise<Trail> {
  const [{ IsLogging }, selectors] = await Promise.all([
    ctx.cloudtrail.send(new GetTrailStatusCommand({ Name: live.arn })),
    selectorsOf(ctx, live.arn),
  ])
  return { ...live, logging: IsLogging ?? false, management: managementIn(selectors), selectors }
}

/** Of an adopted one, with what it has of its own told apart from what we gave it. */
export async function withItsOwn(ctx: Cloud, live: Trail): Promise<Trail> {
  const { bucket, key, logGroup, role } = live
  const ourLogs = typeof logGroup === "string" && (logGroup === "" || logGroup.includes(":log-group:/smart0dte/"))
  const ourKey = typeof key === "string" && (key === "" || (await isOurKey(ctx, key)))
  return {
    ...live,
    bucket: asKept(bucket),
    ...(!ourKey && { key: asKept(key) }),
    ...(!ourLogs && { logGroup: asKept(logGroup), role: asKept(role) }),
  }
}

const asKept = (value: string | Kept): Kept => (isKept(value) ? value : { kept: value })
