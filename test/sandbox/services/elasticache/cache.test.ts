import { describe, expect, test } from "vitest"
import { type Ground, ground, running, wish } from "./ground.ts"

const ReplicationGroupId = "one"
const shown = (aws: Ground) => aws.run("DescribeReplicationGroups", { ReplicationGroupId }).ReplicationGroups?.[0]
const node = (aws: Ground) =>
  aws.run("DescribeCacheClusters", { CacheClusterId: "one-001", ShowCacheNodeInfo: true }).CacheClusters?.[0]
const change = (aws: Ground, more: object) =>
  aws.run("ModifyReplicationGroup", { ReplicationGroupId, ApplyImmediately: true, ...more })
const interfaces = (aws: Ground) =>
  aws.run("DescribeNetworkInterfaces", { Filters: [{ Name: "vpc-id", Values: [aws.vpc] }] }).NetworkInterfaces ?? []

describe("a cache", () => {
  test("takes six minutes to make, and shows no address before", () => {
    const aws = ground()
    const { ReplicationGroup } = aws.run("CreateReplicationGroup", wish)
    expect(ReplicationGroup).toMatchObject({
      ReplicationGroupId,
      Status: "creating",
      NodeGroups: [],
      MemberClusters: ["one-001"],
    })
    expect(node(aws)).not.toHaveProperty("CacheNodes")
    aws.pass(369)
    expect(shown(aws)?.Status).toBe("creating")
    aws.pass(1)
    expect(shown(aws)).toMatchObject({
      Status: "available",
      NodeGroups: [
        { PrimaryEndpoint: { Address: expect.stringMatching(/^master\.one\.\w{6}\.use1\.cache\./), Port: 6379 } },
      ],
      TransitEncryptionEnabled: true,
      TransitEncryptionMode: "required",
      AtRestEncryptionEnabled: false,
      AutomaticFailover: "disabled",
      UserGroupIds: ["team"],
    })
    expect(node(aws)).toMatchObject({
      EngineVersion: "9.1.0",
      CacheSubnetGroupName: "main",
      CacheParameterGroup: { CacheParameterGroupName: "own" },
      CacheNodes: [{ CacheNodeStatus: "available" }],
    })
  })

  test("without TLS is reached under another name, and takes what ElastiCache thinks best", () => {
    const aws = running({
      ReplicationGroupId,
      TransitEncryptionEnabled: undefined,
      UserGroupIds: undefined,
      Engine: undefined,
      EngineVersion: undefined,
      CacheParameterGroupName: undefined,
    })
    expect(shown(aws)).toMatchObject({
      Engine: "redis",
      NodeGroups: [
        {
          PrimaryEndpoint: { Address: expect.stringMatching(/^one\.\w{6}\.ng\.0001\.use1\.cache\./) },
          ReaderEndpoint: { Address: expect.stringMatching(/^one\.\w{6}-ro\.ng\.0001\.use1\.cache\./) },
        },
      ],
    })
    expect(node(aws)).toMatchObject({
      EngineVersion: "7.1.0",
      CacheParameterGroup: { CacheParameterGroupName: "default.redis7" },
    })
  })

  test("holds an address in the subnet of each node, with its groups, until it is gone", () => {
    const aws = running({ NumCacheClusters: 2, AutomaticFailoverEnabled: true, MultiAZEnabled: true })
    expect(interfaces(aws)).toMatchObject([
      { Description: "ElastiCache one-001", SubnetId: aws.subnets[0], Groups: [{ GroupId: aws.group }] },
      { Description: "ElastiCache one-002", SubnetId: aws.subnets[1] },
    ])
    expect(shown(aws)).toMatchObject({ AutomaticFailover: "enabled", MultiAZ: "enabled" })
    expect(aws.refused("DeleteSubnet", { SubnetId: aws.subnets[1] })).toMatch("DependencyViolation")
    aws.run("DeleteReplicationGroup", { ReplicationGroupId })
    expect(shown(aws)?.Status).toBe("deleting")
    expect(aws.refused("DeleteSubnet", { SubnetId: aws.subnets[1] })).toMatch("DependencyViolation")
    aws.pass(240)
    expect(interfaces(aws)).toEqual([])
    expect(aws.refused("DescribeReplicationGroups", { ReplicationGroupId })).toMatch("ReplicationGroupNotFoundFault")
    aws.run("CreateReplicationGroup", wish)
  })

  test("changes while it works on, and keeps the old values until then", () => {
    const aws = running()
    expect(change(aws, { CacheNodeType: "cache.t3.small" }).ReplicationGroup?.Status).toBe("modifying")
    aws.pass(599)
    expect(shown(aws)).toMatchObject({ Status: "modifying", CacheNodeType: "cache.t3.micro" })
    aws.pass(1)
    expect(shown(aws)).toMatchObject({ Status: "available", CacheNodeType: "cache.t3.small" })
    change(aws, { SnapshotRetentionLimit: 3, PreferredMaintenanceWindow: "mon:01:00-mon:02:00" })
    expect(shown(aws)).toMatchObject({
      Status: "available",
      SnapshotRetentionLimit: 3,
      CacheNodeType: "cache.t3.small",
    })
    expect(node(aws)?.PreferredMaintenanceWindow).toBe("mon:01:00-mon:02:00")
    change(aws, { TransitEncryptionMode: "preferred", UserGroupIdsToRemove: ["team"] })
    aws.pass(120)
    expect(shown(aws)).toMatchObject({ TransitEncryptionMode: "preferred", UserGroupIds: [] })
  })

  test("moves its addresses to other groups at once", () => {
    const aws = running()
    const GroupId = aws.run("CreateSecurityGroup", { VpcId: aws.vpc, GroupName: "b", Description: "b" }).GroupId ?? ""
    change(aws, { SecurityGroupIds: [GroupId] })
    expect(interfaces(aws)).toMatchObject([{ Groups: [{ GroupId }] }])
    expect(node(aws)?.SecurityGroups).toEqual([{ SecurityGroupId: GroupId, Status: "active" }])
  })
})

