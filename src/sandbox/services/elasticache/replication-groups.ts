import type * as client from "@aws-sdk/client-elasticache"
import { type Call, handlers, Refusal } from "../../service.ts"
import { attachInterface, detachInterface } from "../ec2/interface.ts"
import { subnets } from "../ec2/records/network.ts"
import { seek } from "../ec2/rules/kind.ts"
import { passing, seconds } from "../ec2/rules/timeline.ts"
import { given } from "../given.ts"
import { serveOnly } from "../unserved.ts"
import { cacheOf, subnetGroupOf } from "./lookup.ts"
import { pageOf } from "./pages.ts"
import { badMix, badValue, type CacheRecord, caches, checkedId, living, type Settings, statusAt } from "./records.ts"
import { checkSettings } from "./replication-checks.ts"
import { clusterView, groupView } from "./replication-view.ts"
import { withTags } from "./tags.ts"
import { versionOf } from "./versions.ts"

/** The median of what was seen in public logs of making one with a single node. */
const birth = seconds(370)
const death = seconds(240)

export const replicationGroupHandlers = handlers<typeof client>()({
  CreateReplicationGroup(input, call) {
    serveOnly("CreateReplicationGroup", input, served)
    const id = checkedId(given(input.ReplicationGroupId, "replicationGroupId"), "ReplicationGroupIdentifier", 40)
    if (living(call, caches(call)).some((cache) => cache.id === id))
      throw new Refusal("ReplicationGroupAlreadyExists", `Replication group ${id} already exists.`)
    const subnetGroup = subnetGroupOf(call, input.CacheSubnetGroupName ?? "default")
    const count = input.NumCacheClusters ?? 1
    if (count < 1 || count > 6) throw badValue(`The number of cache clusters must be between 1 and 6, not ${count}.`)
    const engine = input.Engine ?? "redis"
    if (engine !== "redis" && engine !== "valkey") throw badValue(`The engine ${engine} has no replication groups.`)
    const tls = input.TransitEncryptionEnabled ?? false
    const settings = settingsOf(input, engine)
    checkSettings(call, settings, { engine, tls, vpcId: subnetGroup.vpcId, nodes: count })
    if (call.fault("capacity"))
      throw new Refusal("InsufficientCacheClusterCapacity", `There is no capacity for ${settings.nodeType}.`)
    const nodesThere = living(call, caches(call)).reduce((sum, { nodes }) => sum + nodes.length, 0)
    if (nodesThere + count > call.quota("Nodes per Region", 300))
      throw new Refusal("NodeQuotaForCustomerExceeded", "The quota of cache nodes in this region is reached.")
    const cache = {
      id,
      engine,
      created: call.now,
      subnetGroup: subnetGroup.id,
      port: input.Port ?? 6379,
      tls,
      atRest: input.AtRestEncryptionEnabled ?? false,
      settings,
      nodes: nodesFor(call, id, subnetGroup.subnetIds, settings, count),
      states: passing(call.now, "creating", birth, "available"),
      tags: withTags([], input.Tags),
    }
    caches(call).put(id, cache)
    return { ReplicationGroup: groupView(call, cache) }
  },

  DescribeReplicationGroups(input, call) {
    const { ReplicationGroupId: id } = input
    const found = id === undefined ? living(call, caches(call)) : [cacheOf(call, id)]
    const { items, Marker } = pageOf(found, (cache) => cache.id, input)
    return { ReplicationGroups: items.map((cache) => groupView(call, cache)), Marker }
  },

  DescribeCacheClusters(input, call) {
    const { CacheClusterId: id, ShowCacheNodeInfo: nodes = false } = input
    const all = living(call, caches(call)).flatMap((cache) =>
      cache.nodes.map((_, index) => clusterView(call, cache, index, nodes)),
    )
    const found = id === undefined ? all : all.filter(({ CacheClusterId }) => CacheClusterId === id.toLowerCase())
    if (id !== undefined && found.length === 0)
      throw new Refusal("CacheClusterNotFound", `CacheCluster ${id} not found.`)
    const shown = input.ShowCacheClustersNotInReplicationGroups ? [] : found
    const { items, Marker } = pageOf(shown, ({ CacheClusterId = "" }) => CacheClusterId, input)
    return { CacheClusters: [...items], Marker }
  },

  DeleteReplicationGroup(input, call) {
    serveOnly("DeleteReplicationGroup", input, ["ReplicationGroupId"])
    const cache = cacheOf(call, input.ReplicationGroupId)
    const status = statusAt(cache, call.now)
    if (status !== "available")
      throw new Refusal(
        "InvalidReplicationGroupState",
        `Replication group ${cache.id} has status ${status} which is not valid for deletion.`,
      )
    const until = call.now + death
    for (const { interfaceId } of cache.nodes) detachInterface(call, interfaceId, until)
    const leaving: CacheRecord = { ...cache, states: [[call.now, "deleting"]], until }
    caches(call).put(cache.id, leaving)
    return { ReplicationGroup: groupView(call, leaving) }
  },
})

