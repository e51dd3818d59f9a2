import type * as rds from "@aws-sdk/client-rds"
import type { Call } from "../../service.ts"
import { statusAt, stopsFor } from "./life.ts"
import { parameterGroupOf, subnetGroupOf } from "./lookup.ts"
import { secretView } from "./master-secret.ts"
import { arnOf, type InstanceRecord, type Settings, settingsAt } from "./records.ts"
import { view as subnetGroupView } from "./subnet-groups.ts"
import { license } from "./versions.ts"

export const view = (call: Call, record: InstanceRecord): rds.DBInstance => {
  const now = settingsAt(record, call.now)
  const status = statusAt(record, call.now)
  return {
    DBInstanceIdentifier: record.id,
    DBInstanceArn: arnOf(call, "db", record.id),
    DbiResourceId: record.resourceId,
    DBInstanceStatus: status,
    InstanceCreateTime: status === "creating" ? undefined : new Date(record.listensFrom),
    Engine: "postgres",
    LicenseModel: license,
    MasterUsername: record.masterUser,
    DBName: record.databaseName,
    StorageEncrypted: record.encrypted,
    KmsKeyId: record.kmsKeyArn,
    AvailabilityZone: status === "creating" ? undefined : record.zone,
    DBSubnetGroup: subnetGroupView(call, subnetGroupOf(call, record.subnetGroup)),
    DbInstancePort: 0,
    Endpoint: endpointOf(call, record, now),
    MasterUserSecret: secretView(call, record),
    PendingModifiedValues: pendingOf(call, record),
    AutomaticRestartTime: status === "stopped" ? new Date((record.states[0]?.[0] ?? 0) + stopsFor) : undefined,
    TagList: [...record.tags],
    ...settingsView(call, record, now),
  }
}

const endpointOf = (call: Call, record: InstanceRecord, { port }: Settings): rds.Endpoint | undefined =>
  call.now < record.listensFrom
    ? undefined
    : {
        Address: `${record.id}.c${record.resourceId.slice(-11).toLowerCase()}.${call.region}.rds.amazonaws.com`,
        Port: port,
        HostedZoneId: "Z2R2ITUGPM61AM",
      }

const settingsView = (call: Call, record: InstanceRecord, now: Settings): Partial<rds.DBInstance> => ({
  DBInstanceClass: now.instanceClass,
  AllocatedStorage: now.storageGb,
  MaxAllocatedStorage: now.maxStorageGb,
  StorageType: now.storageType,
  ...(now.storageType === "gp3" && { Iops: 3000, StorageThroughput: 125 }),
  EngineVersion: now.engineVersion,
  MultiAZ: now.multiAz,
  BackupRetentionPeriod: now.backupDays,
  PreferredBackupWindow: now.backupWindow,
  PreferredMaintenanceWindow: now.maintenanceWindow,
  PubliclyAccessible: now.publiclyAccessible,
  AutoMinorVersionUpgrade: now.minorUpgrades,
  CopyTagsToSnapshot: now.copyTags,
  DeletionProtection: now.deletionProtection,
  EnabledCloudwatchLogsExports: now.logExports.length > 0 ? [...now.logExports] : undefined,
  DatabaseInsightsMode: now.insights,
  PerformanceInsightsEnabled: now.performanceInsights,
  PerformanceInsightsRetentionPeriod: now.performanceInsights ? (now.performanceInsightsDays ?? 7) : undefined,
  EngineLifecycleSupport: now.lifecycle,
  IAMDatabaseAuthenticationEnabled: now.iamAuthentication,
  CACertificateIdentifier: now.authority,
  MonitoringInterval: 0,
  NetworkType: "IPV4",
  VpcSecurityGroups: now.groupIds.map((VpcSecurityGroupId) => ({ VpcSecurityGroupId, Status: "active" })),
  DBParameterGroups: [{ DBParameterGroupName: now.parameterGroup, ParameterApplyStatus: isInForce(call, record, now) }],
})

/** The engine read its group when it last started. */
const isInForce = (call: Call, { started }: InstanceRecord, { parameterGroup }: Settings): string =>
  started.parameterGroup === parameterGroup && started.edition === parameterGroupOf(call, parameterGroup).edition
    ? "in-sync"
    : "pending-reboot"

const pendingOf = ({ now }: Call, { changes }: InstanceRecord): rds.PendingModifiedValues => {
  const waiting = changes.filter(({ at }) => at > now).map(({ settings }) => settings)
  const pending: Partial<Settings> = Object.assign({}, ...waiting)
  return {
    DBInstanceClass: pending.instanceClass,
    AllocatedStorage: pending.storageGb,
    StorageType: pending.storageType,
    EngineVersion: pending.engineVersion,
    MultiAZ: pending.multiAz,
    Port: pending.port,
    BackupRetentionPeriod: pending.backupDays,
    CACertificateIdentifier: pending.authority,
    IAMDatabaseAuthenticationEnabled: pending.iamAuthentication,
  }
}
