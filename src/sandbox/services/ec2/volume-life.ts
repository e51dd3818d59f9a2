import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { checkShape, kmsKeyArn } from "./block-device.ts"
import { zonesOf } from "./catalog.ts"
import { encryptsByDefault } from "./encryption.ts"
import { type VolumeRecord, volumes } from "./records/compute.ts"
import { type SnapshotRecord, snapshots } from "./records/snapshot.ts"
import { find, save } from "./rules/kind.ts"
import { required, serveOnly } from "./rules/refusals.ts"
import { checkTagTypes, tagAtBirth } from "./rules/tags.ts"
import { passing, seconds, stateAt } from "./rules/timeline.ts"
import { oncePerToken } from "./rules/token.ts"
import { volumeView } from "./volume-view.ts"

export const volumeLifeHandlers = handlers<typeof ec2>()({
  CreateVolume(input, call) {
    const served = ["AvailabilityZone", "Size", "SnapshotId", "VolumeType", "Iops", "Throughput", "Encrypted"] as const
    serveOnly("CreateVolume", input, [...served, "KmsKeyId"])
    checkTagTypes(input.TagSpecifications, ["volume"])
    const [id] = oncePerToken(call, "CreateVolume", input, () => [create(call, input).id])
    return volumeView(call, find(call, volumes, id))
  },

  DeleteVolume(input, call) {
    const disk = find(call, volumes, input.VolumeId)
    const state = stateAt(disk.states, call.now)
    if (state === "deleting") return {}
    if (state === "in-use")
      throw new Refusal("VolumeInUse", `Volume ${disk.id} is currently attached to ${disk.attachment?.instanceId}`)
    if (state === "creating") throw new Refusal("IncorrectState", `The volume '${disk.id}' is in the 'creating' state.`)
    save(call, volumes, { ...disk, states: [[call.now, "deleting"]], until: call.now + seconds(5) })
    return {}
  },
})

const create = (call: Call, input: ec2.CreateVolumeRequest): VolumeRecord => {
  const zone = required(input.AvailabilityZone, "AvailabilityZone")
  if (!zonesOf(call.region).some(({ name }) => name === zone))
    throw new Refusal("InvalidZone.NotFound", `The zone '${zone}' does not exist.`)
  const source = input.SnapshotId === undefined ? undefined : completed(call, find(call, snapshots, input.SnapshotId))
  const size = input.Size ?? source?.size
  if (size === undefined)
    throw new Refusal("MissingParameter", "The request must contain the parameter size or snapshotId")
  if (source && size < source.size)
    throw new Refusal(
      "InvalidParameterValue",
      `The volume size is invalid for the specified snapshot: ${source.id} wants ${source.size} GiB or more`,
    )
  const { VolumeType: type = "gp2", Iops: iops, Throughput: throughput } = input
  const encrypted = input.Encrypted || source?.encrypted || encryptsByDefault(call)
  if (input.KmsKeyId && !encrypted)
    throw new Refusal(
      "InvalidParameterDependency",
      "The parameter KmsKeyId requires the parameter Encrypted to be set.",
    )
  const disk = save(call, volumes, {
    id: call.id("vol"),
    ...checkShape({ size, type, iops, throughput }, undefined),
    encrypted,
    kmsKeyArn: encrypted ? kmsKeyArn(call, input.KmsKeyId) : undefined,
    snapshotId: source?.id,
    zone,
    created: call.now,
    states: passing(call.now, "creating", seconds(5), "available"),
  })
  tagAtBirth(call, volumes, disk.id, input.TagSpecifications)
  return disk
}

const completed = (call: Call, snapshot: SnapshotRecord): SnapshotRecord => {
  if (stateAt(snapshot.states, call.now) === "completed") return snapshot
  throw new Refusal("IncorrectState", `Snapshot '${snapshot.id}' is not 'completed'.`)
}
