import { CreateSecurityGroupCommand, DescribeSubnetsCommand } from "@aws-sdk/client-ec2"
import {
  DescribeDBSubnetGroupsCommand,
  ModifyDBInstanceCommand,
  type ModifyDBInstanceCommandInput,
  ModifyDBParameterGroupCommand,
  ModifyDBSubnetGroupCommand,
  ResetDBParameterGroupCommand,
  StopDBInstanceCommand,
} from "@aws-sdk/client-rds"
import type { Session } from "../../../src/aws/clients.ts"
import type { Database } from "../../../src/aws/rds/instance.ts"
import { systems } from "../../../src/nodes/systems.ts"
import { databaseKind } from "../../../src/steps/database.ts"
import { databaseParametersKind } from "../../../src/steps/database-parameters.ts"
import { databaseSubnetGroupKind } from "../../../src/steps/database-subnet-group.ts"
import { tampersOf } from "./table.ts"

const name = "it is the name, and nothing is renamed"
const atBirth = "RDS lets nobody change it after the birth"

type Members = Omit<ModifyDBInstanceCommandInput, "DBInstanceIdentifier" | "ApplyImmediately">

/** Changed at once, and waited for. */
const modified =
  (members: Members) =>
  async (by: Session, { identifier }: Database) => {
    const asked = { DBInstanceIdentifier: identifier, ApplyImmediately: true, ...members }
    await by.rds.send(new ModifyDBInstanceCommand(asked))
    // Longer than any of these takes.
    await by.clock.sleep(900_000)
  }

export const databaseTampers = [
  tampersOf(databaseSubnetGroupKind, {
    fields: {
      async subnetIds({ ec2, rds }, { groupName: DBSubnetGroupName, vpcId, subnetIds }) {
        const Filters = [{ Name: "vpc-id", Values: [vpcId] }]
        const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters }))
        const another = Subnets.map(({ SubnetId = "" }) => SubnetId).filter((id) => !subnetIds.includes(id))
        const SubnetIds = [...subnetIds, ...another.slice(0, 1)]
        const found = await rds.send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName }))
        const DBSubnetGroupDescription = found.DBSubnetGroups?.[0]?.DBSubnetGroupDescription
        await rds.send(new ModifyDBSubnetGroupCommand({ DBSubnetGroupName, DBSubnetGroupDescription, SubnetIds }))
      },
    },
    fixed: { groupName: name, vpcId: "a subnet group stays in its network" },
  }),
  tampersOf(databaseParametersKind, {
    fields: {
      parameters: [
        ({ rds }, { groupName }) => rds.send(setting(groupName, "rds.force_ssl", "0")),
        ({ rds }, { groupName }) => rds.send(setting(groupName, "log_statement", "all")),
      ],
    },
    fixed: { groupName: name, family: "a parameter group keeps its family" },
  }),
  tampersOf(databaseKind, {
    fields: {
      instanceClass: modified({ DBInstanceClass: "db.t3.medium" }),
      maxStorageGb: modified({ MaxAllocatedStorage: 300 }),
      storageType: modified({ StorageType: "gp2" }),
      multiAz: modified({ MultiAZ: true }),
      publiclyAccessible: modified({ PubliclyAccessible: true }),
      async groupIds(by, live) {
        const { DBSubnetGroups = [] } = await by.rds.send(
          new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: live.subnetGroup }),
        )
        const another = { VpcId: DBSubnetGroups[0]?.VpcId, GroupName: "of-somebody", Description: "of somebody" }
        const { GroupId = "" } = await by.ec2.send(new CreateSecurityGroupCommand(another))
        await modified({ VpcSecurityGroupIds: [...live.groupIds, GroupId] })(by, live)
      },
      parameterGroup: [
        {
          does: modified({ DBParameterGroupName: "default.postgres15" }),
          seen: () => ["parametersInForce", "parameterGroup"],
        },
      ],
      async parametersInForce(by, { parameterGroup }) {
        // It waits for a restart even when it is put back meanwhile.
        await by.rds.send(setting(parameterGroup, "max_connections", "100", "pending-reboot"))
        const Parameters = [{ ParameterName: "max_connections", ApplyMethod: "pending-reboot" as const }]
        await by.rds.send(new ResetDBParameterGroupCommand({ DBParameterGroupName: parameterGroup, Parameters }))
      },
      backupDays: modified({ BackupRetentionPeriod: 1 }),
      backupWindow: modified({ PreferredBackupWindow: "10:00-10:30" }),
      maintenanceWindow: modified({ PreferredMaintenanceWindow: "mon:12:00-mon:12:30" }),
      minorUpgrades: modified({ AutoMinorVersionUpgrade: false }),
      copyTags: modified({ CopyTagsToSnapshot: false }),
      deletionProtection: modified({ DeletionProtection: true }),
      logExports: modified({ CloudwatchLogsExportConfiguration: { EnableLogTypes: ["postgresql"] } }),
      insights: [
        {
          does: modified({
            DatabaseInsightsMode: "advanced",
            EnablePerformanceInsights: true,
            PerformanceInsightsRetentionPeriod: 465,
          }),
          seen: () => ["insights", "insightsDays"],
        },
      ],
      insightsDays: modified({ EnablePerformanceInsights: false }),
      iamAuthentication: modified({ EnableIAMDatabaseAuthentication: true }),
      lifecycle: modified({ EngineLifecycleSupport: "open-source-rds-extended-support" }),
      managedPassword: [
        {
          does: modified({ ManageMasterUserPassword: false, MasterUserPassword: "somebodys-own-secret" }),
          // The secret that RDS kept it in is gone: the node is told of another one.
          also: [
            "databases/main differs: wish (pending)",
            "setting/data differs: lines (drift)",
            ...systems.map((system) => `system/${system} differs: wish (pending)`),
          ],
        },
      ],
      port: modified({ DBPortNumber: 5433 }),
      async running(by, { identifier: DBInstanceIdentifier }) {
        await by.rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier }))
        await by.clock.sleep(120_000)
      },
    },
    fixed: {
      identifier: name,
      engineVersion: "it only goes up, and a later minor is as good",
      storageGb: "it only grows, which RDS does by itself",
      encrypted: atBirth,
      subnetGroup: "another one is another network for RDS, and a change of it is not undone",
      vpcId: "that of its subnet group, which is not undone either",
      masterUser: atBirth,
      source: "it is what it was made from: what is said where the tag is lost has a test of its own",
    },
  }),
]

const setting = (
  DBParameterGroupName: string,
  ParameterName: string,
  ParameterValue: string,
  ApplyMethod: "immediate" | "pending-reboot" = "immediate",
) =>
  new ModifyDBParameterGroupCommand({
    DBParameterGroupName,
    Parameters: [{ ParameterName, ParameterValue, ApplyMethod }],
  })
