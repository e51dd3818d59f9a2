import type { CacheCluster, CacheSubnetGroup, ReplicationGroup } from "@aws-sdk/client-elasticache"
import type { Phase } from "../../engine/types.ts"
import { minorOf } from "./engines.ts"

/** A cache, as it is seen: all of it from its list but what only a node of it tells. */
export interface Cache {
  readonly identifier: string
  readonly engine: string
  readonly version: string
  readonly nodeType: string
  readonly nodes: number
  readonly subnetGroup: string
  /** The network of its subnet group: another group of the same name may lie in another one. */
  readonly vpcId: string
  readonly parameterGroup: string
  readonly groupIds: readonly string[]
  readonly userGroupIds: readonly string[]
  readonly tls: string
  readonly encrypted: boolean
  readonly failover: boolean
  readonly multiAz: boolean
  readonly maintenanceWindow: string
  readonly snapshotDays: number
  readonly minorUpgrades: boolean
  /** Empty until it listens. */
  readonly address: string
  readonly port: number
}

/** What is the same of every cache of ours. */
export const settled = {
  tls: "required",
  encrypted: true,
  port: 6379,
  // The night to Sunday in New York, and not at the database's time.
  maintenanceWindow: "sun:05:30-sun:06:30",
  minorUpgrades: true,
} as const

export const blankCache: Cache = {
  ...settled,
  identifier: "",
  engine: "",
  version: "",
  nodeType: "",
  nodes: 0,
  subnetGroup: "",
  vpcId: "",
  parameterGroup: "",
  groupIds: [],
  userGroupIds: [],
  failover: false,
  multiAz: false,
  snapshotDays: 0,
  address: "",
}

export function cacheOf(group: ReplicationGroup): Cache {
  const endpoint = group.NodeGroups?.[0]?.PrimaryEndpoint
  return {
    ...blankCache,
    identifier: group.ReplicationGroupId ?? "",
    engine: group.Engine ?? "",
    nodeType: group.CacheNodeType ?? "",
    nodes: group.MemberClusters?.length ?? 0,
    userGroupIds: (group.UserGroupIds ?? []).toSorted(),
    tls: group.TransitEncryptionEnabled ? (group.TransitEncryptionMode ?? settled.tls) : "none",
    encrypted: group.AtRestEncryptionEnabled ?? false,
    failover: /^enabl/.test(group.AutomaticFailover ?? ""),
    multiAz: group.MultiAZ === "enabled",
    snapshotDays: group.SnapshotRetentionLimit ?? 0,
    minorUpgrades: group.AutoMinorVersionUpgrade ?? false,
    address: endpoint?.Address ?? "",
    port: endpoint?.Port ?? settled.port,
  }
}

/** With what its first node tells, as the others would, and the subnet group that the node is in. */
export const wholeCache = (cache: Cache, node: CacheCluster, subnets: CacheSubnetGroup | undefined): Cache => ({
  ...cache,
  engine: node.Engine ?? cache.engine,
  version: minorOf(node.EngineVersion ?? ""),
  subnetGroup: node.CacheSubnetGroupName ?? "",
  vpcId: subnets?.VpcId ?? "",
  parameterGroup: node.CacheParameterGroup?.CacheParameterGroupName ?? "",
  groupIds: (node.SecurityGroups ?? []).map(({ SecurityGroupId = "" }) => SecurityGroupId).toSorted(),
  maintenanceWindow: node.PreferredMaintenanceWindow ?? "",
})

export function phaseOf({ Status }: ReplicationGroup): Phase {
  if (Status === "available") return "ready"
  if (Status === "deleting") return "leaving"
  return Status === "create-failed" ? { failed: "ElastiCache could not make it, and gives no reason" } : "pending"
}
