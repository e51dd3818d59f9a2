import type * as rds from "@aws-sdk/client-rds"
import { handlers, Refusal } from "../../service.ts"
import { serveOnly } from "../unserved.ts"
import { versionOf } from "./catalog.ts"
import { view } from "./instance-view.ts"
import { build } from "./instances.ts"
import { snapshotOf } from "./lookup.ts"
import { instances } from "./records.ts"
import { settingsAsked, usualSettings } from "./settings.ts"
import { availableOf, firstBackup } from "./snapshots.ts"

export const restoreHandlers = handlers<typeof rds>()({
  RestoreDBInstanceFromDBSnapshot(input, call) {
    serveOnly("RestoreDBInstanceFromDBSnapshot", input, served)
    const snapshot = availableOf(call, snapshotOf(call, input.DBSnapshotIdentifier))
    if (input.AllocatedStorage !== undefined && input.AllocatedStorage < snapshot.settings.storageGb)
      throw new Refusal(
        "InvalidParameterValue",
        `The allocated storage ${input.AllocatedStorage} is less than the ${snapshot.settings.storageGb} of the snapshot.`,
      )
    const { instanceClass, storageGb, storageType, engineVersion, port, backupDays } = snapshot.settings
    const settings = {
      ...usualSettings,
      storageGb,
      storageType,
      engineVersion,
      port,
      backupDays,
      instanceClass,
      parameterGroup: `default.${versionOf(engineVersion)?.family}`,
      ...settingsAsked(input),
    }
    const { masterUser, databaseName, encrypted, kmsKeyArn } = snapshot.source
    const built = build(call, { ...input, StorageEncrypted: encrypted, KmsKeyId: kmsKeyArn }, settings)
    // The master's password is the one of the snapshot: no secret holds it until a modification asks for one.
    const record = { ...built, masterUser, databaseName }
    instances(call).put(record.id, record)
    firstBackup(call, record)
    return { DBInstance: view(call, record) }
  },
})

const served = [
  "AllocatedStorage",
  "AutoMinorVersionUpgrade",
  "AvailabilityZone",
  "BackupRetentionPeriod",
  "CACertificateIdentifier",
  "CopyTagsToSnapshot",
  "DBInstanceClass",
  "DBInstanceIdentifier",
  "DBParameterGroupName",
  "DBSnapshotIdentifier",
  "DBSubnetGroupName",
  "DeletionProtection",
  "EnableCloudwatchLogsExports",
  "EnableIAMDatabaseAuthentication",
  "EngineLifecycleSupport",
  "MultiAZ",
  "Port",
  "PreferredBackupWindow",
  "PubliclyAccessible",
  "StorageType",
  "Tags",
  "VpcSecurityGroupIds",
] as const
