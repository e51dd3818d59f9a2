import {
  AddTagsCommand,
  CreateTrailCommand,
  DeleteTrailCommand,
  ListTagsCommand,
  RemoveTagsCommand,
} from "@aws-sdk/client-cloudtrail"
import { arn as arnOf, iamArn, onAnything } from "../aws/allow.ts"
import type { Place } from "../aws/cloud.ts"
import { otherTrail } from "../aws/cloudtrail/other-trails.ts"
import { activityReads, type Trail, trailLive, trailsSeen, withActivity, withItsOwn } from "../aws/cloudtrail/trail.ts"
import { changeTrail, restoreTrail } from "../aws/cloudtrail/trail-change.ts"
import { isKept, type Kept } from "../aws/kept.ts"
import { listed } from "../aws/listed.ts"
import { nameFor } from "../aws/names.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { adoptionTags, birthTags, tagKeys } from "../aws/tags.ts"
import type { Scope, Unwished } from "../engine/types.ts"
import { Refused } from "../errors.ts"
import { type KmsKey, kmsKeyKind } from "./kms-key.ts"
import { type LogGroup, logGroupKind } from "./log-group.ts"
import { type Role, roleKind } from "./role.ts"

export interface TrailWish {
  readonly place: Place
  readonly scope: Scope
  readonly name: string
  readonly bucket: Need<{ readonly bucket: string }>
  readonly key?: Need<{ readonly arn: string }> | undefined
  readonly logs?: TrailLogs | undefined
}

/** Where it also writes, for alarms to look at, and the role in which it does so. */
export interface TrailLogs {
  readonly group: Need<{ readonly logGroup: string }>
  readonly role: Need<{ readonly roleName: string; readonly path: string }>
}

export const trail = ({ place, scope, name, bucket, key, logs }: TrailWish) => {
  return step({
    kind: trailKind,
    name,
    scope,
    needs: { bucket, keys: key ? [key] : [], groups: logs ? [logs.group] : [], roles: logs ? [logs.role] : [] },
    spec: { multiRegion: true, globalEvents: true, validation: true, management: "all", logging: true },
    links: ({ bucket, keys: [key], groups: [group], roles: [role] }) => ({
      bucket: bucket.bucket,
      ...(key && { key: key.arn }),
      ...(group && { logGroup: arnOfGroup(place, group) }),
      ...(role && { role: arnOfRole(place, role) }),
    }),
    // Nobody undoes what guards the account by leaving something out: only where it goes, the trail goes on without.
    without({ key, logGroup, role }, unwished) {
      const going = unwished.flatMap((one) => arnIn(place, one) ?? [])
      const goes = (one: string | Kept) => typeof one === "string" && going.includes(one)
      return {
        ...(goes(key) && { key: "" }),
        ...((goes(logGroup) || goes(role)) && { logGroup: "", role: "" }),
      }
    },
    hinders: (live) =>
      logs && isKept(live.logGroup) ? `${writesElsewhere(live.arn, live.logGroup)}: ${orElse}` : undefined,
    occupant: otherTrail,
    async create(ctx, { bucket }, birth) {
      await ctx.cloudtrail.send(
        new CreateTrailCommand({
          Name: nameFor(scope, name),
          S3BucketName: bucket.bucket,
          IsMultiRegionTrail: true,
          IncludeGlobalServiceEvents: true,
          EnableLogFileValidation: true,
          TagsList: birthTags(birth),
        }),
      )
    },
    async update(ctx, live, changes) {
      const wanted: Partial<Trail> = Object.fromEntries(changes.map(({ field, want }) => [field, want]))
      const { logGroup = live.logGroup, role = live.role, ...rest } = wanted
      const moves = "logGroup" in wanted || "role" in wanted
      const { logGroup: theirs } = live
      await changeTrail(ctx, live, moves && !isKept(theirs) ? { logGroup, role, ...rest } : rest)
      // Somebody gave it one since the plan was made.
      if (moves && isKept(theirs)) throw new Refused(writesElsewhere(live.arn, theirs), { hint: orElse })
    },
    async adopt(ctx, { arn }, birth) {
      await ctx.cloudtrail.send(new AddTagsCommand({ ResourceId: arn, TagsList: adoptionTags(birth) }))
    },
    restore: restoreTrail,
  })
}

