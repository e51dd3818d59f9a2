import type { Instance, Volume } from "@aws-sdk/client-ec2"
import type { Phase } from "../../engine/types.ts"
import { type InstanceId, idOf } from "../ids.ts"

/** A virtual machine, with all of it that somebody could change from outside. */
export interface Machine {
  readonly id: InstanceId
  readonly imageId: string
  readonly instanceType: string
  readonly subnetId: string
  readonly groupIds: readonly string[]
  readonly profile: string
  /** AWS ties a machine to this one profile, not to the next of its name. */
  readonly profileId: string
  readonly keyName: string
  readonly running: boolean
  readonly publicAddress: boolean
  readonly monitoring: boolean
  /** Off, it may send and receive in the name of others. */
  readonly sourceDestCheck: boolean
  readonly metadataEndpoint: string
  readonly metadataTokens: string
  readonly metadataHops: number
  readonly metadataTags: string
  readonly diskGb: number
  readonly diskType: string
  readonly diskIops: number
  readonly diskThroughput: number
  readonly diskEncrypted: boolean
  readonly diskGoesAlong: boolean
  readonly diskDevice: string
  readonly volumeId: string
  /** What stands at the device for data that outlives it. */
  readonly dataVolumeId: string
  readonly interfaceId: string
  readonly privateIp: string
  readonly publicIp: string
}

export const blankMachine: Machine = {
  id: "i-new",
  imageId: "",
  instanceType: "",
  subnetId: "",
  groupIds: [],
  profile: "",
  profileId: "",
  keyName: "",
  running: true,
  publicAddress: false,
  monitoring: false,
  sourceDestCheck: true,
  metadataEndpoint: "enabled",
  metadataTokens: "required",
  metadataHops: 1,
  metadataTags: "disabled",
  diskGb: 0,
  diskType: "gp3",
  diskIops: 3000,
  diskThroughput: 125,
  diskEncrypted: true,
  diskGoesAlong: true,
  diskDevice: "",
  volumeId: "",
  dataVolumeId: "",
  interfaceId: "",
  privateIp: "",
  publicIp: "",
}

/** Of the volume that outlives the machine. */
export const dataDevice = "/dev/sdf"

/** Nothing once it is terminated: AWS goes on showing it for about an hour. */
export function phaseOf({ State }: Instance): Phase | undefined {
  if (State?.Name === "terminated") return undefined
  if (State?.Name === "shutting-down") return "leaving"
  return State?.Name === "running" || State?.Name === "stopped" ? "ready" : "pending"
}

/** All but the disk, which no list of instances shows. */
export function machineOf(instance: Instance): Machine {
  const { MetadataOptions: metadata, NetworkInterfaces: [network] = [] } = instance
  const at = (device: string | undefined) =>
    instance.BlockDeviceMappings?.find(({ DeviceName }) => DeviceName === device)
  const root = at(instance.RootDeviceName)
  const data = at(dataDevice)?.Ebs
  return {
    ...blankMachine,
    id: idOf("i", instance.InstanceId),
    imageId: instance.ImageId ?? "",
    instanceType: instance.InstanceType ?? "",
    subnetId: instance.SubnetId ?? "",
    groupIds: (instance.SecurityGroups ?? []).map(({ GroupId = "" }) => GroupId).toSorted(),
    profile: instance.IamInstanceProfile?.Arn?.split("/").at(-1) ?? "",
    profileId: instance.IamInstanceProfile?.Id ?? "",
    keyName: instance.KeyName ?? "",
    running: instance.State?.Name === "running",
    publicAddress: instance.PublicIpAddress !== undefined,
    monitoring: instance.Monitoring?.State === "enabled" || instance.Monitoring?.State === "pending",
    sourceDestCheck: instance.SourceDestCheck ?? true,
    metadataEndpoint: metadata?.HttpEndpoint ?? "",
    metadataTokens: metadata?.HttpTokens ?? "",
    metadataHops: metadata?.HttpPutResponseHopLimit ?? 0,
    metadataTags: metadata?.InstanceMetadataTags ?? "disabled",
    diskGoesAlong: root?.Ebs?.DeleteOnTermination ?? true,
    diskDevice: instance.RootDeviceName ?? "",
    volumeId: root?.Ebs?.VolumeId ?? "",
    // On its way out it is there no more.
    dataVolumeId: data?.Status === "detaching" ? "" : (data?.VolumeId ?? ""),
    interfaceId: network?.NetworkInterfaceId ?? "",
    privateIp: instance.PrivateIpAddress ?? "",
    publicIp: instance.PublicIpAddress ?? "",
  }
}

export const withDisk = (machine: Machine, volume: Volume): Machine => ({
  ...machine,
  diskGb: volume.Size ?? 0,
  diskType: volume.VolumeType ?? "",
  diskIops: volume.Iops ?? 0,
  diskThroughput: volume.Throughput ?? 0,
  diskEncrypted: volume.Encrypted ?? false,
})
