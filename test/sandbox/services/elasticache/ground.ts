import type * as ec2Client from "@aws-sdk/client-ec2"
import type * as client from "@aws-sdk/client-elasticache"
import { ec2 } from "../../../../src/sandbox/services/ec2/index.ts"
import { elasticache } from "../../../../src/sandbox/services/elasticache/index.ts"
import { idOf } from "../ec2/network.ts"
import { type Rig, rigOf } from "../rig.ts"

type Clients = typeof client & typeof ec2Client

export type Ground = Rig<Clients> & {
  readonly vpc: string
  readonly group: string
  readonly subnets: readonly [a: string, b: string, elsewhere: string]
}

export const password = "a-password-of-sixteen"

/** A subnet group `main`, a parameter group `own` of Valkey 9, users `app`, `nobody` and `open`, a user group `team`. */
export const ground = (): Ground => {
  const handlers = { ...ec2.handlers, ...elasticache.handlers }
  const reads = new RegExp(`${ec2.reads.source}|${elasticache.reads.source}`)
  const aws = rigOf<Clients>({ ...elasticache, handlers, reads })
  const vpcOf = (CidrBlock: string) => idOf(aws.run("CreateVpc", { CidrBlock }).Vpc?.VpcId)
  const subnetIn = (VpcId: string, CidrBlock: string, AvailabilityZone: string) =>
    idOf(aws.run("CreateSubnet", { VpcId, CidrBlock, AvailabilityZone }).Subnet?.SubnetId)
  const vpc = vpcOf("10.20.0.0/16")
  const subnets = [
    subnetIn(vpc, "10.20.1.0/24", "us-east-1a"),
    subnetIn(vpc, "10.20.2.0/24", "us-east-1b"),
    subnetIn(vpcOf("10.30.0.0/16"), "10.30.1.0/24", "us-east-1a"),
  ] as const
  const group = idOf(aws.run("CreateSecurityGroup", { VpcId: vpc, GroupName: "app", Description: "app" }).GroupId)
  aws.run("CreateCacheSubnetGroup", {
    CacheSubnetGroupName: "main",
    CacheSubnetGroupDescription: "two zones",
    SubnetIds: [subnets[0], subnets[1]],
  })
  aws.run("CreateCacheParameterGroup", {
    CacheParameterGroupName: "own",
    CacheParameterGroupFamily: "valkey9",
    Description: "of our own",
  })
  const user = (UserId: string, UserName: string, AccessString: string, more: object) =>
    aws.run("CreateUser", { UserId, UserName, Engine: "valkey", AccessString, ...more })
  user("app", "app", "on ~* +@all", { Passwords: [password] })
  user("nobody", "default", "off ~keys* -@all", { Passwords: [password] })
  user("open", "open", "on ~* +@all", { NoPasswordRequired: true })
  aws.run("CreateUserGroup", { UserGroupId: "team", Engine: "VALKEY", UserIds: ["nobody", "app"] })
  aws.pass(5)
  return { ...aws, vpc, group, subnets }
}

/** As little as a cache with users can be asked for with. */
export const asked = {
  ReplicationGroupId: "One",
  ReplicationGroupDescription: "the first",
  Engine: "valkey",
  EngineVersion: "9.1",
  CacheNodeType: "cache.t3.micro",
  CacheSubnetGroupName: "main",
  CacheParameterGroupName: "own",
  TransitEncryptionEnabled: true,
  UserGroupIds: ["team"],
} as const

export const wish = { ...asked, UserGroupIds: [...asked.UserGroupIds] }

/** A cache `one` that is ready. */
export const running = (more: object = {}): Ground => {
  const aws = ground()
  aws.run("CreateReplicationGroup", { ...wish, SecurityGroupIds: [aws.group], ...more })
  aws.pass(370)
  return aws
}
