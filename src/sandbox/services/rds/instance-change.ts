import type * as rds from "@aws-sdk/client-rds"
import { type Call, Refusal } from "../../service.ts"
import { interfaces } from "../ec2/records/compute.ts"
import { save, seek } from "../ec2/rules/kind.ts"
import { serveOnly } from "../unserved.ts"
import { isLater, versionOf } from "./catalog.ts"
import { atRest, changing, demand, settling, touchesStorage, until, waitForWindow, working } from "./life.ts"
import { parameterGroupOf } from "./lookup.ts"
import { type InstanceRecord, type Settings, settingsAt } from "./records.ts"
import { checkSettings, settingsAsked } from "./settings.ts"
import { nextMaintenance } from "./windows.ts"

/** The instance as ModifyDBInstance leaves it: some of it changes at once, some in a while, some in the next window. */
export const modify = (call: Call, record: InstanceRecord, input: rds.ModifyDBInstanceCommandInput): InstanceRecord => {
  serveOnly("ModifyDBInstance", input, served)
  demand(record, call.now, working, "Database instance is not in available state.")
  const now = settingsAt(record, call.now)
  const asked = { ...settingsAsked(input), ...logExportsAsked(now, input.CloudwatchLogsExportConfiguration) }
  const changes = differences(now, asked)
  const next = { ...now, ...changes }
  checkStorage(call, record, now, changes)
  checkUpgrade(now, next, input.AllowMajorVersionUpgrade ?? false)
  checkSettings(call, record.vpcId, next)
  const put = (fields: readonly (keyof Settings)[]) => fieldsOf(next, fields)
  const fields = namesOf(changes)
  const later = input.ApplyImmediately ? [] : fields.filter((field) => waitForWindow.includes(field))
  const soon = fields.filter((field) => !later.includes(field))
  const settled = { ...record, settings: now, changes: record.changes.filter(({ at }) => at > call.now) }
  const changed = apply(settled, call.now, soon, put(soon))
  if (changes.groupIds) moveInterface(call, record, changes.groupIds)
  const upgraded = soon.includes("engineVersion") ? restarted(call, changed, next) : changed
  return later.length === 0
    ? upgraded
    : apply(upgraded, nextMaintenance(now.maintenanceWindow, call.now), later, put(later))
}

const served = [
  "AllocatedStorage",
  "AllowMajorVersionUpgrade",
  "ApplyImmediately",
  "AutoMinorVersionUpgrade",
  "BackupRetentionPeriod",
  "CACertificateIdentifier",
  "CloudwatchLogsExportConfiguration",
  "CopyTagsToSnapshot",
  "DBInstanceClass",
  "DBInstanceIdentifier",
  "DBParameterGroupName",
  "DBPortNumber",
  "DatabaseInsightsMode",
  "DeletionProtection",
  "EnableIAMDatabaseAuthentication",
  "EnablePerformanceInsights",
  "EngineLifecycleSupport",
  "EngineVersion",
  "ManageMasterUserPassword",
  "MasterUserPassword",
  "MaxAllocatedStorage",
  "MultiAZ",
  "PerformanceInsightsRetentionPeriod",
  "PreferredBackupWindow",
  "PreferredMaintenanceWindow",
  "PubliclyAccessible",
  "StorageType",
  "VpcSecurityGroupIds",
] as const

const logExportsAsked = (
  { logExports }: Settings,
  asked: rds.CloudwatchLogsExportConfiguration | undefined,
): Partial<Settings> => {
  if (!asked) return {}
  const { EnableLogTypes: more = [], DisableLogTypes: less = [] } = asked
  return { logExports: [...new Set([...logExports, ...more])].filter((type) => !less.includes(type)) }
}

/** What is asked for and is not so already. */
const differences = (now: Settings, asked: Partial<Settings>): Partial<Settings> => {
  const entries = Object.entries(asked).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(fieldsOf(now, [name as keyof Settings])[name as never]),
  )
  return Object.fromEntries(entries)
}

const fieldsOf = (settings: Settings, names: readonly (keyof Settings)[]): Partial<Settings> =>
  Object.fromEntries(names.map((name) => [name, settings[name]]))

// Only what Settings has is ever put into one.
const namesOf = (settings: Partial<Settings>) => Object.keys(settings) as (keyof Settings)[]

const checkStorage = (
  call: Call,
  { storageSettles = 0 }: InstanceRecord,
  now: Settings,
  changes: Partial<Settings>,
) => {
  if (!touchesStorage(namesOf(changes))) return
  if (storageSettles > call.now)
    throw unfit(
      "You can't currently modify the storage of this DB instance because the previous storage change is being optimized.",
    )
  const { storageGb = now.storageGb } = changes
  if (storageGb < now.storageGb)
    throw unfit(
      `Requested storage size (${storageGb}) cannot be less than the current storage size (${now.storageGb}).`,
    )
}

const checkUpgrade = (now: Settings, next: Settings, allowsMajor: boolean) => {
  if (now.engineVersion === next.engineVersion) return
  const [from, to] = [versionOf(now.engineVersion), versionOf(next.engineVersion)]
  if (!from || !to?.creatable || !isLater(to.version, from.version))
    throw unfit(`Cannot upgrade postgres from ${now.engineVersion} to ${next.engineVersion}`)
  if (to.major !== from.major && !allowsMajor)
    throw unfit("The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.")
}

/** From `from` on it is being changed; what takes no time is so at once. */
const apply = (
  record: InstanceRecord,
  from: number,
  fields: readonly (keyof Settings)[],
  settings: Partial<Settings>,
): InstanceRecord => {
  if (fields.length === 0) return record
  const { until: done, states } = changing(from, fields)
  const changes = [...record.changes, { at: done, settings }]
  if (states.length === 0) return { ...record, changes }
  const storageSettles = touchesStorage(fields) ? done + settling : record.storageSettles
  const before = record.states.length > 1 && from > done ? record.states : until(record.states, from)
  return { ...record, changes, storageSettles, states: [...before, ...states, ...atRest(done, storageSettles)] }
}

const moveInterface = (call: Call, { interfaceId }: InstanceRecord, groupIds: readonly string[]): void => {
  const held = seek(call, interfaces, interfaceId)
  if (held) save(call, interfaces, { ...held, groupIds })
}

/** An upgrade starts the engine anew. */
const restarted = (call: Call, record: InstanceRecord, { parameterGroup }: Settings): InstanceRecord => {
  const { name, edition } = parameterGroupOf(call, parameterGroup)
  return { ...record, started: { parameterGroup: name, edition } }
}

const unfit = (message: string): Refusal => new Refusal("InvalidParameterCombination", message)
