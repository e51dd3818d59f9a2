import {
  DeleteDeliveryChannelCommand,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
} from "@aws-sdk/client-config-service"
import { alreadyGone } from "../already.ts"
import type { Cloud } from "../cloud.ts"
import { isKept } from "../kept.ts"
import { hasOurChannel, type Recorder, refuseOthersChannel } from "./recorder.ts"

/** All types, those that belong to no region included. */
export const everything = { allSupported: true, includeGlobalResourceTypes: true }

type Fields = Partial<Pick<Recorder, "role" | "records" | "bucket" | "recording">>

/** Makes these fields as they are given; the others stay. */
export async function changeRecorder(ctx: Cloud, live: Recorder, fields: Fields): Promise<void> {
  const { recorderName: name } = live
  if (fields.role !== undefined || fields.records)
    await putRecorder(ctx, {
      ...live,
      ...(fields.records && { group: everything }),
      ...(fields.role !== undefined && { role: fields.role }),
    })
  if (typeof fields.bucket === "string") {
    refuseOthersChannel(ctx, live)
    const DeliveryChannel = { name: live.channel || name, s3BucketName: fields.bucket }
    await ctx.configService.send(new PutDeliveryChannelCommand({ DeliveryChannel }))
  }
  if (fields.recording)
    await ctx.configService.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: name }))
}

/** Takes back what of an adopted one was made otherwise than it had been. */
export async function restoreRecorder(ctx: Cloud, live: Recorder, former: Recorder): Promise<void> {
  if (former.records === "some")
    await putRecorder(ctx, { ...live, group: former.group, mode: former.mode ?? live.mode })
  if (!former.recording) await stopRecorder(ctx, live)
  if (former.channel === "") await dropChannel(ctx, live)
}

export const stopRecorder = (ctx: Cloud, { recorderName }: Recorder) =>
  alreadyGone(ctx.configService.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName: recorderName })))

/** That of somebody else stays where it is. */
export async function dropChannel(ctx: Cloud, live: Recorder): Promise<void> {
  const DeliveryChannelName = hasOurChannel(ctx, live) ? live.channel : live.recorderName
  await alreadyGone(ctx.configService.send(new DeleteDeliveryChannelCommand({ DeliveryChannelName })))
}

async function putRecorder(ctx: Cloud, { recorderName: name, role, group: recordingGroup, mode }: Recorder) {
  const roleARN = isKept(role) ? role.kept : role
  const ConfigurationRecorder = { name, roleARN, recordingGroup, recordingMode: mode }
  await ctx.configService.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }))
}
