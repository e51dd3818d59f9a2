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
import { isKept } from "../aws/kept.ts"
import { listed } from "../aws/listed.ts"
import { nameFor } from "../aws/names.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { adoptionTags, birthTags, tagKeys } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"
import { Refused } from "../errors.ts"

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
  const { partition, region, account } = place
  return step({
    kind: trailKind,
    name,
    scope,
    needs: { bucket, keys: key ? [key] : [], groups: logs ? [logs.group] : [], roles: logs ? [logs.role] : [] },
    spec: { multiRegion: true, globalEvents: true, validation: true, management: "all", logging: true },
    links: ({ bucket, keys: [key], groups: [group], roles: [role] }) => ({
      bucket: bucket.bucket,
      key: key?.arn ?? "",
      logGroup: group ? `arn:${partition}:logs:${region}:${account}:log-group:${group.logGroup}:*` : "",
      role: role ? `arn:${partition}:iam::${account}:role${role.path}${role.roleName}` : "",
    }),
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
      if (isKept(live.logGroup) && ("logGroup" in wanted || "role" in wanted))
        throw new Refused(`the trail ${live.arn} writes to the log group ${live.logGroup.kept} already`, {
          hint: "it is not ours, and can write to one only: leave the alarms on changes out",
        })
      const logs = "logGroup" in wanted || "role" in wanted ? { logGroup: live.logGroup, role: live.role } : {}
      await changeTrail(ctx, live, { ...logs, ...wanted })
    },
    async adopt(ctx, { arn }, birth) {
      await ctx.cloudtrail.send(new AddTagsCommand({ ResourceId: arn, TagsList: adoptionTags(birth) }))
    },
    restore: restoreTrail,
  })
}

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
  agrees: (field, live, want) => isKept(live) && (want === "" || !["logGroup", "role"].includes(field)),
  fixed: [],
  blank: trailLive({}),
  allow: [
    onAnything("cloudtrail:DescribeTrails", "kms:ListResourceTags"),
    {
      action: [
        "cloudtrail:ListTags",
        "cloudtrail:GetTrailStatus",
        "cloudtrail:GetEventSelectors",
        "cloudtrail:CreateTrail",
        "cloudtrail:UpdateTrail",
        "cloudtrail:PutEventSelectors",
        "cloudtrail:StartLogging",
        "cloudtrail:StopLogging",
        "cloudtrail:DeleteTrail",
        "cloudtrail:AddTags",
        "cloudtrail:RemoveTags",
      ],
      // One that is adopted has a name of its own.
      resource: arnOf("cloudtrail", "trail/*"),
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
