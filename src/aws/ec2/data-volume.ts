import { AttachVolumeCommand, DetachVolumeCommand } from "@aws-sdk/client-ec2"
import { alreadyGone, alreadyThere } from "../already.ts"
import type { Cloud } from "../cloud.ts"
import { writtenAgain } from "./final-snapshot.ts"
import { dataDevice, type Machine } from "./machine.ts"

/** Puts this volume at the machine's device for data, or takes away what is there. */
export async function attachData(ctx: Cloud, { id, dataVolumeId }: Machine, VolumeId: string): Promise<void> {
  if (dataVolumeId) await alreadyGone(ctx.ec2.send(new DetachVolumeCommand({ VolumeId: dataVolumeId, InstanceId: id })))
  if (!VolumeId) return
  await writtenAgain(ctx, VolumeId)
  await alreadyThere(ctx.ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId: id, Device: dataDevice })))
}
