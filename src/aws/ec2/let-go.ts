import { DescribeInstancesCommand, DescribeVolumesCommand, DetachVolumeCommand } from "@aws-sdk/client-ec2"
import { alreadyGone } from "../already.ts"
import type { Cloud } from "../cloud.ts"
import { identityOf } from "../tags.ts"
import { stopMachine } from "./machine-stop.ts"

/**
 * Takes a volume off the machine of ours that has it. That goes down first, so that all is written; whoever gives it
 * another volume starts it again. Done again, it goes on where it stands.
 */
export async function letGo(ctx: Cloud, volumeId: string): Promise<void> {
  const { Volumes: [volume] = [] } = await ctx.ec2.send(new DescribeVolumesCommand({ VolumeIds: [volumeId] }))
  const held = volume?.Attachments?.find(({ State }) => State === "attached" || State === "attaching")
  if (held?.InstanceId === undefined) return
  const { InstanceId } = held
  const found = await ctx.ec2.send(new DescribeInstancesCommand({ InstanceIds: [InstanceId] }))
  const [machine] = found.Reservations?.[0]?.Instances ?? []
  const state = machine?.State?.Name
  // Who put it at a machine of his own takes it off again; what goes takes it off by itself.
  if (identityOf(machine?.Tags)?.scope !== identityOf(volume?.Tags)?.scope) return
  if (state === "shutting-down" || state === "terminated") return
  if (state !== "stopped") await stopMachine(ctx, InstanceId)
  await alreadyGone(ctx.ec2.send(new DetachVolumeCommand({ VolumeId: volumeId, InstanceId })))
}
