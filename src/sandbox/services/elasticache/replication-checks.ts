import { type Call, Refusal } from "../../service.ts"
import { groups } from "../ec2/records/security.ts"
import { seek } from "../ec2/rules/kind.ts"
import { nodeTypes } from "./catalog.ts"
import { parameterGroupOf, userGroupOf } from "./lookup.ts"
import { badMix, badValue, type Settings, statusAt } from "./records.ts"
import { versionOf } from "./versions.ts"

/** What the settings of a cache stand on. */
interface Ground {
  readonly engine: string
  readonly tls: boolean
  readonly vpcId: string
  readonly nodes: number
}

/** Refuses settings that do not fit each other, or what the cache is. */
export const checkSettings = (call: Call, settings: Settings, { engine, tls, vpcId, nodes }: Ground): void => {
  if (!nodeTypes.has(settings.nodeType)) throw badValue(`Invalid Cache Node Type: ${settings.nodeType}.`)
  const group = parameterGroupOf(call, settings.parameterGroup)
  const { family } = versionOf(engine, settings.version)
  if (group.family !== family)
    throw badMix(`Expected a parameter group of family ${family} but found one of family ${group.family}`)
  for (const id of settings.groupIds) {
    if (seek(call, groups, id)?.vpcId !== vpcId) throw badValue(`Some security group IDs are not valid: ${id}.`)
  }
  checkUserGroups(call, settings, engine, tls)
  if (settings.failover && nodes < 2)
    throw badMix("Replication group must have at least one read replica to enable autofailover.")
  if (settings.multiAz && !settings.failover) throw badMix("MultiAZ needs automatic failover.")
  if (settings.snapshotDays < 0 || settings.snapshotDays > 35)
    throw badValue(`Invalid snapshot retention limit: ${settings.snapshotDays}. Must be between 0 and 35`)
  if (!/^(\w{3}:\d\d:\d\d)-(\w{3}:\d\d:\d\d)$/.test(settings.maintenanceWindow))
    throw badValue(`The maintenance window ${settings.maintenanceWindow} is not valid.`)
}

const checkUserGroups = (call: Call, { userGroupIds }: Settings, engine: string, tls: boolean): void => {
  if (userGroupIds.length === 0) return
  if (!tls) throw badMix("User group based access control requires encryption-in-transit to be enabled.")
  if (userGroupIds.length > 1) throw badMix("A replication group can have one user group.")
  const group = userGroupOf(call, userGroupIds[0])
  if (statusAt(group, call.now) !== "active")
    throw new Refusal("InvalidUserGroupState", `User group ${group.id} is not in the state active.`)
  if (engine === "redis" && group.engine !== "redis")
    throw badMix(`User group ${group.id} of engine Valkey cannot be used with engine Redis.`)
}
