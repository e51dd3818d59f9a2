import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, Refusal } from "../../service.ts"
import { notServed } from "../unserved.ts"
import { imageSizeGiB, type MachineImage, rootDevice } from "./catalog.ts"
import { encryptsByDefault } from "./encryption.ts"
import { type VolumeRecord, volumes } from "./records/compute.ts"
import { save } from "./rules/kind.ts"
import { passing, seconds } from "./rules/timeline.ts"

type Shape = Pick<VolumeRecord, "size" | "type" | "iops" | "throughput">

/** The disks of a new instance: the image's root device, as the mappings change it, and those they add. */
export const createVolumes = (
  call: Call,
  instanceId: string,
  zone: string,
  image: MachineImage,
  mappings: readonly ec2.BlockDeviceMapping[] | undefined,
): readonly string[] => {
  const asked = new Map((mappings ?? []).map((mapping) => [mapping.DeviceName ?? "", mapping]))
  if (asked.size < (mappings?.length ?? 0) || asked.has("")) {
    throw new Refusal("InvalidBlockDeviceMapping", "Each block device mapping needs a DeviceName of its own")
  }
  const all = new Map([[rootDevice, asked.get(rootDevice) ?? {}], ...asked])
  return [...all].map(([device, mapping]) => {
    const ebs = checkEbs(mapping)
    const isRoot = device === rootDevice
    const encrypted = ebs.Encrypted || encryptsByDefault(call)
    const volume: VolumeRecord = {
      id: call.id("vol"),
      ...checkShape(shapeOf(ebs, isRoot), isRoot ? image : undefined),
      encrypted,
      kmsKeyArn: encrypted ? kmsKeyArn(call, ebs.KmsKeyId) : undefined,
      snapshotId: isRoot ? image.snapshotId : undefined,
      zone,
      created: call.now,
      states: passing(call.now, "creating", seconds(2), "in-use"),
      attachment: { instanceId, device, deleteOnTermination: ebs.DeleteOnTermination ?? true },
    }
    return save(call, volumes, volume).id
  })
}

/** What EBS takes for this type; gp3 has its own numbers, the others derive or demand them. */
export const checkShape = (shape: Shape, image: MachineImage | undefined): Shape => {
  const { size, type, iops, throughput } = shape
  if (image && size < imageSizeGiB) {
    throw new Refusal(
      "InvalidBlockDeviceMapping",
      `Volume of size ${size}GB is smaller than snapshot '${image.snapshotId}', expect size >= ${imageSizeGiB}GB`,
    )
  }
  const most = type === "gp3" || type === "io2" ? 65_536 : 16_384
  if (size < 1 || size > most) {
    throw new Refusal("InvalidParameterValue", `Volume of ${size}GiB is out of range; ${type} takes 1 to ${most} GiB`)
  }
  if (throughput !== undefined && type !== "gp3") {
    throw new Refusal("InvalidParameterCombination", `The parameter throughput is not supported for ${type} volumes`)
  }
  if (iops !== undefined && type !== "gp3" && type !== "io1" && type !== "io2") {
    throw new Refusal("InvalidParameterCombination", `The parameter iops is not supported for ${type} volumes`)
  }
  return type === "gp3" ? checkGp3({ ...shape, iops: iops ?? 3000, throughput: throughput ?? 125 }) : checkIops(shape)
}

const checkGp3 = (shape: Required<Shape>): Shape => {
  const { size, iops = 0, throughput = 0 } = shape
  if (iops < 3000 || iops > Math.max(3000, Math.min(80_000, size * 500))) {
    throw new Refusal("InvalidParameterValue", `Volume iops of ${iops} is out of range; gp3 takes 3000 to 500 per GiB`)
  }
  if (throughput < 125 || throughput > Math.max(125, Math.min(2000, iops / 4))) {
    throw new Refusal("InvalidParameterValue", `Throughput of ${throughput} is out of range; gp3 takes 125 to iops / 4`)
  }
  return shape
}

const checkIops = (shape: Shape): Shape => {
  if (shape.type.startsWith("io") && shape.iops === undefined) {
    throw new Refusal("MissingParameter", "The parameter iops must be specified for io1 and io2 volumes.")
  }
  return shape.type === "gp2" ? { ...shape, iops: Math.min(16_000, Math.max(100, shape.size * 3)) } : shape
}

const shapeOf = (ebs: ec2.EbsBlockDevice, isRoot: boolean): Shape => {
  const size = ebs.VolumeSize ?? (isRoot ? imageSizeGiB : undefined)
  if (size === undefined)
    throw new Refusal("MissingParameter", "The request must contain the parameter size or snapshotId")
  // Amazon Linux 2023 maps its root device to gp3; what a mapping adds is gp2 unless it says so.
  return { size, type: ebs.VolumeType ?? (isRoot ? "gp3" : "gp2"), iops: ebs.Iops, throughput: ebs.Throughput }
}

const checkEbs = (mapping: ec2.BlockDeviceMapping): ec2.EbsBlockDevice => {
  const { VolumeSize, VolumeType, Iops, Throughput, Encrypted, KmsKeyId, DeleteOnTermination, ...others } =
    mapping.Ebs ?? {}
  const unserved = { VirtualName: mapping.VirtualName, NoDevice: mapping.NoDevice, ...others }
  const [name] = Object.entries(unserved).find(([, value]) => value !== undefined) ?? []
  if (name) throw notServed(`${name} of BlockDeviceMappings`)
  if (KmsKeyId && !Encrypted) {
    throw new Refusal(
      "InvalidParameterDependency",
      "The parameter [KmsKeyId] requires the parameter Encrypted to be set.",
    )
  }
  return mapping.Ebs ?? {}
}

/** AWS answers with an ARN whatever form was given; its own key stands in when none was. */
export const kmsKeyArn = (call: Call, key: string | undefined): string =>
  key?.startsWith("arn:")
    ? key
    : `arn:${call.partition}:kms:${call.region}:${call.account}:${key?.startsWith("alias/") ? key : `key/${key ?? "aws-ebs"}`}`
