import * as EC2 from "@aws-sdk/client-ec2"
import * as Client from "@aws-sdk/client-elasticache"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type InProcess, inProcess } from "../../../../src/sandbox/in-process.ts"
import { admin } from "../../../../src/sandbox/remote.ts"
import { ec2 } from "../../../../src/sandbox/services/ec2/index.ts"
import { elasticache } from "../../../../src/sandbox/services/elasticache/index.ts"

const canary = "canary-5f0c7e-of-thirty-letters"

let sandbox: InProcess
let client: Client.ElastiCacheClient
let network: EC2.EC2Client

beforeAll(async () => {
  sandbox = await inProcess({ services: [ec2, elasticache], speed: 1000 })
  const { accessKeyId, secretAccessKey, region, url: endpoint } = sandbox.connection
  const settings = { endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 }
  client = new Client.ElastiCacheClient(settings)
  network = new EC2.EC2Client(settings)
})

afterAll(async () => {
  client.destroy()
  network.destroy()
  await sandbox.close()
})

test("a cache, made, read, changed and taken down by the SDK's own client", async () => {
  const { Vpc } = await network.send(new EC2.CreateVpcCommand({ CidrBlock: "10.20.0.0/16" }))
  const { Subnet } = await network.send(new EC2.CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: "10.20.0.0/24" }))
  const CacheSubnetGroupName = "main"
  const { CacheSubnetGroup } = await client.send(
    new Client.CreateCacheSubnetGroupCommand({
      CacheSubnetGroupName,
      CacheSubnetGroupDescription: "one",
      SubnetIds: [Subnet?.SubnetId ?? ""],
    }),
  )
  expect(CacheSubnetGroup?.Subnets).toMatchObject([{ SubnetAvailabilityZone: { Name: Subnet?.AvailabilityZone } }])
  const user = { UserId: "app", UserName: "app", Engine: "valkey", AccessString: "on ~* +@all", Passwords: [canary] }
  await client.send(new Client.CreateUserCommand(user))
  await client.send(new Client.CreateUserGroupCommand({ UserGroupId: "team", Engine: "valkey", UserIds: ["app"] }))
  sandbox.world.clock.advance(10_000)
  const Tags = [{ Key: "smart0dte:scope", Value: "poc" }]
  const ReplicationGroupId = "one"
  await client.send(
    new Client.CreateReplicationGroupCommand({
      ReplicationGroupId,
      ReplicationGroupDescription: "the first",
      Engine: "valkey",
      CacheNodeType: "cache.t3.micro",
      CacheSubnetGroupName,
      TransitEncryptionEnabled: true,
      UserGroupIds: ["team"],
      Tags,
    }),
  )
  sandbox.world.clock.advance(400_000)
  const { ReplicationGroups: [shown] = [] } = await client.send(
    new Client.DescribeReplicationGroupsCommand({ ReplicationGroupId }),
  )
  expect(shown).toMatchObject({
    Status: "available",
    MemberClusters: ["one-001"],
    NodeGroups: [{ PrimaryEndpoint: { Port: 6379 } }],
    UserGroupIds: ["team"],
  })
  const { TagList } = await client.send(new Client.ListTagsForResourceCommand({ ResourceName: shown?.ARN }))
  expect(TagList).toEqual(Tags)
  await client.send(new Client.DeleteReplicationGroupCommand({ ReplicationGroupId }))
  await expect(client.send(new Client.DeleteCacheSubnetGroupCommand({ CacheSubnetGroupName }))).rejects.toBeInstanceOf(
    Client.CacheSubnetGroupInUse,
  )
})

test("no password is in the trace, whichever way it is given", async () => {
  const made = { UserId: "b", UserName: "b", Engine: "valkey", AccessString: "on ~*" }
  const AuthenticationMode = { Type: "password" as const, Passwords: [canary] }
  await client.send(new Client.CreateUserCommand({ ...made, AuthenticationMode }))
  await client.send(new Client.ModifyUserCommand({ UserId: "b", Passwords: [canary] }))
  const auth = { ReplicationGroupId: "two", ReplicationGroupDescription: "x", AuthToken: canary }
  await expect(client.send(new Client.CreateReplicationGroupCommand(auth))).rejects.toThrow("AuthToken")
  const trace = await admin(sandbox.connection).trace()
  expect(trace.filter(({ operation }) => /User$/.test(operation))).toHaveLength(3)
  expect(JSON.stringify(trace)).not.toContain(canary)
})

test.each<[string, number, () => Promise<unknown>]>([
  [
    "ReplicationGroupNotFoundFault",
    404,
    () => client.send(new Client.DescribeReplicationGroupsCommand({ ReplicationGroupId: "no" })),
  ],
  ["UserNotFoundFault", 404, () => client.send(new Client.DescribeUsersCommand({ UserId: "no" }))],
  ["UserGroupNotFoundFault", 404, () => client.send(new Client.DescribeUserGroupsCommand({ UserGroupId: "no" }))],
  [
    "CacheClusterNotFoundFault",
    404,
    () => client.send(new Client.DescribeCacheClustersCommand({ CacheClusterId: "no" })),
  ],
  [
    "CacheParameterGroupNotFoundFault",
    404,
    () => client.send(new Client.DescribeCacheParametersCommand({ CacheParameterGroupName: "no" })),
  ],
  [
    "CacheSubnetGroupNotFoundFault",
    400,
    () => client.send(new Client.DescribeCacheSubnetGroupsCommand({ CacheSubnetGroupName: "no" })),
  ],
])("%s arrives under its own name with status %i", async (name, httpStatusCode, send) => {
  await expect(send()).rejects.toMatchObject({ name, $metadata: { httpStatusCode } })
})
