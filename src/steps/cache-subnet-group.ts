import {
  CreateCacheSubnetGroupCommand,
  DeleteCacheSubnetGroupCommand,
  DescribeCacheSubnetGroupsCommand,
  type CacheSubnetGroup as Described,
  ModifyCacheSubnetGroupCommand,
  paginateDescribeCacheSubnetGroups,
} from "@aws-sdk/client-elasticache"
import { namedIn, onAnything } from "../aws/allow.ts"
import { unlessNotFound } from "../aws/already.ts"
import { describedAs, descriptionOf } from "../aws/described.ts"
import { cacheName } from "../aws/elasticache/cache-names.ts"
import type { SubnetId, VpcId } from "../aws/ids.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

/** The subnets that a cache may be in. */
export interface CacheSubnetGroup {
  readonly groupName: string
  readonly vpcId: string
  readonly subnetIds: readonly string[]
}

export interface CacheSubnetGroupWish {
  readonly scope: Scope
  readonly name: string
  readonly vpc: Need<{ readonly id: VpcId }>
  readonly subnets: readonly Need<{ readonly id: SubnetId }>[]
}

export const cacheSubnetGroup = ({ scope, name, vpc, subnets }: CacheSubnetGroupWish) => {
  const groupName = cacheName(scope, name)
  return step({
    kind: cacheSubnetGroupKind,
    name,
    scope,
    needs: { vpc, subnets },
    // Their ids are all that it needs, so that what takes longest is asked for sooner.
    started: ["vpc", "subnets"],
    // What is in it stays in its subnets.
    rooted: ["subnets"],
    spec: { groupName },
    links: ({ vpc, subnets }) => ({ vpcId: vpc.id, subnetIds: subnets.map(({ id }) => id).toSorted() }),
    async occupant(ctx) {
      const command = new DescribeCacheSubnetGroupsCommand({ CacheSubnetGroupName: groupName })
      const found = await unlessNotFound(ctx.elasticache.send(command))
      return found?.CacheSubnetGroups?.map(liveOf)[0]
    },
    async create(ctx, { subnets }, birth) {
      await ctx.elasticache.send(
        new CreateCacheSubnetGroupCommand({
          CacheSubnetGroupName: groupName,
          CacheSubnetGroupDescription: descriptionOf(birth),
          SubnetIds: subnets.map(({ id }) => id),
          Tags: birthTags(birth),
        }),
      )
    },
    async update(ctx, _live, _changes, { subnets }) {
      const SubnetIds = subnets.map(({ id }) => id)
      await ctx.elasticache.send(new ModifyCacheSubnetGroupCommand({ CacheSubnetGroupName: groupName, SubnetIds }))
    },
  })
}

export const cacheSubnetGroupKind: CloudKind<CacheSubnetGroup> = {
  name: "cache-subnet-group",
  unique: "name",
  async list(ctx, scopes) {
    const pages = paginateDescribeCacheSubnetGroups({ client: ctx.elasticache }, {})
    const ours = describedAs(
      "cache-subnet-group",
      await everyItem(pages, (page) => page.CacheSubnetGroups),
      (group) => group.CacheSubnetGroupDescription,
      (group) => ({ live: liveOf(group), phase: "ready" }),
    )
    return ours.filter(({ scope }) => scopes.includes(scope))
  },
  async destroy(ctx, { groupName }) {
    await ctx.elasticache.send(new DeleteCacheSubnetGroupCommand({ CacheSubnetGroupName: groupName }))
    return undefined
  },
  before: ["cache"],
  fixed: ["groupName", "vpcId"],
  blank: { groupName: "", vpcId: "", subnetIds: [] },
  allow: [
    onAnything("elasticache:DescribeCacheSubnetGroups"),
    {
      action: [
        "elasticache:CreateCacheSubnetGroup",
        "elasticache:ModifyCacheSubnetGroup",
        "elasticache:DeleteCacheSubnetGroup",
        "elasticache:AddTagsToResource",
      ],
      resource: namedIn("elasticache", "subnetgroup"),
    },
  ],
  usually: { create: 2, update: 2, destroy: 2 },
}

const liveOf = ({ CacheSubnetGroupName = "", VpcId = "", Subnets = [] }: Described): CacheSubnetGroup => ({
  groupName: CacheSubnetGroupName,
  vpcId: VpcId,
  subnetIds: Subnets.map(({ SubnetIdentifier = "" }) => SubnetIdentifier).toSorted(),
})