test("versions are offered by engine and family, the newest as the default", () => {
  const offered = (more: object) =>
    ground()
      .run("DescribeCacheEngineVersions", more)
      .CacheEngineVersions?.map(({ EngineVersion }) => EngineVersion)
  expect(offered({ Engine: "redis" })).toEqual(["6.0", "6.2", "7.0", "7.1"])
  expect(offered({ CacheParameterGroupFamily: "valkey8" })).toEqual(["8.0", "8.1", "8.2"])
  expect(offered({ Engine: "valkey", DefaultOnly: true })).toEqual(["9.1"])
  expect(offered({ EngineVersion: "7.1" })).toEqual(["7.1"])
})

describe("parameters", () => {
  const CacheParameterGroupName = "own"
  const set = (aws: Ground, ParameterName: string, ParameterValue: string) =>
    aws.run("ModifyCacheParameterGroup", {
      CacheParameterGroupName,
      ParameterNameValues: [{ ParameterName, ParameterValue }],
    })
  const ofUsers = (aws: Ground) =>
    aws
      .run("DescribeCacheParameters", { CacheParameterGroupName, Source: "user" })
      .Parameters?.map(({ ParameterName, ParameterValue }) => `${ParameterName}=${ParameterValue}`)

  test("are those of the family until somebody sets them, and again when they are reset", () => {
    const aws = ground()
    expect(ofUsers(aws)).toEqual([])
    set(aws, "timeout", "20")
    set(aws, "maxmemory-policy", "noeviction")
    set(aws, "slowlog-log-slower-than", "-1")
    expect(ofUsers(aws)).toEqual(["maxmemory-policy=noeviction", "slowlog-log-slower-than=-1", "timeout=20"])
    const ParameterNameValues = [{ ParameterName: "timeout" }]
    aws.run("ResetCacheParameterGroup", { CacheParameterGroupName, ParameterNameValues })
    expect(ofUsers(aws)).toHaveLength(2)
    aws.run("ResetCacheParameterGroup", { CacheParameterGroupName, ResetAllParameters: true })
    expect(ofUsers(aws)).toEqual([])
  })

  test("of ElastiCache's own groups are there too", () => {
    const { CacheParameterGroups = [] } = ground().run("DescribeCacheParameterGroups", {})
    expect(CacheParameterGroups.map(({ CacheParameterGroupName }) => CacheParameterGroupName)).toContain(
      "default.redis7",
    )
  })
})

test("tags are added, changed and taken away, of all that has any", () => {
  const aws = running()
  const arns = ["subnetgroup:main", "parametergroup:own", "user:app", "usergroup:team", "replicationgroup:one"]
  for (const arn of arns) {
    const ResourceName = `arn:aws:elasticache:us-east-1:111122223333:${arn}`
    aws.run("AddTagsToResource", {
      ResourceName,
      Tags: [
        { Key: "a", Value: "b" },
        { Key: "c", Value: "d" },
      ],
    })
    aws.run("RemoveTagsFromResource", { ResourceName, TagKeys: ["c"] })
    expect(aws.run("ListTagsForResource", { ResourceName }).TagList).toEqual([{ Key: "a", Value: "b" }])
  }
})
