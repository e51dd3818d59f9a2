import type {
  _InstanceType,
  InstanceMetadataEndpointState,
  InstanceStateName,
  VolumeState,
  VolumeType,
} from "@aws-sdk/client-ec2"
import type { Entity, Kind } from "../rules/kind.ts"
import type { Timeline } from "../rules/timeline.ts"

/** How the metadata service answers; the hop limit decides whether containers reach it. */
interface MetadataRecord {
  readonly tokens: "optional" | "required"
  readonly hopLimit: number
  readonly endpoint: InstanceMetadataEndpointState
  readonly protocol6: "enabled" | "disabled"
  readonly tags: "enabled" | "disabled"
}

/** Addresses and disks are not here: they lie with the interface and the volumes, which know when they go. */
export interface InstanceRecord extends Entity {
  readonly reservationId: string
  readonly launchIndex: number
  readonly clientToken: string
  readonly imageId: string
  readonly type: _InstanceType
  readonly keyName?: string | undefined
  readonly userData?: string | undefined
  readonly subnetId: string
  readonly vpcId: string
  readonly zone: string
  readonly launched: number
  /** Since it was launched, or started again. */
  readonly rebooted?: number | undefined
  readonly states: Timeline<InstanceStateName>
  readonly reason?: { readonly code: string; readonly message: string } | undefined
  readonly interfaceId: string
  readonly rootDevice: string
  readonly monitoring: boolean
  readonly ebsOptimized: boolean
  readonly noApiTermination: boolean
  readonly noApiStop: boolean
  readonly shutdown: "stop" | "terminate"
  readonly metadata: MetadataRecord
  readonly credits?: "standard" | "unlimited" | undefined
}

/** An instance keeps the ARN that it got, whatever IAM does with the profile afterwards. */
export interface ProfileAssociationRecord extends Entity {
  readonly instanceId: string
  readonly arn: string
  readonly profileId: string
  readonly since: number
}

/** Written by whatever puts an address into a subnet, so that subnets, groups and gateways know they are in use. */
export interface InterfaceRecord extends Entity {
  readonly subnetId: string
  readonly vpcId: string
  readonly zone: string
  readonly description: string
  readonly type: "interface" | "nat_gateway"
  readonly privateIp: string
  readonly groupIds: readonly string[]
  readonly created: number
  readonly sourceDestCheck: boolean
  /** The service of AWS that put it there for a thing of its own, such as `amazon-elb`. */
  readonly requester?: string | undefined
  readonly instanceId?: string | undefined
  readonly attachmentId?: string | undefined
  /** An address that AWS lent; an elastic one is known by its allocation instead. */
  readonly publicIp?: string | undefined
  /** Asked for at launch: each start after a stop lends another one. */
  readonly wantsPublicIp?: boolean | undefined
  readonly allocationId?: string | undefined
  readonly associationId?: string | undefined
}

/** What is asked for by ModifyVolume holds at once; `modification` only says how long it takes. */
export interface VolumeRecord extends Entity {
  readonly size: number
  readonly type: VolumeType
  readonly iops?: number | undefined
  readonly throughput?: number | undefined
  readonly encrypted: boolean
  readonly kmsKeyArn?: string | undefined
  readonly snapshotId?: string | undefined
  readonly zone: string
  readonly created: number
  readonly states: Timeline<VolumeState>
  readonly attachment?: {
    readonly instanceId: string
    readonly device: string
    readonly deleteOnTermination: boolean
    /** Of a disk that was there before; the others are attached from their birth. */
    readonly since?: number | undefined
    readonly until?: number | undefined
  }
  readonly modification?: {
    readonly since: number
    readonly before: Pick<VolumeRecord, "size" | "type" | "iops" | "throughput">
  }
}

export const instances: Kind<InstanceRecord> = {
  table: "ec2/instance",
  prefix: "i",
  type: "instance",
  parameter: "instanceId",
  notFound: "InvalidInstanceID.NotFound",
  malformed: "InvalidInstanceID.Malformed",
  lost: (id) => `The instance ID '${id}' does not exist`,
}

export const profileAssociations: Kind<ProfileAssociationRecord> = {
  table: "ec2/iam-instance-profile-association",
  prefix: "iip-assoc",
  type: "instance",
  parameter: "AssociationId",
  notFound: "InvalidAssociationID.NotFound",
  malformed: "InvalidAssociationID.Malformed",
  lost: (id) => `An invalid association-id of '${id}' was given`,
}

export const interfaces: Kind<InterfaceRecord> = {
  table: "ec2/network-interface",
  prefix: "eni",
  type: "network-interface",
  parameter: "networkInterfaceId",
  notFound: "InvalidNetworkInterfaceID.NotFound",
  malformed: "InvalidNetworkInterfaceId.Malformed",
  lost: (id) => `The networkInterface ID '${id}' does not exist`,
}

export const volumes: Kind<VolumeRecord> = {
  table: "ec2/volume",
  prefix: "vol",
  type: "volume",
  parameter: "volumeId",
  notFound: "InvalidVolume.NotFound",
  malformed: "InvalidVolumeID.Malformed",
  lost: (id) => `The volume '${id}' does not exist.`,
}
