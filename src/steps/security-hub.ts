import {
  BatchDisableStandardsCommand,
  BatchEnableStandardsCommand,
  DescribeHubCommand,
  DisableSecurityHubCommand,
  EnableSecurityHubCommand,
  ListTagsForResourceCommand,
  paginateGetEnabledStandards,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecurityHubConfigurationCommand,
} from "@aws-sdk/client-securityhub"
import { onAnything, serviceLinked } from "../aws/allow.ts"
import { unlessNotFound } from "../aws/already.ts"
import type { Cloud, Place } from "../aws/cloud.ts"
import { listed } from "../aws/listed.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { adoptionTags, birthTags, tagKeys, tagMap, tagsOfMap } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

/** What holds the account against standards, by what AWS Config has recorded. */
export interface SecurityHub {
  readonly arn: string
  /** Checks that AWS adds to a standard count from then on. */
  readonly newControls: boolean
  /** The ARNs of the standards that it holds the account against. */
  readonly standards: readonly string[]
}

export interface SecurityHubWish {
  readonly place: Place
  readonly scope: Scope
  readonly name: string
  readonly recorder: Need<{ readonly recording: boolean }>
}

export const securityHub = ({ place, scope, name, recorder }: SecurityHubWish) => {
  const standards = wantedStandards.map((one) => `arn:${place.partition}:securityhub:${place.region}::standards/${one}`)
  return step({
    kind: securityHubKind,
    name,
    scope,
    needs: { recorder },
    spec: { newControls: true, standards },
    /** A region has one or none. */
    async occupant(ctx) {
      const hub = await hubHere(ctx)
      return hub && { ...hub, standards: await standardsOf(ctx) }
    },
    async create(ctx, _, birth) {
      const Tags = tagMap(birthTags(birth))
      // Those that AWS would choose are not those that are wanted.
      const chosen = { EnableDefaultStandards: false, ControlFindingGenerator: "SECURITY_CONTROL" as const }
      await ctx.securityhub.send(new EnableSecurityHubCommand({ Tags, ...chosen }))
    },
    async update(ctx, live, changes) {
      const changed = new Set(changes.map(({ field }) => field))
      if (changed.has("newControls"))
        await ctx.securityhub.send(new UpdateSecurityHubConfigurationCommand({ AutoEnableControls: true }))
      const missing = standards.filter((arn) => !live.standards.includes(arn))
      const StandardsSubscriptionRequests = missing.map((StandardsArn) => ({ StandardsArn }))
      if (missing.length > 0)
        await ctx.securityhub.send(new BatchEnableStandardsCommand({ StandardsSubscriptionRequests }))
    },
    async adopt(ctx, { arn: ResourceArn }, birth) {
      await ctx.securityhub.send(new TagResourceCommand({ ResourceArn, Tags: tagMap(adoptionTags(birth)) }))
    },
    async restore(ctx, _, former) {
      if (!former.newControls)
        await ctx.securityhub.send(new UpdateSecurityHubConfigurationCommand({ AutoEnableControls: false }))
      const added = (await subscriptionsOf(ctx)).filter(
        ({ StandardsArn = "" }) => standards.includes(StandardsArn) && !former.standards.includes(StandardsArn),
      )
      const StandardsSubscriptionArns = added.flatMap(({ StandardsSubscriptionArn }) => StandardsSubscriptionArn ?? [])
      if (added.length > 0) await ctx.securityhub.send(new BatchDisableStandardsCommand({ StandardsSubscriptionArns }))
    },
  })
}

const wantedStandards = [
  "aws-foundational-security-best-practices/v/1.0.0",
  "cis-aws-foundations-benchmark/v/5.0.0",
] as const

export const securityHubKind: CloudKind<SecurityHub> = {
  name: "security-hub",
  unique: "name",
  async list(ctx) {
    const hub = await hubHere(ctx)
    if (!hub) return []
    const { Tags } = await ctx.securityhub.send(new ListTagsForResourceCommand({ ResourceArn: hub.arn }))
    return listed("security-hub", [{ hub, Tags: tagsOfMap(Tags) }], ({ hub: live }) => ({ live, phase: "ready" }))
  },
  async complete(ctx, found) {
    return { ...found, live: { ...found.live, standards: await standardsOf(ctx) } }
  },
  completes: 1,
  async destroy(ctx) {
    await ctx.securityhub.send(new DisableSecurityHubCommand({}))
    return undefined
  },
  async release(ctx, { arn: ResourceArn }) {
    await ctx.securityhub.send(new UntagResourceCommand({ ResourceArn, TagKeys: Object.values(tagKeys) }))
  },
  // What somebody adds is looked at as well.
  agrees: (field, live, want) =>
    field === "standards" && Array.isArray(live) && Array.isArray(want) && want.every((one) => live.includes(one)),
  fixed: [],
  blank: { arn: "", newControls: false, standards: [] },
  allow: [
    onAnything(
      "securityhub:DescribeHub",
      "securityhub:EnableSecurityHub",
      "securityhub:DisableSecurityHub",
      "securityhub:UpdateSecurityHubConfiguration",
      "securityhub:GetEnabledStandards",
      "securityhub:BatchEnableStandards",
      "securityhub:BatchDisableStandards",
      "securityhub:ListTagsForResource",
      "securityhub:TagResource",
      "securityhub:UntagResource",
    ),
    serviceLinked("securityhub.amazonaws.com"),
  ],
  price: () => [{ sku: "securityhub/checks", units: 1 }],
  usually: { create: 5, update: 30, destroy: 5 },
}

async function hubHere(ctx: Cloud): Promise<SecurityHub | undefined> {
  const hub = await unlessNotFound(ctx.securityhub.send(new DescribeHubCommand({})))
  return hub && { arn: hub.HubArn ?? "", newControls: hub.AutoEnableControls ?? false, standards: [] }
}

const subscriptionsOf = (ctx: Cloud) =>
  everyItem(paginateGetEnabledStandards({ client: ctx.securityhub }, {}), (page) => page.StandardsSubscriptions)

/** One that is on its way out is none any more. */
const standardsOf = async (ctx: Cloud): Promise<readonly string[]> =>
  (await subscriptionsOf(ctx))
    .filter(({ StandardsStatus }) => StandardsStatus !== "DELETING" && StandardsStatus !== "FAILED")
    .map(({ StandardsArn = "" }) => StandardsArn)
