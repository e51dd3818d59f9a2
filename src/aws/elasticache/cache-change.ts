import { ModifyReplicationGroupCommand } from "@aws-sdk/client-elasticache"
import type { Cloud } from "../cloud.ts"
import { unlessBusy } from "./busy.ts"
import type { Cache } from "./replication-group.ts"

/** Brings these fields about, in one call: while it is at it, ElastiCache takes no other. */
export async function changeCache(ctx: Cloud, live: Cache, changed: ReadonlySet<string>, want: Cache): Promise<void> {
  const when = <Fields extends object>(field: keyof Cache, fields: Fields) => (changed.has(field) ? fields : {})
  const asked = ctx.elasticache.send(
    new ModifyReplicationGroupCommand({
      ReplicationGroupId: live.identifier,
      ApplyImmediately: true,
      ...when("version", { EngineVersion: want.version }),
      ...when("nodeType", { CacheNodeType: want.nodeType }),
      ...when("parameterGroup", { CacheParameterGroupName: want.parameterGroup }),
      ...when("groupIds", { SecurityGroupIds: [...want.groupIds] }),
      ...when("userGroupIds", usersBetween(live.userGroupIds, want.userGroupIds)),
      ...when("tls", { TransitEncryptionMode: "required" as const }),
      ...when("maintenanceWindow", { PreferredMaintenanceWindow: want.maintenanceWindow }),
      ...when("snapshotDays", { SnapshotRetentionLimit: want.snapshotDays }),
      ...when("minorUpgrades", { AutoMinorVersionUpgrade: want.minorUpgrades }),
      ...when("failover", { AutomaticFailoverEnabled: want.failover }),
      ...when("multiAz", { MultiAZEnabled: want.multiAz }),
    }),
  )
  await unlessBusy(asked)
}

function usersBetween(from: readonly string[], to: readonly string[]) {
  const UserGroupIdsToAdd = to.filter((id) => !from.includes(id))
  const UserGroupIdsToRemove = from.filter((id) => !to.includes(id))
  return {
    ...(UserGroupIdsToAdd.length > 0 && { UserGroupIdsToAdd }),
    ...(UserGroupIdsToRemove.length > 0 && { UserGroupIdsToRemove }),
  }
}