const arnOfGroup = ({ partition, region, account }: Place, { logGroup }: Pick<LogGroup, "logGroup">) =>
  `arn:${partition}:logs:${region}:${account}:log-group:${logGroup}:*`

const arnOfRole = ({ partition, account }: Place, { path, roleName }: Pick<Role, "path" | "roleName">) =>
  `arn:${partition}:iam::${account}:role${path}${roleName}`

/** As a trail names what it can write with. */
function arnIn(place: Place, { kind, live }: Unwished): string | undefined {
  if (kind === kmsKeyKind) return (live as KmsKey).arn
  if (kind === logGroupKind) return arnOfGroup(place, live as LogGroup)
  return kind === roleKind ? arnOfRole(place, live as Role) : undefined
}

const writesElsewhere = (arn: string, { kept }: Kept) =>
  `the trail ${arn} writes to the log group ${kept} already, and no trail writes to two`

const orElse =
  "leave the alarms on changes out with --without change-alarms, or take that log group off the trail by hand"

export const trailKind: CloudKind<Trail> = {
  name: "trail",
  unique: "name",
  async list(ctx) {
    const own = (await trailsSeen(ctx, false)).filter(({ TrailARN }) => TrailARN?.split(":")[4] === ctx.account)
    const ResourceIdList = own.flatMap(({ TrailARN }) => TrailARN ?? [])
    if (ResourceIdList.length === 0) return []
    const { ResourceTagList = [] } = await ctx.cloudtrail.send(new ListTagsCommand({ ResourceIdList }))
    const tags = new Map(ResourceTagList.map(({ ResourceId, TagsList = [] }) => [ResourceId, TagsList]))
    const tagged = own.map((one) => ({ ...one, Tags: tags.get(one.TrailARN)?.map(whole) }))
    return listed("trail", tagged, (one) => ({ live: trailLive(one), phase: "ready" }))
  },
  async complete(ctx, found) {
    const live = await withActivity(ctx, found.live)
    return { ...found, live: found.owner === "adopted" ? await withItsOwn(ctx, live) : live }
  },
  completes: activityReads,
  async destroy(ctx, { arn: Name }) {
    await ctx.cloudtrail.send(new DeleteTrailCommand({ Name }))
    return undefined
  },
  async release(ctx, { arn }) {
    const TagsList = Object.values(tagKeys).map((Key) => ({ Key }))
    await ctx.cloudtrail.send(new RemoveTagsCommand({ ResourceId: arn, TagsList }))
  },
  // Without its log group the alarms would look at nothing: there what it has of its own is not enough.
  agrees: (field, live) => isKept(live) && !["logGroup", "role"].includes(field),
  fixed: [],
  blank: trailLive({}),
  allow: [
    onAnything("cloudtrail:DescribeTrails", "kms:ListResourceTags"),
    {
      action: [
        "cloudtrail:ListTags",
        "cloudtrail:GetTrailStatus",
        "cloudtrail:GetEventSelectors",
        "cloudtrail:UpdateTrail",
        "cloudtrail:PutEventSelectors",
        "cloudtrail:StartLogging",
        "cloudtrail:StopLogging",
        "cloudtrail:AddTags",
        "cloudtrail:RemoveTags",
      ],
      // One that is adopted has a name of its own, may have been stopped before, and is never deleted.
      resource: arnOf("cloudtrail", "trail/*"),
    },
    {
      action: ["cloudtrail:CreateTrail", "cloudtrail:DeleteTrail"],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
      resource: arnOf("cloudtrail", "trail/smart0dte-${scope}-*"),
    },
    {
      action: "iam:PassRole",
      resource: iamArn("role"),
      when: { StringEquals: { "iam:PassedToService": "cloudtrail.amazonaws.com" } },
    },
  ],
  usually: { create: 5, update: 3, destroy: 2 },
}

const whole = ({
  Key = "",
  Value = "",
}: {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}) => ({
  Key,
  Value,
})
