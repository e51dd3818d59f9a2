import type * as rds from "@aws-sdk/client-rds"
import { type Call, handlers, Refusal } from "../../service.ts"
import { attachInterface, detachInterface } from "../ec2/interface.ts"
import { groups } from "../ec2/records/security.ts"
import { live } from "../ec2/rules/kind.ts"
import { given } from "../given.ts"
import { dropManagedSecret } from "../secretsmanager/managed.ts"
import { notServed, refuseUnserved, serveOnly } from "../unserved.ts"
import { versionOf, versions } from "./catalog.ts"
import { modify } from "./instance-change.ts"
import { view } from "./instance-view.ts"
import { birthOf, demand, dying, rebooting, starting, statusAt, stopping, working } from "./life.ts"
import { checkedName, instanceOf, parameterGroupOf, subnetGroupOf } from "./lookup.ts"
import { changeSecret, makeMasterSecret, uuid } from "./master-secret.ts"
import { pageOf } from "./pages.ts"
import { type InstanceRecord, instances, isThere, type Settings, settingsAt } from "./records.ts"
import { checkSettings, classFor, settingsAsked, usualSettings } from "./settings.ts"
import { dropBackups, firstBackup, takeSnapshot } from "./snapshots.ts"
import { subnetsIn } from "./subnet-groups.ts"
import { withTags } from "./tags.ts"
import { zonesOffering } from "./versions.ts"

