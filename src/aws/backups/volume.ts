import { CreateSnapshotCommand, paginateDescribeSnapshots, type Snapshot } from "@aws-sdk/client-ec2"
import type { Scope } from "../../engine/types.ts"
import { OutcomeUnknown } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"
import { birthTags, scopeFilter } from "../tags.ts"
import { type Backup, backupIdIn, backupTag } from "./backup.ts"

export interface VolumeToKeep {
  readonly scope: Scope
  readonly key: string
  readonly volumeId: string
}

/** As it is at this moment, while it is written to: what comes back from it starts as after a power cut. */
export async function keepVolume(ctx: Cloud, { scope, key, volumeId }: VolumeToKeep, id: string): Promise<void> {
  const Tags = [...birthTags({ scope, key }), { Key: backupTag, Value: id }]
  try {
    await ctx.ec2.send(
      new CreateSnapshotCommand({
        VolumeId: volumeId,
        Description: `Backup ${id} of ${key} of ${scope}`,
        TagSpecifications: [{ ResourceType: "snapshot", Tags }],
      }),
    )
  } catch (error) {
    // Sent again it would be kept twice, so it is looked for.
    if (!(error instanceof OutcomeUnknown) || !(await isThere(ctx, scope, id))) throw error
  }
}

const isThere = async (ctx: Cloud, scope: Scope, id: string): Promise<boolean> =>
  (await volumeBackups(ctx, scope)).some((one) => one.id === id)

export async function volumeBackups(ctx: Cloud, scope: Scope): Promise<readonly Backup[]> {
  const asked = { OwnerIds: ["self"], Filters: [scopeFilter([scope])] }
  const all = await everyItem(paginateDescribeSnapshots({ client: ctx.ec2 }, asked), (page) => page.Snapshots)
  return all.map((one) => backupOf(ctx, one))
}

function backupOf(ctx: Cloud, one: Snapshot): Backup {
  const id = backupIdIn(one.Tags)
  return {
    part: "influx",
    name: one.SnapshotId ?? "",
    made: one.StartTime ?? new Date(ctx.clock.now()),
    state: one.State === "completed" ? "ready" : one.State === "pending" ? "pending" : "failed",
    gb: one.VolumeSize ?? 0,
    origin: id === undefined ? "last" : "backup",
    ...(id !== undefined && { id }),
  }
}
