import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { disksOf } from "./instance-view.ts"
import { type InstanceRecord, instances, type VolumeRecord, volumes } from "./records/compute.ts"
import { find, save } from "./rules/kind.ts"
import { invalidValue, required, serveOnly } from "./rules/refusals.ts"
import { passing, seconds, stateAt } from "./rules/timeline.ts"
import { attachmentOf, attachmentView } from "./volume-view.ts"

export const volumeAttachmentHandlers = handlers<typeof ec2>()({
  AttachVolume(input, call) {
    serveOnly("AttachVolume", input, ["VolumeId", "InstanceId", "Device"])
    const disk = find(call, volumes, input.VolumeId)
    const one = find(call, instances, input.InstanceId)
    const device = required(input.Device, "Device")
    checkAttachable(call, disk, one, device)
    const attachment = { instanceId: one.id, device, deleteOnTermination: false, since: call.now }
    const attached = save(call, volumes, { ...disk, states: [[call.now, "in-use"]], attachment })
    return attachmentView(attached, call.now)
  },

  /** Whether somebody still writes to it is not looked at: that is what goes wrong on AWS, too. */
  DetachVolume(input, call) {
    serveOnly("DetachVolume", input, ["VolumeId", "InstanceId", "Device", "Force"])
    const disk = find(call, volumes, input.VolumeId)
    const attachment = attachmentOf(disk, call.now)
    if (!attachment || attachment.until !== undefined)
      throw new Refusal("IncorrectState", `Volume '${disk.id}' is in the 'available' state.`)
    const { instanceId, device } = attachment
    if ((input.InstanceId ?? instanceId) !== instanceId || (input.Device ?? device) !== device)
      throw new Refusal(
        "InvalidAttachment.NotFound",
        `The volume '${disk.id}' is not attached to ${input.InstanceId} as ${input.Device}`,
      )
    const holder = find(call, instances, instanceId)
    if (device === holder.rootDevice && stateAt(holder.states, call.now) !== "stopped")
      throw new Refusal(
        "OperationNotPermitted",
        `Unable to detach root volume '${disk.id}' from instance '${instanceId}'`,
      )
    const detached = save(call, volumes, {
      ...disk,
      states: passing(call.now, "in-use", letting, "available"),
      attachment: { ...attachment, until: call.now + letting },
    })
    return attachmentView(detached, call.now)
  },
})

const letting = seconds(5)

const checkAttachable = (call: Call, disk: VolumeRecord, one: InstanceRecord, device: string): void => {
  if (!/^(\/dev\/)?(sd|xvd)[a-z][a-z0-9]{0,2}$/.test(device))
    throw invalidValue(device, "device", `${device} is not a valid EBS device name.`)
  const state = stateAt(disk.states, call.now)
  if (state === "in-use") throw new Refusal("VolumeInUse", `${disk.id} is already attached to an instance`)
  if (state !== "available") throw new Refusal("IncorrectState", `'${disk.id}' is not 'available'.`)
  if (!["running", "stopped"].includes(stateAt(one.states, call.now)))
    throw new Refusal("IncorrectState", `Instance '${one.id}' is not 'running'.`)
  if (disk.zone !== one.zone)
    throw new Refusal(
      "InvalidVolume.ZoneMismatch",
      `The volume '${disk.id}' is not in the same availability zone as instance '${one.id}'`,
    )
  if (disksOf(call, one.id).some(({ attachment }) => attachment?.device === device))
    throw new Refusal(
      "InvalidParameterValue",
      `Invalid value '${device}' for unixDevice. Attachment point ${device} is already in use`,
    )
}
