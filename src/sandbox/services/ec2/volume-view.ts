import type * as ec2 from "@aws-sdk/client-ec2"
import type { Call } from "../../service.ts"
import type { VolumeRecord } from "./records/compute.ts"
import { tagsView } from "./rules/tags.ts"
import { seconds, stateAt } from "./rules/timeline.ts"

export const volumeView = (call: Call, disk: VolumeRecord): ec2.Volume => ({
  VolumeId: disk.id,
  AvailabilityZone: disk.zone,
  CreateTime: new Date(disk.created),
  Size: disk.size,
  VolumeType: disk.type,
  Iops: disk.iops,
  Throughput: disk.throughput,
  Encrypted: disk.encrypted,
  KmsKeyId: disk.kmsKeyArn,
  SnapshotId: disk.snapshotId ?? "",
  State: stateAt(disk.states, call.now),
  MultiAttachEnabled: false,
  Attachments: attachmentOf(disk, call.now) ? [attachmentView(disk, call.now)] : [],
  Tags: tagsView(call, disk.id),
})

export const attachmentView = (disk: VolumeRecord, now: number): ec2.VolumeAttachment => ({
  VolumeId: disk.id,
  InstanceId: disk.attachment?.instanceId,
  Device: disk.attachment?.device,
  DeleteOnTermination: disk.attachment?.deleteOnTermination,
  AttachTime: new Date(disk.attachment?.since ?? disk.created),
  State: attachmentState(disk, now),
})

/** Nothing, once the instance that held it is gone, or it was detached. */
export const attachmentOf = (disk: VolumeRecord, now: number): VolumeRecord["attachment"] =>
  disk.attachment?.until !== undefined && now >= disk.attachment.until ? undefined : disk.attachment

export const attachmentState = (disk: VolumeRecord, now: number): ec2.AttachmentStatus | undefined => {
  const attachment = attachmentOf(disk, now)
  if (!attachment) return undefined
  if (attachment.until !== undefined) return "detaching"
  return attachment.since !== undefined && now - attachment.since < attaching ? "attaching" : "attached"
}

const attaching = seconds(3)
