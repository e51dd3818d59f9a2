import type * as client from "@aws-sdk/client-elasticache"
import type { Call } from "../../service.ts"
import { arnOf, type CacheRecord, settingsAt, statusAt } from "./records.ts"

/** A cache as a whole. Where it is reached is shown when it is ready. */
export const groupView = (call: Call, cache: CacheRecord): client.ReplicationGroup => {
  const settings = settingsAt(cache, call.now)
  const status = statusAt(cache, call.now)
  return {
    ReplicationGroupId: cache.id,
    Description: settings.description,
    Status: status,
    MemberClusters: cache.nodes.map((_, index) => clusterName(cache, index)),
    NodeGroups: status === "creating" ? [] : [nodeGroup(call, cache, status)],
    AutomaticFailover: settings.failover ? "enabled" : "disabled",
    MultiAZ: settings.multiAz ? "enabled" : "disabled",
    SnapshotRetentionLimit: settings.snapshotDays,
    SnapshotWindow: settings.snapshotWindow,
    ClusterEnabled: false,
    ClusterMode: "disabled",
    CacheNodeType: settings.nodeType,
    AuthTokenEnabled: false,
    TransitEncryptionEnabled: cache.tls,
    TransitEncryptionMode: settings.tlsMode,
    AtRestEncryptionEnabled: cache.atRest,
    UserGroupIds: [...settings.userGroupIds],
    ReplicationGroupCreateTime: new Date(cache.created),
    AutoMinorVersionUpgrade: settings.minorUpgrades,
    NetworkType: "ipv4",
    IpDiscovery: "ipv4",
    Engine: cache.engine,
    PendingModifiedValues: {},
    ARN: arnOf(call, "replicationgroup", cache.id),
  }
}

/** One of its nodes, which alone says where it lies, and what it runs. */
export const clusterView = (call: Call, cache: CacheRecord, index: number, withNodes: boolean): client.CacheCluster => {
  const settings = settingsAt(cache, call.now)
  const status = statusAt(cache, call.now)
  const node = cache.nodes[index]
  return {
    CacheClusterId: clusterName(cache, index),
    ReplicationGroupId: cache.id,
    CacheClusterStatus: status,
    CacheNodeType: settings.nodeType,
    Engine: cache.engine,
    // Asked for as 8.1, it is called by its patch too.
    EngineVersion: `${settings.version}.0`,
    NumCacheNodes: 1,
    PreferredAvailabilityZone: node?.zone,
    CacheClusterCreateTime: new Date(cache.created),
    PreferredMaintenanceWindow: settings.maintenanceWindow,
    CacheParameterGroup: {
      CacheParameterGroupName: settings.parameterGroup,
      ParameterApplyStatus: "in-sync",
      CacheNodeIdsToReboot: [],
    },
    CacheSubnetGroupName: cache.subnetGroup,
    SecurityGroups: settings.groupIds.map((SecurityGroupId) => ({ SecurityGroupId, Status: "active" })),
    AutoMinorVersionUpgrade: settings.minorUpgrades,
    SnapshotRetentionLimit: settings.snapshotDays,
    SnapshotWindow: settings.snapshotWindow,
    TransitEncryptionEnabled: cache.tls,
    TransitEncryptionMode: settings.tlsMode,
    AtRestEncryptionEnabled: cache.atRest,
    PendingModifiedValues: {},
    ARN: arnOf(call, "cluster", clusterName(cache, index)),
    ...(withNodes && status !== "creating" && { CacheNodes: [cacheNode(call, cache, index)] }),
  }
}

const clusterName = ({ id }: CacheRecord, index: number): string => `${id}-${String(index + 1).padStart(3, "0")}`

const nodeGroup = (call: Call, cache: CacheRecord, status: string): client.NodeGroup => ({
  NodeGroupId: "0001",
  Status: status,
  PrimaryEndpoint: { Address: primary(call, cache), Port: cache.port },
  ReaderEndpoint: { Address: primary(call, cache, cache.tls ? "replica." : "-ro."), Port: cache.port },
  NodeGroupMembers: cache.nodes.map(({ zone }, index) => ({
    CacheClusterId: clusterName(cache, index),
    CacheNodeId: "0001",
    PreferredAvailabilityZone: zone,
    CurrentRole: index === 0 ? "primary" : "replica",
  })),
})

const cacheNode = (call: Call, cache: CacheRecord, index: number): client.CacheNode => ({
  CacheNodeId: "0001",
  CacheNodeStatus: "available",
  CustomerAvailabilityZone: cache.nodes[index]?.zone,
  Endpoint: {
    Address: `${clusterName(cache, index)}.${suffix(call, cache)}`,
    Port: cache.port,
  },
})

/** With TLS, the certificate is for the names below the cache's own. */
const primary = (call: Call, cache: CacheRecord, tlsName = "master."): string =>
  cache.tls
    ? `${tlsName}${cache.id}.${suffix(call, cache)}`
    : `${cache.id}.${suffix(call, cache).replace(".", tlsName === "-ro." ? "-ro.ng.0001." : ".ng.0001.")}`

/** Six letters that each account has for itself, and the region in short: `use1`. */
const suffix = ({ account, region }: Call, _cache: CacheRecord): string => {
  const [continent = "", where = "", number = ""] = region.split("-")
  const short = `${continent}${where.replace(/(north|south|east|west|central)/g, (word) => word.charAt(0))}${number}`
  return `${Number(account).toString(36).slice(-6)}.${short}.cache.amazonaws.com`
}