export const instanceHandlers = handlers<typeof rds>()({
  CreateDBInstance(input, call) {
    serveOnly("CreateDBInstance", input, served)
    if (input.Engine !== "postgres") throw notServed(`the engine ${input.Engine} of RDS`)
    const settings = settingsOf(call, input)
    const masterUser = given(input.MasterUsername, "masterUsername")
    if (/^(admin|rdsadmin|rds_superuser|pg_.*)$/.test(masterUser))
      throw new Refusal("InvalidParameterValue", `MasterUsername ${masterUser} cannot be used as it is a reserved word`)
    if (input.MasterUserPassword !== undefined) throw notServed("a master password that is sent; let RDS manage it")
    if (!input.ManageMasterUserPassword)
      throw new Refusal(
        "InvalidParameterValue",
        "The parameter MasterUserPassword must be provided and must not be blank.",
      )
    const record = build(call, input, settings)
    const secretArn = makeMasterSecret(call, record.id, masterUser)
    const whole = keep(call, { ...record, masterUser, databaseName: input.DBName, secretArn })
    firstBackup(call, whole)
    return { DBInstance: view(call, whole) }
  },

  DescribeDBInstances(input, call) {
    refuseUnserved(input, ["Filters"])
    const { DBInstanceIdentifier: name } = input
    const all = instances(call)
      .all()
      .filter((one) => isThere(one, call.now))
    const { items, Marker } = pageOf(name === undefined ? all : [instanceOf(call, name)], ({ id }) => id, input)
    return { DBInstances: items.map((one) => view(call, one)), Marker }
  },

  ModifyDBInstance(input, call) {
    const changed = modify(call, instanceOf(call, input.DBInstanceIdentifier), input)
    return { DBInstance: view(call, keep(call, changeSecret(call, changed, input))) }
  },

  DeleteDBInstance(input, call) {
    const record = instanceOf(call, input.DBInstanceIdentifier)
    const { SkipFinalSnapshot: skips = false, FinalDBSnapshotIdentifier: snapshot, DeleteAutomatedBackups } = input
    if (DeleteAutomatedBackups === false) throw notServed("automated backups that outlive their instance")
    if (statusAt(record, call.now) === "deleting")
      throw new Refusal("InvalidDBInstanceState", `Instance ${record.id} is already being deleted.`)
    if (settingsAt(record, call.now).deletionProtection)
      throw unfit("Cannot delete protected DB Instance, please disable deletion protection and try again.")
    if (skips && snapshot !== undefined)
      throw unfit("FinalDBSnapshotIdentifier can not be specified when deleting with SkipFinalSnapshot.")
    if (!skips) {
      if (snapshot === undefined)
        throw unfit("FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.")
      takeSnapshot(call, record, snapshot, settingsAt(record, call.now).copyTags ? record.tags : [])
    }
    const gone = call.now + dying
    if (record.secretArn) dropManagedSecret(call, record.secretArn)
    dropBackups(call, record)
    detachInterface(call, record.interfaceId, gone)
    const deleting = { ...record, states: [[call.now, "deleting"]], until: gone } as const
    return { DBInstance: view(call, keep(call, deleting)) }
  },

  StartDBInstance(input, call) {
    refuseUnserved(input, ["DBCapacityReservationIdentifier"])
    const { DBInstanceIdentifier } = input
    const record = instanceOf(call, DBInstanceIdentifier)
    demand(record, call.now, ["stopped"], `Instance ${record.id} is not stopped and cannot be started.`)
    return { DBInstance: view(call, keep(call, started(call, { ...record, states: starting(call.now) }))) }
  },

  StopDBInstance(input, call) {
    refuseUnserved(input, ["DBSnapshotIdentifier", "DetachFromDBCapacityReservation"])
    const record = instanceOf(call, input.DBInstanceIdentifier)
    demand(record, call.now, ["available"], `Instance ${record.id} is not in available state.`)
    return { DBInstance: view(call, keep(call, { ...record, states: stopping(call.now) })) }
  },

  RebootDBInstance(input, call) {
    refuseUnserved(input, ["ForceFailover"])
    const record = instanceOf(call, input.DBInstanceIdentifier)
    demand(record, call.now, working, `Instance ${record.id} is not in available state.`)
    return { DBInstance: view(call, keep(call, started(call, { ...record, states: rebooting(call.now) }))) }
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
  "DBName",
  "DBParameterGroupName",
  "DBSubnetGroupName",
  "DatabaseInsightsMode",
  "DeletionProtection",
  "EnableCloudwatchLogsExports",
  "EnableIAMDatabaseAuthentication",
  "EnablePerformanceInsights",
  "Engine",
  "EngineLifecycleSupport",
  "EngineVersion",
  "KmsKeyId",
  "LicenseModel",
  "ManageMasterUserPassword",
  "MasterUserPassword",
  "MasterUsername",
  "MaxAllocatedStorage",
  "MultiAZ",
  "PerformanceInsightsRetentionPeriod",
  "Port",
  "PreferredBackupWindow",
  "PreferredMaintenanceWindow",
  "PubliclyAccessible",
  "StorageEncrypted",
  "StorageType",
  "Tags",
  "VpcSecurityGroupIds",
] as const

const keep = (call: Call, record: InstanceRecord): InstanceRecord => {
  instances(call).put(record.id, record)
  return record
}

/** Left out, the engine's version is RDS's own choice, and so is the parameter group. */
const settingsOf = (call: Call, input: rds.CreateDBInstanceCommandInput): Settings => {
  const asked = settingsAsked(input)
  const engineVersion = newestOf(asked.engineVersion)
  const version = versionOf(engineVersion)
  if (version && !version.creatable) throw unfit(`Cannot find version ${engineVersion} for postgres`)
  const vpcId = subnetGroupOf(call, input.DBSubnetGroupName).vpcId
  const usualGroup = live(call, groups).find((one) => one.vpcId === vpcId && one.name === "default")
  return {
    ...usualSettings,
    instanceClass: given(input.DBInstanceClass, "dBInstanceClass"),
    storageGb: given(input.AllocatedStorage, "allocatedStorage"),
    parameterGroup: `default.${version?.family}`,
    ...asked,
    groupIds: asked.groupIds?.length ? asked.groupIds : usualGroup ? [usualGroup.id] : [],
    engineVersion,
  }
}

/** A major stands for its newest minor. */
const newestOf = (asked = "18"): string =>
  versions.filter(({ major, creatable }) => creatable && major === asked).at(-1)?.version ?? asked

interface Placement {
  readonly DBInstanceIdentifier?: string | undefined
  readonly DBSubnetGroupName?: string | undefined
  readonly AvailabilityZone?: string | undefined
  readonly StorageEncrypted?: boolean | undefined
  readonly KmsKeyId?: string | undefined
  readonly Tags?: readonly rds.Tag[] | undefined
}

/** Puts an instance into its network; used for new ones and for those that come out of a snapshot. */
export const build = (call: Call, input: Placement, settings: Settings): Omit<InstanceRecord, "masterUser"> => {
  const id = checkedName(given(input.DBInstanceIdentifier, "dBInstanceIdentifier"), "DBInstanceIdentifier", 63)
  const there = instances(call)
    .all()
    .filter((one) => isThere(one, call.now))
  if (there.some((one) => one.id === id)) throw new Refusal("DBInstanceAlreadyExists", "DB instance already exists")
  if (there.length + 1 > call.quota("L-7B6409FD", 40))
    throw new Refusal("InstanceQuotaExceeded", "Instance quota exceeded.")
  if (there.reduce((sum, one) => sum + one.settings.storageGb, settings.storageGb) > call.quota("L-7ADDB58A", 100_000))
    throw new Refusal("StorageQuotaExceeded", "The request would result in exceeding the allowed amount of storage.")
  const subnetGroup = subnetGroupOf(call, input.DBSubnetGroupName)
  checkSettings(call, subnetGroup.vpcId, settings)
  const home = homeOf(call, input, settings)
  const resourceId = `db-${uuid(call, "db").replaceAll("-", "").slice(0, 26).toUpperCase()}`
  const held = attachInterface(call, home, {
    description: "RDSNetworkInterface",
    type: "interface",
    groupIds: settings.groupIds,
    requester: "amazon-rds",
  })
  const { name, edition } = parameterGroupOf(call, settings.parameterGroup)
  return {
    id,
    resourceId,
    created: call.now,
    encrypted: input.StorageEncrypted ?? false,
    kmsKeyArn: input.StorageEncrypted ? keyOf(call, input.KmsKeyId) : undefined,
    subnetGroup: subnetGroup.name,
    vpcId: subnetGroup.vpcId,
    zone: home.zone,
    settings,
    changes: [],
    ...birthOf(call.now, settings),
    interfaceId: held.id,
    started: { parameterGroup: name, edition },
    tags: withTags([], input.Tags),
  }
}

/** A subnet of the group in a zone that has the class. */
const homeOf = (call: Call, { DBSubnetGroupName, AvailabilityZone }: Placement, settings: Settings) => {
  if (AvailabilityZone !== undefined && settings.multiAz)
    throw unfit("Requesting a specific availability zone is not valid for Multi-AZ instances.")
  if (call.fault("capacity"))
    throw new Refusal("InsufficientDBInstanceCapacity", `No capacity for ${settings.instanceClass} at the moment.`)
  const offering = zonesOffering(call, classFor(settings))
  const fitting = subnetsIn(call, subnetGroupOf(call, DBSubnetGroupName)).filter(({ zone }) => offering.includes(zone))
  const home = fitting.find(({ zone }) => AvailabilityZone === undefined || zone === AvailabilityZone)
  const zones = new Set(fitting.map(({ zone }) => zone)).size
  if (home && zones >= (settings.multiAz ? 2 : 1)) return home
  throw new Refusal(
    "InvalidVPCNetworkStateFault",
    `Cannot create a ${settings.instanceClass} database instance because no subnets exist in availability zones with sufficient capacity for VPC and storage type : ${settings.storageType}.`,
  )
}

const keyOf = (call: Call, given: string | undefined): string => {
  const start = `arn:${call.partition}:kms:${call.region}:${call.account}:key/`
  if (given === undefined) return `${start}${uuid(call, "key")}`
  if (given.startsWith(start)) return given
  throw new Refusal(
    "KMSKeyNotAccessibleFault",
    `The specified KMS key [${given}] does not exist, is not enabled or you do not have permissions to access it.`,
  )
}

const started = (call: Call, record: InstanceRecord): InstanceRecord => {
  const { name, edition } = parameterGroupOf(call, settingsAt(record, call.now).parameterGroup)
  return { ...record, started: { parameterGroup: name, edition } }
}

const unfit = (message: string): Refusal => new Refusal("InvalidParameterCombination", message)
