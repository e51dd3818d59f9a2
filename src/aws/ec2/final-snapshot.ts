import {
  CreateSnapshotCommand,
  DeleteTagsCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  type Snapshot,
  type Volume,
} from "@aws-sdk/client-ec2"
import { StillInUse, UserError } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { idOf, type SnapshotId } from "../ids.ts"
import { birthTags, identityOf } from "../tags.ts"

/** On the snapshot that has the last of a volume: which volume, as long as nobody can have written to it since. */
const finalTag = "smart0dte:final"

export interface Kept {
  readonly id: SnapshotId
  readonly gb: number
  readonly date: string
}

/**
 * Keeps what is on a volume, and waits until it is kept: AWS would let the volume go before. Done again, also by
 * another run, it does not keep it twice.
 */
export async function keepLast(ctx: Cloud, volumeId: string): Promise<Kept> {
  const { Volumes: [volume = {}] = [] } = await ctx.ec2.send(new DescribeVolumesCommand({ VolumeIds: [volumeId] }))
  // Before it is detached somebody writes to it.
  if (volume.State === "in-use") throw new StillInUse(`${volumeId} is still attached`, "VolumeInUse")
  const [known] = await lastOf(ctx, volumeId)
  const id = known ?? (await begin(ctx, volume))
  const { VolumeSize = 0, StartTime = new Date() } = await completed(ctx, id)
  return { id: idOf("snap", id), gb: VolumeSize, date: StartTime.toISOString().slice(0, 10) }
}

/** From now on the volume may be written to: what was kept of it is not the last of it any more. */
export async function writtenAgain(ctx: Cloud, volumeId: string): Promise<void> {
  const Resources = await lastOf(ctx, volumeId)
  if (Resources.length > 0)
    await ctx.ec2.send(new DeleteTagsCommand({ Resources: [...Resources], Tags: [{ Key: finalTag }] }))
}

/** Also what a call began whose answer was lost, or a run that was killed. */
async function lastOf(ctx: Cloud, volumeId: string): Promise<readonly string[]> {
  const Filters = [
    { Name: "volume-id", Values: [volumeId] },
    { Name: "status", Values: ["pending", "completed"] },
    { Name: `tag:${finalTag}`, Values: [volumeId] },
  ]
  const { Snapshots = [] } = await ctx.ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ["self"], Filters }))
  return Snapshots.flatMap(({ SnapshotId }) => SnapshotId ?? [])
}

async function begin(ctx: Cloud, { VolumeId, Tags }: Volume): Promise<string> {
  const identity = identityOf(Tags)
  const name = identity ? `${identity.kind}/${identity.name}` : "volume"
  const own = identity ? birthTags({ scope: identity.scope, key: name }) : []
  const { SnapshotId } = await ctx.ec2.send(
    new CreateSnapshotCommand({
      VolumeId,
      Description: `The last of ${name} of ${identity?.scope}`,
      TagSpecifications: [{ ResourceType: "snapshot", Tags: [...own, { Key: finalTag, Value: VolumeId }] }],
    }),
  )
  return idOf("snap", SnapshotId)
}

const longest = 3_600_000

async function completed(ctx: Cloud, id: string): Promise<Snapshot> {
  const since = ctx.clock.now()
  for (;;) {
    const { Snapshots: [found] = [] } = await ctx.ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: [id] }))
    if (found?.State === "completed") return found
    if (found?.State === "error" || ctx.clock.now() - since > longest)
      throw new UserError(`the last snapshot ${id} is not made: ${found?.StateMessage ?? found?.State}`, {
        hint: "nothing was deleted: look at it in the EC2 console, then run again",
      })
    await ctx.clock.sleep(5_000)
  }
}