const served: readonly (keyof client.CreateReplicationGroupMessage)[] = [
  "ReplicationGroupId",
  "ReplicationGroupDescription",
  "AutomaticFailoverEnabled",
  "MultiAZEnabled",
  "NumCacheClusters",
  "CacheNodeType",
  "Engine",
  "EngineVersion",
  "CacheParameterGroupName",
  "CacheSubnetGroupName",
  "SecurityGroupIds",
  "Tags",
  "PreferredMaintenanceWindow",
  "Port",
  "AutoMinorVersionUpgrade",
  "SnapshotRetentionLimit",
  "SnapshotWindow",
  "TransitEncryptionEnabled",
  "TransitEncryptionMode",
  "AtRestEncryptionEnabled",
  "UserGroupIds",
]

const settingsOf = (input: client.CreateReplicationGroupMessage, engine: string): Settings => {
  const { version, family } = versionOf(engine, input.EngineVersion)
  if (input.TransitEncryptionMode && !input.TransitEncryptionEnabled)
    throw badMix("TransitEncryptionMode is only for replication groups with TransitEncryptionEnabled.")
  return {
    description: given(input.ReplicationGroupDescription, "replicationGroupDescription"),
    nodeType: given(input.CacheNodeType, "cacheNodeType"),
    version,
    parameterGroup: input.CacheParameterGroupName?.toLowerCase() ?? `default.${family}`,
    groupIds: input.SecurityGroupIds ?? [],
    userGroupIds: input.UserGroupIds ?? [],
    failover: input.AutomaticFailoverEnabled ?? false,
    multiAz: input.MultiAZEnabled ?? false,
    snapshotDays: input.SnapshotRetentionLimit ?? 0,
    snapshotWindow: input.SnapshotWindow ?? "05:00-06:00",
    maintenanceWindow: input.PreferredMaintenanceWindow ?? "sun:23:00-mon:01:30",
    minorUpgrades: input.AutoMinorVersionUpgrade ?? true,
    tlsMode: input.TransitEncryptionEnabled ? (input.TransitEncryptionMode ?? "required") : undefined,
  }
}

/** One after the other through the subnets; each node holds an address in its own until the cache is gone. */
const nodesFor = (call: Call, id: string, subnetIds: readonly string[], settings: Settings, count: number) =>
  Array.from({ length: count }, (_, index) => {
    const subnet = seek(call, subnets, subnetIds[index % subnetIds.length] ?? "")
    if (!subnet) throw new Refusal("InvalidVPCNetworkStateFault", `The subnets of ${id} are not there any more.`)
    const held = attachInterface(call, subnet, {
      description: `ElastiCache ${id}-${String(index + 1).padStart(3, "0")}`,
      type: "interface",
      groupIds: settings.groupIds,
      requester: "amazon-elasticache",
    })
    return { interfaceId: held.id, zone: subnet.zone }
  })
