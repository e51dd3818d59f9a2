import type { DBInstance } from "@aws-sdk/client-rds"
import type { Phase } from "../../engine/types.ts"
import { madeNew, sourceIn } from "../source.ts"

/** A database instance, with all of it that somebody could change from outside. */
export interface Database {
  /** RDS's own, which no later instance of the same name has. */
  readonly id: string
  readonly identifier: string
  /** When it began to listen; empty before. */
  readonly born: string
  /** What it was made from. */
  readonly source: string
  readonly status: string
  readonly engineVersion: string
  readonly instanceClass: string
  readonly storageGb: number
  /** It grows up to here by itself. */
  readonly maxStorageGb: number
  readonly storageType: string
  readonly encrypted: boolean
  readonly multiAz: boolean
  readonly running: boolean
  readonly publiclyAccessible: boolean
  readonly subnetGroup: string
  /** The network of its subnet group: another group of the same name may lie in another one. */
  readonly vpcId: string
  readonly groupIds: readonly string[]
  readonly parameterGroup: string
  /** The engine has read its parameters as they are. */
  readonly parametersInForce: boolean
  readonly backupDays: number
  readonly backupWindow: string
  readonly maintenanceWindow: string
  readonly minorUpgrades: boolean
  readonly copyTags: boolean
  readonly deletionProtection: boolean
  readonly logExports: readonly string[]
  readonly insights: string
  readonly insightsDays: number
  readonly iamAuthentication: boolean
  /** What happens when its major is too old. */
  readonly lifecycle: string
  readonly masterUser: string
  /** RDS makes the master's password and keeps it in a secret. */
  readonly managedPassword: boolean
  readonly masterSecret: string
  /** Empty until it listens. */
  readonly address: string
  readonly port: number
}

/** What a wish says of one, whatever it is made from. */
export type DatabaseSize = Pick<
  Database,
  "instanceClass" | "storageGb" | "maxStorageGb" | "backupDays" | "multiAz" | "deletionProtection"
>

/** What every database of ours is, whatever its size. */
export const settled = {
  storageType: "gp3",
  encrypted: true,
  running: true,
  publiclyAccessible: false,
  parametersInForce: true,
  backupWindow: "03:00-04:00",
  maintenanceWindow: "sun:04:00-sun:05:00",
  minorUpgrades: true,
  copyTags: true,
  logExports: [],
  // Seven days of Database Insights cost nothing.
  insights: "standard",
  insightsDays: 7,
  iamAuthentication: false,
  lifecycle: "open-source-rds-extended-support-disabled",
  masterUser: "postgres",
  managedPassword: true,
  port: 5432,
} as const

export const blankDatabase: Database = {
  ...settled,
  id: "",
  identifier: "",
  born: "",
  source: madeNew,
  status: "",
  engineVersion: "",
  instanceClass: "",
  storageGb: 0,
  maxStorageGb: 0,
  multiAz: false,
  subnetGroup: "",
  vpcId: "",
  groupIds: [],
  parameterGroup: "",
  backupDays: 0,
  deletionProtection: false,
  masterSecret: "",
  address: "",
}

/** Those in which RDS has given it up; its data may be lost or out of reach. */
export const beyondHelp = /^(failed|incompatible-|restore-error|inaccessible-encryption-credentials$)/

export function phaseOf({ DBInstanceStatus: status = "" }: DBInstance): Phase {
  if (status === "deleting") return "leaving"
  if (beyondHelp.test(status)) return { failed: `RDS calls it ${status}` }
  return /^(available|stopped|storage-(full|optimization))$/.test(status) ? "ready" : "pending"
}

export const databaseOf = (one: DBInstance): Database => ({
  id: one.DbiResourceId ?? "",
  identifier: one.DBInstanceIdentifier ?? "",
  born: one.InstanceCreateTime?.toISOString() ?? "",
  source: sourceIn(one.TagList),
  status: one.DBInstanceStatus ?? "",
  engineVersion: one.EngineVersion ?? "",
  instanceClass: one.DBInstanceClass ?? "",
  storageGb: one.AllocatedStorage ?? 0,
  maxStorageGb: one.MaxAllocatedStorage ?? 0,
  storageType: one.StorageType ?? "",
  encrypted: one.StorageEncrypted ?? false,
  multiAz: one.MultiAZ ?? false,
  running: one.DBInstanceStatus !== "stopped",
  publiclyAccessible: one.PubliclyAccessible ?? false,
  subnetGroup: one.DBSubnetGroup?.DBSubnetGroupName ?? "",
  vpcId: one.DBSubnetGroup?.VpcId ?? "",
  groupIds: (one.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId = "" }) => VpcSecurityGroupId).toSorted(),
  ...parameterGroupOf(one),
  backupDays: one.BackupRetentionPeriod ?? 0,
  backupWindow: one.PreferredBackupWindow ?? "",
  maintenanceWindow: one.PreferredMaintenanceWindow ?? "",
  minorUpgrades: one.AutoMinorVersionUpgrade ?? false,
  copyTags: one.CopyTagsToSnapshot ?? false,
  deletionProtection: one.DeletionProtection ?? false,
  logExports: (one.EnabledCloudwatchLogsExports ?? []).toSorted(),
  insights: one.DatabaseInsightsMode ?? settled.insights,
  insightsDays: one.PerformanceInsightsEnabled ? (one.PerformanceInsightsRetentionPeriod ?? 7) : 0,
  iamAuthentication: one.IAMDatabaseAuthenticationEnabled ?? false,
  lifecycle: one.EngineLifecycleSupport ?? settled.lifecycle,
  masterUser: one.MasterUsername ?? "",
  managedPassword: one.MasterUserSecret !== undefined,
  masterSecret: one.MasterUserSecret?.SecretArn ?? "",
  address: one.Endpoint?.Address ?? "",
  port: one.Endpoint?.Port ?? settled.port,
})

function parameterGroupOf({ DBParameterGroups: [group] = [] }: DBInstance) {
  const waits = group?.ParameterApplyStatus === "pending-reboot"
  return { parameterGroup: group?.DBParameterGroupName ?? "", parametersInForce: !waits }
}
