import type * as ec2 from "@aws-sdk/client-ec2"
import { handlers, Refusal } from "../../service.ts"
import { checkShape } from "./block-device.ts"
import { type VolumeRecord, volumes } from "./records/compute.ts"
import { type Fields, select } from "./rules/filter.ts"
import { find, save } from "./rules/kind.ts"
import { page } from "./rules/page.ts"
import { serveOnly } from "./rules/refusals.ts"
import { hour, seconds, stateAt } from "./rules/timeline.ts"
import { attachmentOf, attachmentState, volumeView } from "./volume-view.ts"

export const volumeHandlers = handlers<typeof ec2>()({
  DescribeVolumes(input, call) {
    const found = select(call, volumes, input.VolumeIds, input.Filters, fields)
    const { items, NextToken } = page(found, input, input.VolumeIds)
    return { Volumes: items.map((disk) => volumeView(call, disk)), NextToken }
  },

  ModifyVolume(input, call) {
    serveOnly("ModifyVolume", input, ["VolumeId", "Size", "VolumeType", "Iops", "Throughput"])
    const disk = find(call, volumes, input.VolumeId)
    if (disk.modification && call.now < disk.modification.since + cooldown) {
      throw new Refusal(
        "VolumeModificationRateExceeded",
        `You've reached the maximum modification rate per volume limit. Wait at least 6 hours between modifications of ${disk.id}.`,
      )
    }
    const { size, type, iops, throughput } = disk
    const target = input.VolumeType ?? type
    const inherits = target === type
    const wanted = checkShape(
      {
        size: input.Size ?? size,
        type: target,
        iops: input.Iops ?? (inherits && type !== "gp2" ? iops : undefined),
        throughput: input.Throughput ?? (inherits ? throughput : undefined),
      },
      undefined,
    )
    if (wanted.size < size) {
      throw new Refusal(
        "InvalidParameterValue",
        `New size cannot be smaller than existing size: ${disk.id} has ${size} GiB`,
      )
    }
    const changed = { ...disk, ...wanted, modification: { since: call.now, before: { size, type, iops, throughput } } }
    return { VolumeModification: modificationView(save(call, volumes, changed), call.now) }
  },

  DescribeVolumesModifications(input, call) {
    const named = select(call, volumes, input.VolumeIds, input.Filters, modificationFields)
    const modified = named.filter((disk) => disk.modification)
    const untouched = named.find((disk) => !disk.modification)
    if (input.VolumeIds?.length && untouched) {
      throw new Refusal(
        "InvalidVolumeModification.NotFound",
        `Modification for volume '${untouched.id}' does not exist.`,
      )
    }
    const { items, NextToken } = page(modified, input, input.VolumeIds)
    return { VolumesModifications: items.map((disk) => modificationView(disk, call.now)), NextToken }
  },
})

/** AWS lets a volume change once in six hours. */
const cooldown = 6 * hour
const optimizing = seconds(10)
const completed = seconds(120)

const fields: Fields<VolumeRecord> = {
  "attachment.delete-on-termination": (disk, call) => attachmentOf(disk, call.now)?.deleteOnTermination,
  "attachment.device": (disk, call) => attachmentOf(disk, call.now)?.device,
  "attachment.instance-id": (disk, call) => attachmentOf(disk, call.now)?.instanceId,
  "attachment.status": (disk, call) => attachmentState(disk, call.now),
  "availability-zone": (disk) => disk.zone,
  "create-time": (disk) => new Date(disk.created).toISOString(),
  encrypted: (disk) => disk.encrypted,
  size: (disk) => disk.size,
  "snapshot-id": (disk) => disk.snapshotId,
  status: (disk, call) => stateAt(disk.states, call.now),
  "volume-id": (disk) => disk.id,
  "volume-type": (disk) => disk.type,
}

const modificationFields: Fields<VolumeRecord> = {
  "modification-state": (disk, call) => modificationState(disk, call.now),
  "target-size": (disk) => disk.size,
  "target-volume-type": (disk) => disk.type,
  "volume-id": (disk) => disk.id,
}

const modificationState = (disk: VolumeRecord, now: number): ec2.VolumeModificationState | undefined => {
  if (!disk.modification) return undefined
  const age = now - disk.modification.since
  return age < optimizing ? "modifying" : age < completed ? "optimizing" : "completed"
}

const modificationView = (disk: VolumeRecord, now: number): ec2.VolumeModification => {
  const { since = 0, before } = disk.modification ?? {}
  const state = modificationState(disk, now)
  return {
    VolumeId: disk.id,
    ModificationState: state,
    Progress: Math.min(100, Math.max(0, Math.floor(((now - since) * 100) / completed))),
    StartTime: new Date(since),
    EndTime: state === "completed" ? new Date(since + completed) : undefined,
    OriginalSize: before?.size,
    OriginalVolumeType: before?.type,
    OriginalIops: before?.iops,
    OriginalThroughput: before?.throughput,
    TargetSize: disk.size,
    TargetVolumeType: disk.type,
    TargetIops: disk.iops,
    TargetThroughput: disk.throughput,
  }
}
