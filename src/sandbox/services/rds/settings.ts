import type * as rds from "@aws-sdk/client-rds"
import { type Call, Refusal } from "../../service.ts"
import { groups } from "../ec2/records/security.ts"
import { seek } from "../ec2/rules/kind.ts"
import { classes, type InstanceClass, runs, storageTypes, versionOf } from "./catalog.ts"
import { parameterGroupOf } from "./lookup.ts"
import type { Settings } from "./records.ts"
import { license } from "./versions.ts"
import { checkWindows } from "./windows.ts"

type Asked = Omit<Partial<rds.CreateDBInstanceCommandInput>, "DBInstanceIdentifier"> & {
  readonly DBPortNumber?: number | undefined
}

/** What a request says of the settings; what it leaves out is not there. */
export const settingsAsked = (asked: Asked): Partial<Settings> => {
  const given: { [Key in keyof Settings]: Settings[Key] | undefined } = {
    instanceClass: asked.DBInstanceClass,
    storageGb: asked.AllocatedStorage,
    maxStorageGb: asked.MaxAllocatedStorage,
    storageType: asked.StorageType,
    engineVersion: asked.EngineVersion,
    multiAz: asked.MultiAZ,
    backupDays: asked.BackupRetentionPeriod,
    backupWindow: asked.PreferredBackupWindow,
    maintenanceWindow: asked.PreferredMaintenanceWindow?.toLowerCase(),
    port: asked.DBPortNumber ?? asked.Port,
    parameterGroup: asked.DBParameterGroupName?.toLowerCase(),
    groupIds: asked.VpcSecurityGroupIds && [...asked.VpcSecurityGroupIds],
    publiclyAccessible: asked.PubliclyAccessible,
    minorUpgrades: asked.AutoMinorVersionUpgrade,
    copyTags: asked.CopyTagsToSnapshot,
    deletionProtection: asked.DeletionProtection,
    logExports: asked.EnableCloudwatchLogsExports && [...asked.EnableCloudwatchLogsExports],
    insights: asked.DatabaseInsightsMode,
    performanceInsights: asked.EnablePerformanceInsights,
    performanceInsightsDays: asked.PerformanceInsightsRetentionPeriod,
    lifecycle: asked.EngineLifecycleSupport,
    iamAuthentication: asked.EnableIAMDatabaseAuthentication,
    authority: asked.CACertificateIdentifier,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

/** What RDS makes of an instance of which nothing more is said. */
export const usualSettings = {
  storageType: "gp2",
  multiAz: false,
  backupDays: 1,
  backupWindow: "06:30-07:00",
  maintenanceWindow: "tue:09:00-tue:09:30",
  port: 5432,
  groupIds: [],
  publiclyAccessible: false,
  minorUpgrades: true,
  copyTags: false,
  deletionProtection: false,
  logExports: [],
  insights: "standard",
  performanceInsights: false,
  lifecycle: "open-source-rds-extended-support",
  iamAuthentication: false,
  authority: "rds-ca-rsa2048-g1",
} as const

/** Refuses what RDS refuses of them, each by itself and together. */
export const checkSettings = (call: Call, vpcId: string, settings: Settings): void => {
  classFor(settings)
  checkStorage(settings)
  checkWindows(settings)
  const { backupDays, port, insights, performanceInsightsDays: days = 7, logExports } = settings
  if (backupDays < 0 || backupDays > 35)
    throw invalid(`Invalid backup retention period: ${backupDays}. Retention period must be between 0 and 35.`)
  if (port < 1150 || port > 65_535) throw invalid(`Invalid database port ${port}: it must be between 1150 and 65535.`)
  if (days !== 7 && days !== 731 && (days % 31 !== 0 || days > 713))
    throw invalid(`Invalid Performance Insights retention period: ${days}.`)
  if (insights === "advanced" && days < 465)
    throw unfit("To enable the Advanced mode of Database Insights, set a retention period of at least 465 days.")
  const unknown = logExports.filter((type) => !["postgresql", "upgrade", "iam-db-auth-error"].includes(type))
  if (unknown.length > 0)
    throw unfit(
      `You cannot use the log types '${unknown.join(", ")}' with engine version postgres ${settings.engineVersion}.`,
    )
  checkParameterGroup(call, settings)
  checkGroups(call, vpcId, settings)
}

/** The class, where it runs this version. */
export const classFor = ({ instanceClass, engineVersion }: Settings): InstanceClass => {
  const version = versionOf(engineVersion)
  if (!version) throw unfit(`Cannot find version ${engineVersion} for postgres`)
  const found = classes.find(({ name }) => name === instanceClass)
  if (found && runs(found, version)) return found
  throw unfit(
    `RDS does not support creating a DB instance with the following combination: DBInstanceClass=${instanceClass}, Engine=postgres, EngineVersion=${engineVersion}, LicenseModel=${license}.`,
  )
}

const checkStorage = ({ storageGb, storageType, maxStorageGb }: Settings): void => {
  const bounds = Object.entries(storageTypes).find(([name]) => name === storageType)?.[1]
  if (!bounds)
    throw new Refusal("StorageTypeNotSupported", `Invalid storage type for DB engine postgres: ${storageType}`)
  if (storageGb < bounds.smallest || storageGb > bounds.largest)
    throw invalid(`Invalid storage size for engine name postgres and storage type ${storageType}: ${storageGb}`)
  if (maxStorageGb !== undefined && maxStorageGb < storageGb * 1.1)
    throw unfit(`Max storage size must be at least 10 percent greater than storage size: ${maxStorageGb}, ${storageGb}`)
}

const checkParameterGroup = (call: Call, { parameterGroup, engineVersion }: Settings): void => {
  const { name, family } = parameterGroupOf(call, parameterGroup)
  const wanted = versionOf(engineVersion)?.family
  if (family !== wanted)
    throw unfit(
      `The parameter group ${name} with DBParameterGroupFamily ${family} can't be used for this instance. Use a parameter group with DBParameterGroupFamily ${wanted}.`,
    )
}

const checkGroups = (call: Call, vpcId: string, { groupIds }: Settings): void => {
  for (const id of groupIds) {
    const group = seek(call, groups, id)
    if (!group) throw invalid(`Invalid security group , groupId= ${id}, groupName=.`)
    if (group.vpcId !== vpcId)
      throw unfit(
        `The DB instance and EC2 security group are in different VPCs. The DB instance is in ${vpcId} and the EC2 security group is in ${group.vpcId}`,
      )
  }
}

const invalid = (message: string): Refusal => new Refusal("InvalidParameterValue", message)
const unfit = (message: string): Refusal => new Refusal("InvalidParameterCombination", message)
