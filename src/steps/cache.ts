import {
  type CacheCluster,
  CreateReplicationGroupCommand,
  DeleteReplicationGroupCommand,
  DescribeCacheClustersCommand,
  DescribeCacheSubnetGroupsCommand,
  DescribeReplicationGroupsCommand,
  paginateDescribeReplicationGroups,
} from "@aws-sdk/client-elasticache"
import { namedIn, onAnything } from "../aws/allow.ts"
import { unlessNotFound } from "../aws/already.ts"
import type { Cloud } from "../aws/cloud.ts"
import { describedAs, descriptionOf } from "../aws/described.ts"
import { changeCache } from "../aws/elasticache/cache-change.ts"
import { cacheName } from "../aws/elasticache/cache-names.ts"
import type { CacheEngine } from "../aws/elasticache/engines.ts"
import { blankCache, type Cache, cacheOf, phaseOf, settled, wholeCache } from "../aws/elasticache/replication-group.ts"
import type { GroupId } from "../aws/ids.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

export interface CacheWish {
  readonly scope: Scope
  readonly name: string
  readonly engine: CacheEngine
  readonly version: Need<{ readonly value: string }>
  readonly nodeType: string
  readonly nodes: number
  /** Another node takes over by itself; wants two nodes, which then stand in two zones. */
  readonly failover: boolean
  readonly snapshotDays: number
  readonly subnets: Need<{ readonly groupName: string; readonly vpcId: string }>
  readonly parameters: Need<{ readonly groupName: string }>
  readonly group: Need<{ readonly id: GroupId }>
  readonly users: Need<{ readonly groupId: string }>
}

/** Valkey or Redis, which nobody reaches without TLS and a name. */
export const cache = ({ scope, name, version, subnets, parameters, group, users, ...wish }: CacheWish) => {
  const { engine, nodeType, nodes, failover, snapshotDays } = wish
  const identifier = cacheName(scope, name)
  const spec = { ...settled, identifier, engine, nodeType, nodes, failover, multiAz: failover, snapshotDays }
  return step({
    kind: cacheKind,
    name,
    scope,
    needs: { version, subnets, parameters, group, users },
    // Its rules may follow: nobody connects before the cache listens.
    started: ["group"],
    rooted: ["subnets"],
    spec,
    links: ({ version, subnets, parameters, group, users }) => ({
      version: version.value,
      subnetGroup: subnets.groupName,
      vpcId: subnets.vpcId,
      parameterGroup: parameters.groupName,
      groupIds: [group.id],
      userGroupIds: [users.groupId],
    }),
    async occupant(ctx) {
      const command = new DescribeReplicationGroupsCommand({ ReplicationGroupId: identifier })
      const found = await unlessNotFound(ctx.elasticache.send(command))
      return found?.ReplicationGroups?.map(cacheOf)[0]
    },
    async create(ctx, { version, subnets, parameters, group, users }, birth) {
      await ctx.elasticache.send(
        new CreateReplicationGroupCommand({
          ReplicationGroupId: identifier,
          ReplicationGroupDescription: descriptionOf(birth),
          Engine: engine,
          EngineVersion: version.value,
          CacheNodeType: nodeType,
          NumCacheClusters: nodes,
          AutomaticFailoverEnabled: failover,
          MultiAZEnabled: failover,
          CacheSubnetGroupName: subnets.groupName,
          CacheParameterGroupName: parameters.groupName,
          SecurityGroupIds: [group.id],
          UserGroupIds: [users.groupId],
          Port: settled.port,
          TransitEncryptionEnabled: true,
          TransitEncryptionMode: settled.tls,
          AtRestEncryptionEnabled: settled.encrypted,
          PreferredMaintenanceWindow: settled.maintenanceWindow,
          AutoMinorVersionUpgrade: settled.minorUpgrades,
          SnapshotRetentionLimit: snapshotDays,
          Tags: birthTags(birth),
        }),
      )
    },
    async update(ctx, live, changes, { version, parameters, group, users }) {
      const linked = { version: version.value, parameterGroup: parameters.groupName, groupIds: [group.id] }
      const want = { ...live, ...spec, ...linked, userGroupIds: [users.groupId] }
      await changeCache(ctx, live, new Set(changes.map(({ field }) => field)), want)
    },
  })
}

export const cacheKind: CloudKind<Cache> = {
  name: "cache",
  unique: "name",
  async list(ctx, scopes) {
    const pages = paginateDescribeReplicationGroups({ client: ctx.elasticache }, {})
    const ours = describedAs(
      "cache",
      await everyItem(pages, (page) => page.ReplicationGroups),
      (group) => group.Description,
      (group) => ({ live: cacheOf(group), phase: phaseOf(group) }),
    )
    return ours.filter(({ scope }) => scopes.includes(scope))
  },
  async complete(ctx, found) {
    const CacheClusterId = `${found.live.identifier}-001`
    const answer = await unlessNotFound(ctx.elasticache.send(new DescribeCacheClustersCommand({ CacheClusterId })))
    const node = answer?.CacheClusters?.[0]
    if (!node) return found
    return { ...found, live: wholeCache(found.live, node, await subnetsOf(ctx, node)) }
  },
  completes: 2,
  async destroy(ctx, { identifier }) {
    await ctx.elasticache.send(new DeleteReplicationGroupCommand({ ReplicationGroupId: identifier }))
    return undefined
  },
  // What it holds can be had again, but not on another disk, in another network, or in another engine's words.
  fixed: ["identifier", "engine", "nodes", "subnetGroup", "vpcId", "encrypted", "port"],
  blank: blankCache,
  // ElastiCache goes on to a later version by itself, never back.
  agrees: (field, live, want) =>
    field === "version" && typeof live === "string" && typeof want === "string" && Number(live) > Number(want),
  allow: [
    onAnything(
      "elasticache:DescribeReplicationGroups",
      "elasticache:DescribeCacheClusters",
      "elasticache:DescribeCacheSubnetGroups",
    ),
    ...["replicationgroup", "parametergroup", "usergroup"].map((type) => ({
      action: ["elasticache:CreateReplicationGroup", "elasticache:ModifyReplicationGroup"],
      resource: namedIn("elasticache", type),
    })),
    { action: "elasticache:CreateReplicationGroup", resource: namedIn("elasticache", "subnetgroup") },
    {
      action: ["elasticache:DeleteReplicationGroup", "elasticache:AddTagsToResource"],
      resource: namedIn("elasticache", "replicationgroup"),
    },
    {
      action: "iam:CreateServiceLinkedRole",
      resource: "*",
      when: { StringEquals: { "iam:AWSServiceName": "elasticache.amazonaws.com" } },
    },
  ],
  price: ({ engine, nodeType, nodes }) => [{ sku: `elasticache/${engine}/${nodeType}`, units: nodes }],
  usually: { create: 370, update: 600, destroy: 240 },
}

/** Those that a node is in, and that cannot go while it is: the node does not say in which network they lie. */
async function subnetsOf(ctx: Cloud, { CacheSubnetGroupName }: CacheCluster) {
  const command = new DescribeCacheSubnetGroupsCommand({ CacheSubnetGroupName })
  return (await ctx.elasticache.send(command)).CacheSubnetGroups?.[0]
}
