import { asked, groupIn, running } from "../ground.ts"
import { api, created, guide, type RdsRow } from "./case.ts"

const birth = api("CreateDBInstance")

export const birthRows: readonly RdsRow[] = [
  ["a name twice", "DBInstanceAlreadyExists", birth, () => running().refused("CreateDBInstance", asked)],
  [
    "a name in other letters",
    "DBInstanceAlreadyExists",
    `${birth}: stored as a lowercase string`,
    () => created({ DBInstanceIdentifier: "ONE" })(running()),
  ],
  ["a name with two hyphens", "InvalidParameterValue: identifier", birth, created({ DBInstanceIdentifier: "a--b" })],
  ["a name of 64 letters", "InvalidParameterValue", birth, created({ DBInstanceIdentifier: "a".repeat(64) })],
  [
    "one more than the quota",
    "InstanceQuotaExceeded",
    guide("Quotas"),
    (aws) => {
      aws.quotas.set("L-7B6409FD", 0)
      return created({})(aws)
    },
  ],
  [
    "more storage than the quota",
    "StorageQuotaExceeded",
    birth,
    (aws) => {
      aws.quotas.set("L-7ADDB58A", 10)
      return created({})(aws)
    },
  ],
  ["a subnet group that isn't there", "DBSubnetGroupNotFoundFault", birth, created({ DBSubnetGroupName: "gone" })],
  ["a parameter group that isn't there", "DBParameterGroupNotFound", birth, created({ DBParameterGroupName: "gone" })],
  [
    "a parameter group of another family",
    "InvalidParameterCombination: DBParameterGroupFamily postgres15",
    guide("Parameter groups"),
    created({ EngineVersion: "16.14", DBParameterGroupName: "own" }),
  ],
  [
    "a security group that isn't there",
    "InvalidParameterValue: Invalid security group",
    birth,
    created({ VpcSecurityGroupIds: ["sg-0123456789abcdef0"] }),
  ],
  [
    "a security group of another network",
    "InvalidParameterCombination: different VPCs",
    guide("VPC security groups"),
    (aws) => {
      const elsewhere = aws.run("CreateVpc", { CidrBlock: "10.30.0.0/16" }).Vpc?.VpcId ?? ""
      return created({ VpcSecurityGroupIds: [groupIn(aws, elsewhere, "other")] })(aws)
    },
  ],
  [
    "a version that new instances don't get any more",
    "InvalidParameterCombination: Cannot find version 15.4",
    "AWS notice of 2026-05: old minors are closed to new instances",
    created({ EngineVersion: "15.4" }),
  ],
  [
    "a class that doesn't run the version",
    "InvalidParameterCombination: DBInstanceClass=db.m4.large, Engine=postgres, EngineVersion=15.18",
    api("DescribeOrderableDBInstanceOptions"),
    created({ DBInstanceClass: "db.m4.large" }),
  ],
  [
    "less storage than gp3 has",
    "InvalidParameterValue: Invalid storage size",
    `${birth}: gp3 from 20 GiB`,
    created({ AllocatedStorage: 19 }),
  ],
  ["a storage of another kind", "StorageTypeNotSupported", birth, created({ StorageType: "sc1" })],
  [
    "to grow to less than a tenth more",
    "InvalidParameterCombination: Max storage size",
    guide("Storage autoscaling"),
    created({ MaxAllocatedStorage: 54 }),
  ],
  [
    "a zone for an instance with a standby",
    "InvalidParameterCombination: Multi-AZ",
    birth,
    created({ MultiAZ: true, AvailabilityZone: "us-east-1a" }),
  ],
  [
    "a zone in which the group has no subnet",
    "InvalidVPCNetworkStateFault",
    birth,
    created({ AvailabilityZone: "us-east-1c" }),
  ],
  [
    "a zone in which the class isn't to be had",
    "InvalidVPCNetworkStateFault",
    api("DescribeOrderableDBInstanceOptions"),
    (aws) => {
      aws.run("ModifyDBSubnetGroup", { DBSubnetGroupName: "main", SubnetIds: [aws.subnets[0], aws.subnets[2]] })
      return created({ AvailabilityZone: "us-east-1e" })(aws)
    },
  ],
  [
    "a machine that AWS has none of at the moment",
    "InsufficientDBInstanceCapacity",
    birth,
    (aws) => {
      aws.faults.add("capacity")
      return created({})(aws)
    },
  ],
  [
    "a key of nobody's",
    "KMSKeyNotAccessibleFault",
    birth,
    created({ StorageEncrypted: true, KmsKeyId: "arn:aws:kms:x" }),
  ],
  [
    "a master's name that is reserved",
    "InvalidParameterValue: reserved word",
    birth,
    created({ MasterUsername: "admin" }),
  ],
  [
    "neither a password nor one that RDS manages",
    "InvalidParameterValue: MasterUserPassword",
    birth,
    created({ ManageMasterUserPassword: undefined }),
  ],
  ["no class", "ValidationError: dBInstanceClass", birth, created({ DBInstanceClass: undefined })],
  ["an engine that the sandbox has not", "NotImplemented: mysql", "the sandbox's own", created({ Engine: "mysql" })],
]

export const settingRows: readonly RdsRow[] = [
  ["backups for 36 days", "InvalidParameterValue: between 0 and 35", birth, created({ BackupRetentionPeriod: 36 })],
  ["a port below 1150", "InvalidParameterValue: between 1150 and 65535", birth, created({ Port: 1149 })],
  [
    "a backup window of 29 minutes",
    "InvalidParameterValue: at least 30 minutes",
    birth,
    created({ PreferredBackupWindow: "03:00-03:29" }),
  ],
  ["a backup window that is none", "InvalidParameterValue: format", birth, created({ PreferredBackupWindow: "3-4" })],
  [
    "a maintenance window without a day",
    "InvalidParameterValue: format",
    birth,
    created({ PreferredMaintenanceWindow: "04:00-05:00" }),
  ],
  [
    "both windows at once",
    "InvalidParameterCombination: overlap",
    `${birth}: must not conflict`,
    created({ PreferredBackupWindow: "03:00-04:30", PreferredMaintenanceWindow: "sun:04:00-sun:05:00" }),
  ],
  [
    "insights for a number of days that is none of its",
    "InvalidParameterValue: Performance Insights retention period",
    `${birth}: 7, months of 31 days, 731`,
    created({ EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: 94 }),
  ],
  [
    "advanced insights for a week",
    "InvalidParameterCombination: at least 465 days",
    guide("Database Insights"),
    created({ DatabaseInsightsMode: "advanced" }),
  ],
  [
    "a log that PostgreSQL doesn't write",
    "InvalidParameterCombination: You cannot use the log types 'slowquery'",
    guide("Publishing logs"),
    created({ EnableCloudwatchLogsExports: ["slowquery"] }),
  ],
  [
    "a tag of AWS's own",
    "InvalidParameterValue: reserved",
    guide("Tagging"),
    created({ Tags: [{ Key: "aws:mine", Value: "1" }] }),
  ],
  [
    "more than 50 tags",
    "InvalidParameterValue: more than 50",
    guide("Tagging"),
    created({ Tags: Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: "" })) }),
  ],
]
