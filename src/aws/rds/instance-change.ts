import {
  ModifyDBInstanceCommand,
  type ModifyDBInstanceCommandInput,
  RebootDBInstanceCommand,
  StartDBInstanceCommand,
} from "@aws-sdk/client-rds"
import type { Cloud } from "../cloud.ts"
import type { Database } from "./instance.ts"
import { majorOf } from "./picks.ts"

type Field = keyof Database
type Members = Omit<ModifyDBInstanceCommandInput, "DBInstanceIdentifier" | "ApplyImmediately">

/** One thing at a time: the engine looks after each, and comes back for what is left. */
export async function changeDatabase(
  ctx: Cloud,
  live: Database,
  fields: ReadonlySet<Field>,
  want: Database,
): Promise<void> {
  const DBInstanceIdentifier = live.identifier
  // Nothing else can change while it is stopped.
  if (fields.has("running")) {
    await ctx.rds.send(new StartDBInstanceCommand({ DBInstanceIdentifier }))
    return
  }
  const members = [...fields].flatMap((field) => memberOf(field, live, want))
  if (members.length > 0) {
    const asked: Members = Object.assign({}, ...members)
    await ctx.rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier, ApplyImmediately: true, ...asked }))
  } else if (fields.has("parametersInForce")) await ctx.rds.send(new RebootDBInstanceCommand({ DBInstanceIdentifier }))
}

function memberOf(field: Field, live: Database, want: Database): readonly Members[] {
  switch (field) {
    case "engineVersion":
      return [
        {
          EngineVersion: want.engineVersion,
          AllowMajorVersionUpgrade: majorOf(live.engineVersion) !== majorOf(want.engineVersion),
        },
      ]
    case "instanceClass":
      return [{ DBInstanceClass: want.instanceClass }]
    case "storageGb":
      return [{ AllocatedStorage: want.storageGb, MaxAllocatedStorage: want.maxStorageGb }]
    case "maxStorageGb":
      return [{ MaxAllocatedStorage: want.maxStorageGb }]
    case "storageType":
      return [{ StorageType: want.storageType }]
    case "multiAz":
      return [{ MultiAZ: want.multiAz }]
    case "publiclyAccessible":
      return [{ PubliclyAccessible: want.publiclyAccessible }]
    case "groupIds":
      return [{ VpcSecurityGroupIds: [...want.groupIds] }]
    case "parameterGroup":
      return [{ DBParameterGroupName: want.parameterGroup }]
    case "backupDays":
      return [{ BackupRetentionPeriod: want.backupDays }]
    // The one may stand where the other is to go.
    case "backupWindow":
    case "maintenanceWindow":
      return [{ PreferredBackupWindow: want.backupWindow, PreferredMaintenanceWindow: want.maintenanceWindow }]
    case "minorUpgrades":
      return [{ AutoMinorVersionUpgrade: want.minorUpgrades }]
    case "copyTags":
      return [{ CopyTagsToSnapshot: want.copyTags }]
    case "deletionProtection":
      return [{ DeletionProtection: want.deletionProtection }]
    case "logExports":
      return [logExportsFrom(live.logExports, want.logExports)]
    case "insights":
    case "insightsDays":
      return [insightsOf(want)]
    case "iamAuthentication":
      return [{ EnableIAMDatabaseAuthentication: want.iamAuthentication }]
    case "lifecycle":
      return [{ EngineLifecycleSupport: want.lifecycle }]
    case "managedPassword":
      return [{ ManageMasterUserPassword: want.managedPassword }]
    case "port":
      return [{ DBPortNumber: want.port }]
    default:
      return []
  }
}

function logExportsFrom(live: readonly string[], want: readonly string[]): Members {
  const EnableLogTypes = want.filter((type) => !live.includes(type))
  const DisableLogTypes = live.filter((type) => !want.includes(type))
  return { CloudwatchLogsExportConfiguration: { EnableLogTypes, DisableLogTypes } }
}

/** The members that say how much is kept of what the database does. */
export const insightsOf = ({ insights, insightsDays }: Pick<Database, "insights" | "insightsDays">) => ({
  DatabaseInsightsMode: insights === "advanced" ? ("advanced" as const) : ("standard" as const),
  EnablePerformanceInsights: true,
  PerformanceInsightsRetentionPeriod: insightsDays,
})
