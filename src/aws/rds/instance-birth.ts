import {
  CreateDBInstanceCommand,
  type DBSnapshot,
  DescribeDBSnapshotsCommand,
  RestoreDBInstanceFromDBSnapshotCommand,
} from "@aws-sdk/client-rds"
import type { Birth } from "../../engine/types.ts"
import { UserError } from "../../errors.ts"
import { unlessNotFound } from "../already.ts"
import type { Cloud } from "../cloud.ts"
import { snapshotIn, sourceTags } from "../source.ts"
import { birthTags } from "../tags.ts"
import { type DatabaseSize, settled } from "./instance.ts"
import { insightsOf } from "./instance-change.ts"
import { majorOf } from "./picks.ts"

export interface DatabaseBirth extends DatabaseSize {
  readonly identifier: string
  readonly engineVersion: string
  readonly source: string
  /** Of the two, the one where the node is. */
  readonly zone: string | undefined
  readonly subnetGroup: string
  readonly parameterGroup: string
  readonly groupId: string
}

/** Asks for it, empty or out of a snapshot. */
export async function bearDatabase(ctx: Cloud, birth: Birth, wish: DatabaseBirth): Promise<void> {
  const snapshot = snapshotIn(wish.source)
  await (snapshot === undefined ? create(ctx, birth, wish) : restore(ctx, birth, wish, await snapshotOf(ctx, snapshot)))
}

async function create(ctx: Cloud, birth: Birth, wish: DatabaseBirth): Promise<void> {
  await ctx.rds.send(
    new CreateDBInstanceCommand({
      ...inCommon(birth, wish),
      Engine: "postgres",
      EngineVersion: wish.engineVersion,
      AllocatedStorage: wish.storageGb,
      MaxAllocatedStorage: wish.maxStorageGb,
      StorageType: settled.storageType,
      StorageEncrypted: settled.encrypted,
      DBParameterGroupName: wish.parameterGroup,
      MasterUsername: settled.masterUser,
      ManageMasterUserPassword: settled.managedPassword,
      PreferredBackupWindow: settled.backupWindow,
      PreferredMaintenanceWindow: settled.maintenanceWindow,
      ...insightsOf(settled),
    }),
  )
}

/** Version, storage and master are those of the snapshot; what RDS does not take here is set by the update after it. */
async function restore(ctx: Cloud, birth: Birth, wish: DatabaseBirth, snapshot: DBSnapshot): Promise<void> {
  const sameFamily = majorOf(snapshot.EngineVersion ?? "") === majorOf(wish.engineVersion)
  await ctx.rds.send(
    new RestoreDBInstanceFromDBSnapshotCommand({
      ...inCommon(birth, wish),
      DBSnapshotIdentifier: snapshot.DBSnapshotIdentifier,
      // That of another major does not fit before the upgrade.
      ...(sameFamily && { DBParameterGroupName: wish.parameterGroup }),
    }),
  )
}

const inCommon = (birth: Birth, { multiAz, zone, ...wish }: DatabaseBirth) => ({
  DBInstanceIdentifier: wish.identifier,
  EngineLifecycleSupport: settled.lifecycle,
  AutoMinorVersionUpgrade: settled.minorUpgrades,
  DBInstanceClass: wish.instanceClass,
  DBSubnetGroupName: wish.subnetGroup,
  // Where the node is: traffic between zones costs time and money. A standby is in another one in any case.
  ...(!multiAz && { AvailabilityZone: zone }),
  MultiAZ: multiAz,
  VpcSecurityGroupIds: [wish.groupId],
  PubliclyAccessible: settled.publiclyAccessible,
  Port: settled.port,
  EnableIAMDatabaseAuthentication: settled.iamAuthentication,
  BackupRetentionPeriod: wish.backupDays,
  CopyTagsToSnapshot: settled.copyTags,
  DeletionProtection: wish.deletionProtection,
  Tags: [...birthTags(birth), ...sourceTags(wish.source)],
})

async function snapshotOf(ctx: Cloud, name: string): Promise<DBSnapshot> {
  const asked = ctx.rds.send(new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: name }))
  const found = await unlessNotFound(asked)
  const [snapshot] = found?.DBSnapshots ?? []
  if (snapshot) return snapshot
  throw new UserError(`the snapshot ${name}, which the database is to be made from, is gone`, {
    hint: "see what there is with smart0dte backup list, and name another one to smart0dte backup restore",
  })
}
