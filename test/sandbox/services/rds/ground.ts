import type * as ec2Client from "@aws-sdk/client-ec2"
import type * as rdsClient from "@aws-sdk/client-rds"
import { ec2 } from "../../../../src/sandbox/services/ec2/index.ts"
import { rds } from "../../../../src/sandbox/services/rds/index.ts"
import { idOf } from "../ec2/network.ts"
import { type Rig, rigOf } from "../rig.ts"

type Clients = typeof rdsClient & typeof ec2Client

export type Ground = Rig<Clients> & {
  readonly vpc: string
  readonly group: string
  /** In two zones; the last one where no class is to be had. */
  readonly subnets: readonly [a: string, b: string, e: string]
}

/** A network with a subnet group `main` and a parameter group `own` of PostgreSQL 15. */
export const ground = (): Ground => {
  const handlers = { ...ec2.handlers, ...rds.handlers }
  const reads = new RegExp(`${ec2.reads.source}|${rds.reads.source}`)
  const both = rigOf<Clients>({ ...rds, handlers, reads })
  const vpc = idOf(both.run("CreateVpc", { CidrBlock: "10.20.0.0/16" }).Vpc?.VpcId)
  const subnetIn = (CidrBlock: string, AvailabilityZone: string) =>
    idOf(both.run("CreateSubnet", { VpcId: vpc, CidrBlock, AvailabilityZone }).Subnet?.SubnetId)
  const subnets = [
    subnetIn("10.20.1.0/24", "us-east-1a"),
    subnetIn("10.20.2.0/24", "us-east-1b"),
    subnetIn("10.20.3.0/24", "us-east-1e"),
  ] as const
  const group = groupIn(both, vpc, "app")
  both.run("CreateDBSubnetGroup", {
    DBSubnetGroupName: "main",
    DBSubnetGroupDescription: "two zones",
    SubnetIds: [subnets[0], subnets[1]],
  })
  both.run("CreateDBParameterGroup", {
    DBParameterGroupName: "own",
    DBParameterGroupFamily: "postgres15",
    Description: "of our own",
  })
  return { ...both, vpc, group, subnets }
}

export const groupIn = (aws: Pick<Ground, "run">, VpcId: string, GroupName: string): string =>
  idOf(aws.run("CreateSecurityGroup", { VpcId, GroupName, Description: GroupName }).GroupId)

/** As little as an instance can be asked for with. */
export const asked = {
  DBInstanceIdentifier: "one",
  Engine: "postgres",
  EngineVersion: "15.18",
  DBInstanceClass: "db.t3.small",
  AllocatedStorage: 50,
  StorageType: "gp3",
  DBSubnetGroupName: "main",
  MasterUsername: "postgres",
  ManageMasterUserPassword: true,
} as const

/** An instance `one` that is ready. */
export const running = (more: object = {}): Ground => {
  const aws = ground()
  aws.run("CreateDBInstance", { ...asked, ...more })
  aws.pass(400)
  return aws
}

export const statusOf = (aws: Ground, DBInstanceIdentifier = "one"): string | undefined =>
  aws.run("DescribeDBInstances", { DBInstanceIdentifier }).DBInstances?.[0]?.DBInstanceStatus

export const one = (aws: Ground): rdsClient.DBInstance => {
  const [found] = aws.run("DescribeDBInstances", { DBInstanceIdentifier: "one" }).DBInstances ?? []
  if (!found) throw new Error("there is no instance one")
  return found
}

/** A snapshot `first` of the instance. */
export const copied = (aws: Ground): Ground => {
  aws.run("CreateDBSnapshot", { DBSnapshotIdentifier: "first", DBInstanceIdentifier: "one" })
  aws.pass(200)
  return aws
}
