import { idOf } from "../../ec2/network.ts"
import { copied, type Ground, running } from "../ground.ts"
import { api, guide, type RdsRow } from "./case.ts"

const subnetGroup = (aws: Ground, SubnetIds: string[], DBSubnetGroupName = "new") =>
  aws.refused("CreateDBSubnetGroup", { DBSubnetGroupName, DBSubnetGroupDescription: "x", SubnetIds })

const parameterGroup = (aws: Ground, more: object) =>
  aws.refused("CreateDBParameterGroup", {
    DBParameterGroupName: "new",
    DBParameterGroupFamily: "postgres15",
    Description: "x",
    ...more,
  })

const set = (aws: Ground, more: object, DBParameterGroupName = "own") =>
  aws.refused("ModifyDBParameterGroup", {
    DBParameterGroupName,
    Parameters: [{ ParameterName: "rds.force_ssl", ParameterValue: "1", ApplyMethod: "immediate", ...more }],
  })

export const groupRows: readonly RdsRow[] = [
  [
    "a subnet group twice",
    "DBSubnetGroupAlreadyExists",
    api("CreateDBSubnetGroup"),
    (aws) => subnetGroup(aws, [aws.subnets[0], aws.subnets[1]], "Main"),
  ],
  [
    "a subnet group in one zone",
    "DBSubnetGroupDoesNotCoverEnoughAZs: at least 2",
    api("CreateDBSubnetGroup"),
    (aws) => subnetGroup(aws, [aws.subnets[0]]),
  ],
  [
    "a subnet that isn't there",
    "InvalidSubnet",
    api("CreateDBSubnetGroup"),
    (aws) => subnetGroup(aws, [aws.subnets[0], "subnet-0123456789abcdef0"]),
  ],
  [
    "the name that RDS keeps for itself",
    "InvalidParameterValue: default",
    api("CreateDBSubnetGroup"),
    (aws) => subnetGroup(aws, [aws.subnets[0], aws.subnets[1]], "default"),
  ],
  [
    "one subnet group more than the quota",
    "DBSubnetGroupQuotaExceeded",
    guide("Quotas"),
    (aws) => {
      aws.quotas.set("L-48C6BF61", 1)
      return subnetGroup(aws, [aws.subnets[0], aws.subnets[1]])
    },
  ],
  [
    "subnets of another network",
    "InvalidParameterValue: not in the same Vpc",
    "seen: a subnet group that was to move",
    (aws) => {
      const vpc = idOf(aws.run("CreateVpc", { CidrBlock: "10.30.0.0/16" }).Vpc?.VpcId)
      const subnetIn = (CidrBlock: string, AvailabilityZone: string) =>
        idOf(aws.run("CreateSubnet", { VpcId: vpc, CidrBlock, AvailabilityZone }).Subnet?.SubnetId)
      const SubnetIds = [subnetIn("10.30.1.0/24", "us-east-1a"), subnetIn("10.30.2.0/24", "us-east-1b")]
      return aws.refused("ModifyDBSubnetGroup", { DBSubnetGroupName: "main", SubnetIds })
    },
  ],
  [
    "to take away the subnet that an instance is in",
    "SubnetAlreadyInUse",
    api("ModifyDBSubnetGroup"),
    () => {
      const aws = running({ AvailabilityZone: "us-east-1a" })
      const SubnetIds = [aws.subnets[1], aws.subnets[2]]
      return aws.refused("ModifyDBSubnetGroup", { DBSubnetGroupName: "main", SubnetIds })
    },
  ],
  [
    "to delete a subnet group in use",
    "InvalidDBSubnetGroupStateFault: is still using it",
    api("DeleteDBSubnetGroup"),
    () => running().refused("DeleteDBSubnetGroup", { DBSubnetGroupName: "main" }),
  ],
  [
    "a parameter group twice",
    "DBParameterGroupAlreadyExists",
    api("CreateDBParameterGroup"),
    (aws) => parameterGroup(aws, { DBParameterGroupName: "OWN" }),
  ],
  [
    "a family that there isn't",
    "InvalidParameterValue: not a valid parameter group family",
    api("CreateDBParameterGroup"),
    (aws) => parameterGroup(aws, { DBParameterGroupFamily: "postgres99" }),
  ],
  [
    "one parameter group more than the quota",
    "DBParameterGroupQuotaExceeded",
    guide("Quotas"),
    (aws) => {
      aws.quotas.set("L-DE55804A", 1)
      return parameterGroup(aws, {})
    },
  ],
  [
    "to delete a parameter group in use",
    "InvalidDBParameterGroupState: members of this parameter group",
    api("DeleteDBParameterGroup"),
    () => running({ DBParameterGroupName: "own" }).refused("DeleteDBParameterGroup", { DBParameterGroupName: "own" }),
  ],
  [
    "to change a default group",
    "InvalidDBParameterGroupState: is a default",
    guide("Parameter groups"),
    (aws) => set(aws, {}, "default.postgres15"),
  ],
  [
    "a parameter that there isn't",
    "InvalidParameterValue: Could not find parameter",
    api("ModifyDBParameterGroup"),
    (aws) => set(aws, { ParameterName: "force_tls" }),
  ],
  [
    "a value that the parameter doesn't take",
    "InvalidParameterValue: Invalid parameter value: 2",
    api("ModifyDBParameterGroup"),
    (aws) => set(aws, { ParameterValue: "2" }),
  ],
  [
    "a number below the least",
    "InvalidParameterValue: allowed values are: 64-2147483647",
    api("ModifyDBParameterGroup"),
    (aws) => set(aws, { ParameterName: "work_mem", ParameterValue: "63" }),
  ],
  [
    "a parameter that nobody sets",
    "InvalidParameterValue: cannot be modified",
    api("ModifyDBParameterGroup"),
    (aws) => set(aws, { ParameterName: "server_version", ParameterValue: "1" }),
  ],
  [
    "a static parameter at once",
    "InvalidParameterCombination: immediate apply method for static parameter",
    api("ModifyDBParameterGroup"),
    (aws) => set(aws, { ParameterName: "max_connections", ParameterValue: "100" }),
  ],
]

