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
import type { Recorder } from "./recorder.ts"

/** All types, those that belong to no region included. */
export const everything = { allSupported: true, includeGlobalResourceTypes: true }

type Fields = Partial<Pick<Recorder, "role" | "records" | "bucket" | "recording">>

/** Makes these fields as they are given; the others stay. */
export async function changeRecorder(ctx: Cloud, live: Recorder, fields: Fields): Promise<void> {
  const { recorderName: name } = live
  if (fields.role !== undefined || fields.records)
    await putRecorder(ctx, live, fields.records ? everything : live.group, fields.role ?? live.role)
  if (typeof fields.bucket === "string") {
    const DeliveryChannel = { name: live.channel || name, s3BucketName: fields.bucket }
    await ctx.configService.send(new PutDeliveryChannelCommand({ DeliveryChannel }))
  }
  if (fields.recording)
    await ctx.configService.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: name }))
}

/** Takes back what of an adopted one was made otherwise than it had been. */
export async function restoreRecorder(ctx: Cloud, live: Recorder, former: Recorder): Promise<void> {
  if (former.records === "some") await putRecorder(ctx, live, former.group, live.role)
  if (!former.recording) await stopRecorder(ctx, live)
  if (former.channel === "") await dropChannel(ctx, live.recorderName)
}

export const stopRecorder = (ctx: Cloud, { recorderName }: Recorder) =>
  alreadyGone(ctx.configService.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName: recorderName })))

/** What we made for a recorder has the recorder's name. */
export const dropChannel = (ctx: Cloud, name: string) =>
  alreadyGone(ctx.configService.send(new DeleteDeliveryChannelCommand({ DeliveryChannelName: name })))

async function putRecorder(ctx: Cloud, live: Recorder, recordingGroup: Recorder["group"], role: Recorder["role"]) {
  const roleARN = isKept(role) ? role.kept : role
  const ConfigurationRecorder = { name: live.recorderName, roleARN, recordingGroup }
  await ctx.configService.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }))
}
