import type * as client from "@aws-sdk/client-elasticache"
import { expect, test } from "vitest"
import type { OperationOf } from "../../../../src/sandbox/service.ts"
import { elasticache } from "../../../../src/sandbox/services/elasticache/index.ts"
import { unheeded } from "../heeding.ts"
import { type Ground, password, running, wish } from "./ground.ts"

type Name = OperationOf<typeof client>

const CacheParameterGroupName = "own"
const ParameterNameValues = [{ ParameterName: "timeout", ParameterValue: "0" }]
const ResourceName = "arn:aws:elasticache:us-east-1:111122223333:user:app"
const newUser = { UserId: "new", UserName: "new", Engine: "valkey", AccessString: "on ~*", Passwords: [password] }

const goesThrough: readonly (readonly [Name, (aws: Ground) => object])[] = [
  ["AddTagsToResource", () => ({ ResourceName, Tags: [{ Key: "a", Value: "b" }] })],
  [
    "CreateCacheParameterGroup",
    () => ({ CacheParameterGroupName: "new", CacheParameterGroupFamily: "redis7", Description: "x" }),
  ],
  [
    "CreateCacheSubnetGroup",
    ({ subnets: [a] }) => ({ CacheSubnetGroupName: "new", CacheSubnetGroupDescription: "x", SubnetIds: [a] }),
  ],
  ["CreateReplicationGroup", () => ({ ...wish, ReplicationGroupId: "two" })],
  ["CreateUser", () => newUser],
  ["CreateUserGroup", () => ({ UserGroupId: "new", Engine: "valkey", UserIds: ["app"] })],
  ["DeleteCacheParameterGroup", () => ({ CacheParameterGroupName: "spare" })],
  ["DeleteCacheSubnetGroup", () => ({ CacheSubnetGroupName: "spare" })],
  ["DeleteReplicationGroup", () => ({ ReplicationGroupId: "one" })],
  ["DeleteUser", () => ({ UserId: "open" })],
  ["DeleteUserGroup", () => ({ UserGroupId: "spare" })],
  ["DescribeCacheClusters", () => ({})],
  ["DescribeCacheEngineVersions", () => ({ Engine: "valkey", EngineVersion: "9.1" })],
  ["DescribeCacheParameterGroups", () => ({})],
  ["DescribeCacheParameters", () => ({ CacheParameterGroupName })],
  ["DescribeCacheSubnetGroups", () => ({})],
  ["DescribeReplicationGroups", () => ({})],
  ["DescribeUserGroups", () => ({})],
  ["DescribeUsers", () => ({})],
  ["ListTagsForResource", () => ({ ResourceName })],
  ["ModifyCacheParameterGroup", () => ({ CacheParameterGroupName, ParameterNameValues })],
  ["ModifyCacheSubnetGroup", () => ({ CacheSubnetGroupName: "main" })],
  ["ModifyReplicationGroup", () => ({ ReplicationGroupId: "one", SnapshotRetentionLimit: 1 })],
  ["ModifyUser", () => ({ UserId: "app", AccessString: "off ~*" })],
  ["ModifyUserGroup", () => ({ UserGroupId: "team", UserIdsToRemove: ["app"] })],
  ["RemoveTagsFromResource", () => ({ ResourceName, TagKeys: [] })],
  ["ResetCacheParameterGroup", () => ({ CacheParameterGroupName, ResetAllParameters: true })],
]

/** With a spare one of each group, which nothing uses. */
const ground = (): Ground => {
  const aws = running()
  aws.run("CreateCacheParameterGroup", {
    CacheParameterGroupName: "spare",
    CacheParameterGroupFamily: "valkey9",
    Description: "x",
  })
  aws.run("CreateCacheSubnetGroup", {
    CacheSubnetGroupName: "spare",
    CacheSubnetGroupDescription: "x",
    SubnetIds: [aws.subnets[0]],
  })
  aws.run("CreateUserGroup", { UserGroupId: "spare", Engine: "valkey", UserIds: ["app"] })
  aws.pass(5)
  return aws
}

test.each(goesThrough)("%s heeds all that a caller can say", (name, inputFor) => {
  const aws = ground()
  // One operation's input after another: their types have nothing in common.
  const run = (watched: object) => aws.run(name, watched as never)
  expect(unheeded(elasticache, name, inputFor(aws), run)).toEqual([])
})

test("every operation that is served is among them", () => {
  expect(goesThrough.map(([name]) => name)).toEqual(Object.keys(elasticache.handlers).sort())
})