export const snapshotRows: readonly RdsRow[] = [
  [
    "a snapshot that isn't there",
    "DBSnapshotNotFound",
    api("DeleteDBSnapshot"),
    (aws) => aws.refused("DeleteDBSnapshot", { DBSnapshotIdentifier: "gone" }),
  ],
  [
    "to delete a snapshot that is being made",
    "InvalidDBSnapshotState",
    api("DeleteDBSnapshot"),
    () => {
      const aws = running()
      aws.run("CreateDBSnapshot", { DBSnapshotIdentifier: "first", DBInstanceIdentifier: "one" })
      return aws.refused("DeleteDBSnapshot", { DBSnapshotIdentifier: "first" })
    },
  ],
  [
    "to delete what RDS made by itself",
    "InvalidDBSnapshotState: not a manual one",
    api("DeleteDBSnapshot"),
    () => {
      const aws = running()
      const [own] = aws.run("DescribeDBSnapshots", { SnapshotType: "automated" }).DBSnapshots ?? []
      return aws.refused("DeleteDBSnapshot", { DBSnapshotIdentifier: own?.DBSnapshotIdentifier })
    },
  ],
  [
    "to copy a snapshot under a taken name",
    "DBSnapshotAlreadyExists",
    api("CopyDBSnapshot"),
    () => {
      const names = { SourceDBSnapshotIdentifier: "first", TargetDBSnapshotIdentifier: "first" }
      return copied(running()).refused("CopyDBSnapshot", names)
    },
  ],
  [
    "to restore into less storage than was kept",
    "InvalidParameterValue: less than the 50 of the snapshot",
    api("RestoreDBInstanceFromDBSnapshot"),
    () => copied(running()).refused("RestoreDBInstanceFromDBSnapshot", { ...restored("two"), AllocatedStorage: 40 }),
  ],
  [
    "to restore under a taken name",
    "DBInstanceAlreadyExists",
    api("RestoreDBInstanceFromDBSnapshot"),
    () => copied(running()).refused("RestoreDBInstanceFromDBSnapshot", restored("one")),
  ],
  [
    "a page of 19",
    "InvalidParameterValue: between 20 and 100",
    api("DescribeDBSnapshots"),
    (aws) => aws.refused("DescribeDBSnapshots", { MaxRecords: 19 }),
  ],
  [
    "tags of what is no ARN",
    "InvalidParameterValue: Invalid resource name",
    api("AddTagsToResource"),
    (aws) => aws.refused("ListTagsForResource", { ResourceName: "one" }),
  ],
]

const restored = (DBInstanceIdentifier: string) => ({
  DBInstanceIdentifier,
  DBSnapshotIdentifier: "first",
  DBSubnetGroupName: "main",
})
