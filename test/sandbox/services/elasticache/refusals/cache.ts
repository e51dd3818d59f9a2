import { running } from "../ground.ts"
import { api, type CacheRow, changing, creating, moto, ours, seen } from "./case.ts"

export const cacheRows: readonly CacheRow[] = [
  [
    "a second of the name, in other letters",
    "ReplicationGroupAlreadyExists: one already exists",
    moto,
    () => running().refused("CreateReplicationGroup", { ...creatingAgain }),
  ],
  [
    "a name with two hyphens",
    "InvalidParameterValue: valid identifier",
    api("CreateReplicationGroup"),
    creating({ ReplicationGroupId: "a--b" }),
  ],
  [
    "41 letters",
    "InvalidParameterValue: valid identifier",
    api("CreateReplicationGroup"),
    creating({ ReplicationGroupId: "a".repeat(41) }),
  ],
  [
    "no name",
    "ValidationError: 'replicationGroupId'",
    api("CreateReplicationGroup"),
    creating({ ReplicationGroupId: undefined }),
  ],
  ["memcached", "InvalidParameterValue: memcached", api("CreateReplicationGroup"), creating({ Engine: "memcached" })],
  [
    "a version that isn't",
    "InvalidParameterCombination: Cannot find version 5.5",
    seen,
    creating({ EngineVersion: "5.5" }),
  ],
  [
    "a size that isn't",
    "InvalidParameterValue: Invalid Cache Node Type",
    seen,
    creating({ CacheNodeType: "cache.x1.nano" }),
  ],
  [
    "seven nodes",
    "InvalidParameterValue: between 1 and 6",
    api("CreateReplicationGroup"),
    creating({ NumCacheClusters: 7 }),
  ],
  [
    "an unknown subnet group",
    "CacheSubnetGroupNotFoundFault: others",
    api("CreateReplicationGroup"),
    creating({ CacheSubnetGroupName: "others" }),
  ],
  [
    "an unknown parameter group",
    "CacheParameterGroupNotFound: others",
    api("CreateReplicationGroup"),
    creating({ CacheParameterGroupName: "others" }),
  ],
  [
    "parameters of another family",
    "InvalidParameterCombination: family valkey8 but found one of family valkey9",
    seen,
    creating({ EngineVersion: "8.1" }),
  ],
  [
    "an unknown security group",
    "InvalidParameterValue: security group",
    api("CreateReplicationGroup"),
    creating({ SecurityGroupIds: ["sg-0123456789abcdef0"] }),
  ],
  [
    "an unknown user group",
    "UserGroupNotFound: others",
    api("CreateReplicationGroup"),
    creating({ UserGroupIds: ["others"] }),
  ],
  [
    "two user groups",
    "InvalidParameterCombination: one user group",
    api("CreateReplicationGroup"),
    creating({ UserGroupIds: ["team", "team"] }),
  ],
  [
    "users without TLS",
    "InvalidParameterCombination: encryption-in-transit",
    seen,
    creating({ TransitEncryptionEnabled: false }),
  ],
  [
    "a TLS mode without TLS",
    "InvalidParameterCombination: TransitEncryptionMode",
    api("CreateReplicationGroup"),
    creating({ TransitEncryptionEnabled: false, TransitEncryptionMode: "required", UserGroupIds: undefined }),
  ],
  [
    "Valkey's users for Redis",
    "InvalidParameterCombination: cannot be used with engine Redis",
    "ElastiCache user guide: role-based access control",
    creating({ Engine: "redis", EngineVersion: "7.1", CacheParameterGroupName: undefined }),
  ],
  [
    "users that are being made",
    "InvalidUserGroupState: not in the state active",
    api("CreateReplicationGroup"),
    (aws) => {
      aws.run("CreateUserGroup", { UserGroupId: "young", Engine: "valkey", UserIds: ["app"] })
      return creating({ UserGroupIds: ["young"] })(aws)
    },
  ],
  [
    "one node that takes over",
    "InvalidParameterCombination: at least one read replica",
    seen,
    creating({ AutomaticFailoverEnabled: true }),
  ],
  [
    "two zones without it",
    "InvalidParameterCombination: MultiAZ",
    api("CreateReplicationGroup"),
    creating({ MultiAZEnabled: true }),
  ],
  [
    "36 days",
    "InvalidParameterValue: retention limit",
    api("CreateReplicationGroup"),
    creating({ SnapshotRetentionLimit: 36 }),
  ],
  [
    "a window that is none",
    "InvalidParameterValue: maintenance window",
    api("CreateReplicationGroup"),
    creating({ PreferredMaintenanceWindow: "sunday" }),
  ],
  [
    "no capacity",
    "InsufficientCacheClusterCapacity",
    api("CreateReplicationGroup"),
    (aws) => {
      aws.faults.add("capacity")
      return creating({})(aws)
    },
  ],
  [
    "one node too many",
    "NodeQuotaForCustomerExceeded",
    api("CreateReplicationGroup"),
    (aws) => {
      aws.quotas.set("Nodes per Region", 0)
      return creating({})(aws)
    },
  ],
  [
    "subnets that went since",
    "InvalidVPCNetworkStateFault",
    api("CreateReplicationGroup"),
    (aws) => {
      for (const SubnetId of aws.subnets.slice(0, 2)) aws.run("DeleteSubnet", { SubnetId })
      return creating({})(aws)
    },
  ],
  ["a password for all", "NotImplemented: AuthToken", ours, creating({ AuthToken: "x".repeat(16) })],
  ["shards", "NotImplemented: NumNodeGroups", ours, creating({ NumNodeGroups: 2 })],
  [
    "a change while it is made",
    "InvalidReplicationGroupState: status creating which is not valid for modification",
    seen,
    (aws) => {
      aws.run("CreateReplicationGroup", creatingAgain)
      return aws.refused("ModifyReplicationGroup", { ReplicationGroupId: "one" })
    },
  ],
  [
    "its end while it is made",
    "InvalidReplicationGroupState: not valid for deletion",
    seen,
    (aws) => {
      aws.run("CreateReplicationGroup", creatingAgain)
      return aws.refused("DeleteReplicationGroup", { ReplicationGroupId: "one" })
    },
  ],
  [
    "a way back",
    "InvalidParameterCombination: Downgrading",
    api("ModifyReplicationGroup"),
    changing({ EngineVersion: "9.0" }),
  ],
  [
    "users that it has not",
    "InvalidParameterValue: not associated",
    api("ModifyReplicationGroup"),
    changing({ UserGroupIdsToRemove: ["others"] }),
  ],
  [
    "TLS for one without",
    "InvalidParameterCombination: TransitEncryptionMode",
    api("ModifyReplicationGroup"),
    changing({ TransitEncryptionMode: "preferred" }, { TransitEncryptionEnabled: false, UserGroupIds: undefined }),
  ],
  [
    "a change in the window",
    "NotImplemented: maintenance window",
    ours,
    changing({ CacheNodeType: "cache.t3.small", ApplyImmediately: false }),
  ],
  [
    "a final snapshot",
    "NotImplemented: FinalSnapshotIdentifier",
    ours,
    () => running().refused("DeleteReplicationGroup", { ReplicationGroupId: "one", FinalSnapshotIdentifier: "x" }),
  ],
  [
    "a cache that isn't there",
    "ReplicationGroupNotFoundFault: two",
    api("DescribeReplicationGroups"),
    (aws) => aws.refused("DescribeReplicationGroups", { ReplicationGroupId: "two" }),
  ],
  [
    "a node that isn't there",
    "CacheClusterNotFound: one-002",
    api("DescribeCacheClusters"),
    () => running().refused("DescribeCacheClusters", { CacheClusterId: "one-002" }),
  ],
  [
    "a page too short",
    "InvalidParameterValue: between 20 and 100",
    api("DescribeReplicationGroups"),
    (aws) => aws.refused("DescribeReplicationGroups", { MaxRecords: 19 }),
  ],
  [
    "a marker that was never given",
    "InvalidParameterValue: Marker",
    api("DescribeReplicationGroups"),
    (aws) => aws.refused("DescribeReplicationGroups", { Marker: "?" }),
  ],
]

const creatingAgain = {
  ReplicationGroupId: "ONE",
  ReplicationGroupDescription: "again",
  Engine: "valkey",
  CacheNodeType: "cache.t3.micro",
  CacheSubnetGroupName: "main",
}
