import type * as client from "@aws-sdk/client-elasticache"
import { type Call, handlers, Refusal } from "../../service.ts"
import { interfaces } from "../ec2/records/compute.ts"
import { save, seek } from "../ec2/rules/kind.ts"
import { seconds } from "../ec2/rules/timeline.ts"
import { notServed, serveOnly } from "../unserved.ts"
import { cacheOf, subnetGroupOf } from "./lookup.ts"
import { badMix, badValue, type CacheRecord, caches, type Settings, settingsAt, statusAt } from "./records.ts"
import { checkSettings } from "./replication-checks.ts"
import { groupView } from "./replication-view.ts"
import { versionOf } from "./versions.ts"

export const replicationChangeHandlers = handlers<typeof client>()({
  ModifyReplicationGroup(input, call) {
    serveOnly("ModifyReplicationGroup", input, served)
    const cache = changeable(call, input.ReplicationGroupId)
    const before = settingsAt(cache, call.now)
    const changes = wantedOf(cache, before, input)
    const after = { ...before, ...changes }
    const { vpcId } = subnetGroupOf(call, cache.subnetGroup)
    checkSettings(call, after, { engine: cache.engine, tls: cache.tls, vpcId, nodes: cache.nodes.length })
    const fields = keysOf(changes).filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    if (fields.some((field) => field === "nodeType" || field === "version") && !input.ApplyImmediately)
      throw notServed("changes that wait for the maintenance window: give ApplyImmediately")
    if (changes.groupIds) moveInterfaces(call, cache, changes.groupIds)
    const changed = changing(call.now, { ...cache, settings: before }, changes, fields)
    caches(call).put(cache.id, changed)
    return { ReplicationGroup: groupView(call, changed) }
  },
})

const served: readonly (keyof client.ModifyReplicationGroupMessage)[] = [
  "ReplicationGroupId",
  "ReplicationGroupDescription",
  "AutomaticFailoverEnabled",
  "MultiAZEnabled",
  "SecurityGroupIds",
  "PreferredMaintenanceWindow",
  "CacheParameterGroupName",
  "ApplyImmediately",
  "EngineVersion",
  "AutoMinorVersionUpgrade",
  "SnapshotRetentionLimit",
  "SnapshotWindow",
  "CacheNodeType",
  "UserGroupIdsToAdd",
  "UserGroupIdsToRemove",
  "TransitEncryptionMode",
]

const changeable = (call: Call, id: string | undefined): CacheRecord => {
  const cache = cacheOf(call, id)
  const status = statusAt(cache, call.now)
  if (status === "available") return cache
  throw new Refusal(
    "InvalidReplicationGroupState",
    `Replication group ${cache.id} has status ${status} which is not valid for modification.`,
  )
}

/** Only what the request says. */
const wantedOf = (
  cache: CacheRecord,
  before: Settings,
  input: client.ModifyReplicationGroupMessage,
): Partial<Settings> => {
  const { UserGroupIdsToAdd: added = [], UserGroupIdsToRemove: removed = [] } = input
  const stranger = removed.find((id) => !before.userGroupIds.includes(id))
  if (stranger !== undefined) throw badValue(`User group ${stranger} is not associated with ${cache.id}.`)
  const users = [...before.userGroupIds.filter((id) => !removed.includes(id)), ...added]
  const said: { readonly [Key in keyof Settings]: Settings[Key] | undefined } = {
    description: input.ReplicationGroupDescription,
    nodeType: input.CacheNodeType,
    version: input.EngineVersion === undefined ? undefined : upgraded(cache, before, input.EngineVersion),
    parameterGroup: input.CacheParameterGroupName?.toLowerCase(),
    groupIds: input.SecurityGroupIds,
    userGroupIds: added.length + removed.length > 0 ? users : undefined,
    failover: input.AutomaticFailoverEnabled,
    multiAz: input.MultiAZEnabled,
    snapshotDays: input.SnapshotRetentionLimit,
    snapshotWindow: input.SnapshotWindow,
    maintenanceWindow: input.PreferredMaintenanceWindow,
    minorUpgrades: input.AutoMinorVersionUpgrade,
    tlsMode: input.TransitEncryptionMode,
  }
  if (said.tlsMode && !cache.tls) throw badMix("TransitEncryptionMode needs TransitEncryptionEnabled.")
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}

/** There is no way back. */
const upgraded = ({ engine }: CacheRecord, { version }: Settings, wanted: string): string => {
  const next = versionOf(engine, wanted).version
  if (Number(next) >= Number(version)) return next
  throw badMix(`Downgrading from version ${version} to ${next} is not supported.`)
}

const keysOf = (changes: Partial<Settings>) => Object.keys(changes) as readonly (keyof Settings)[]

const moveInterfaces = (call: Call, { nodes }: CacheRecord, groupIds: readonly string[]): void => {
  for (const { interfaceId } of nodes) {
    const held = seek(call, interfaces, interfaceId)
    if (held) save(call, interfaces, { ...held, groupIds })
  }
}

/** Seconds that a change takes; what is missing holds at once. */
const durations: { readonly [Key in keyof Settings]?: number } = {
  nodeType: 600,
  version: 480,
  parameterGroup: 20,
  userGroupIds: 60,
  failover: 60,
  multiAz: 60,
  tlsMode: 120,
}

const changing = (
  now: number,
  cache: CacheRecord,
  settings: Partial<Settings>,
  fields: readonly (keyof Settings)[],
): CacheRecord => {
  const longest = seconds(Math.max(0, ...fields.map((field) => durations[field] ?? 0)))
  if (longest === 0) return { ...cache, change: { at: now, settings } }
  return {
    ...cache,
    change: { at: now + longest, settings },
    states: [
      [now, "modifying"],
      [now + longest, "available"],
    ],
  }
}
