import {
  CopyDBSnapshotCommand,
  CreateDBSnapshotCommand,
  type DBSnapshot,
  paginateDescribeDBSnapshots,
} from "@aws-sdk/client-rds"
import type { Scope } from "../../engine/types.ts"
import { alreadyThere } from "../already.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"
import { birthTags, identityOf } from "../tags.ts"
import { type Backup, backupIdAt, backupIdIn, backupTag } from "./backup.ts"

export interface DatabaseToKeep {
  readonly scope: Scope
  /** The step that it is. */
  readonly key: string
  readonly identifier: string
}

/** Asks for it; its name is the same however often that is done for one backup. */
export async function keepDatabase(ctx: Cloud, { scope, key, identifier }: DatabaseToKeep, id: string): Promise<void> {
  await alreadyThere(
    ctx.rds.send(
      new CreateDBSnapshotCommand({
        DBInstanceIdentifier: identifier,
        DBSnapshotIdentifier: `${identifier}-backup-${id}`,
        Tags: [...birthTags({ scope, key }), { Key: backupTag, Value: id }],
      }),
    ),
  )
}

/**
 * A copy of a snapshot that RDS made by itself, under a name of our own: the original goes with its instance. It is the
 * same however often that is done.
 */
export async function copyDatabase(ctx: Cloud, scope: Scope, { name, made }: Backup): Promise<void> {
  const Tags = [
    ...birthTags({ scope, key: "database/postgres" }),
    { Key: backupTag, Value: backupIdAt(made.getTime()) },
  ]
  const names = { SourceDBSnapshotIdentifier: name, TargetDBSnapshotIdentifier: nameOfCopy(name) }
  await alreadyThere(ctx.rds.send(new CopyDBSnapshotCommand({ ...names, Tags })))
}

export const nameOfCopy = (name: string): string => `${name.replace(/^rds:/, "")}-kept`

/** Ours of the scope: those that were asked for, those that RDS makes each night, and the last of what is gone. */
export async function databaseBackups(ctx: Cloud, scope: Scope): Promise<readonly Backup[]> {
  const all = await everyItem(paginateDescribeDBSnapshots({ client: ctx.rds }, {}), (page) => page.DBSnapshots)
  return all.filter(({ TagList }) => identityOf(TagList)?.scope === scope).map((one) => backupOf(ctx, one))
}

function backupOf(ctx: Cloud, one: DBSnapshot): Backup {
  const id = backupIdIn(one.TagList)
  return {
    part: "database",
    name: one.DBSnapshotIdentifier ?? "",
    // Has none before it is ready.
    made: one.SnapshotCreateTime ?? new Date(ctx.clock.now()),
    state: stateOf(one.Status),
    gb: one.AllocatedStorage ?? 0,
    engineVersion: one.EngineVersion ?? "",
    origin: id !== undefined ? "backup" : one.SnapshotType === "automated" ? "automatic" : "last",
    ...(id !== undefined && { id }),
  }
}

const stateOf = (status = ""): Backup["state"] =>
  status === "available" ? "ready" : status === "creating" || status === "copying" ? "pending" : "failed"
