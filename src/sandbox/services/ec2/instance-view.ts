import type * as ec2 from "@aws-sdk/client-ec2"
import type { Call } from "../../service.ts"
import { images, zonesOf } from "./catalog.ts"
import { macAddress, privateName, publicSide } from "./interface.ts"
import { profileOf } from "./profile.ts"
import { type InstanceRecord, type InterfaceRecord, interfaces, type VolumeRecord, volumes } from "./records/compute.ts"
import { groups } from "./records/security.ts"
import { live, rows, seek } from "./rules/kind.ts"
import { tagsView } from "./rules/tags.ts"
import { stateAt } from "./rules/timeline.ts"
import { attachmentState } from "./volume-view.ts"

export const instanceView = (call: Call, one: InstanceRecord): ec2.Instance => {
  const state = stateAt(one.states, call.now)
  const profile = profileOf(call, one.id)
  return {
    InstanceId: one.id,
    ImageId: one.imageId,
    InstanceType: one.type,
    KeyName: one.keyName,
    ClientToken: one.clientToken,
    AmiLaunchIndex: one.launchIndex,
    LaunchTime: new Date(one.launched),
    State: stateView(state),
    StateReason: one.reason && { Code: one.reason.code, Message: one.reason.message },
    StateTransitionReason: one.reason ? `User initiated (${new Date(one.states[0]?.[0] ?? 0).toISOString()})` : "",
    Placement: {
      AvailabilityZone: one.zone,
      AvailabilityZoneId: zoneId(call, one.zone),
      GroupName: "",
      Tenancy: "default",
    },
    Monitoring: { State: one.monitoring ? "enabled" : "disabled" },
    Architecture: images.find((image) => image.id === one.imageId)?.architecture,
    EbsOptimized: one.ebsOptimized,
    EnaSupport: true,
    Hypervisor: "xen",
    VirtualizationType: "hvm",
    BootMode: "uefi-preferred",
    PlatformDetails: "Linux/UNIX",
    UsageOperation: "RunInstances",
    RootDeviceName: one.rootDevice,
    RootDeviceType: "ebs",
    IamInstanceProfile: profile && { Arn: profile.arn, Id: profile.profileId },
    MetadataOptions: metadataView(one),
    EnclaveOptions: { Enabled: false },
    HibernationOptions: { Configured: false },
    MaintenanceOptions: { AutoRecovery: "default" },
    BlockDeviceMappings: disksOf(call, one.id).map((disk) => mappingView(disk, call.now)),
    ...networkView(call, one),
    Tags: tagsView(call, one.id),
  }
}

/** The number that goes with each state on the wire. */
export const stateView = (state: ec2.InstanceStateName): ec2.InstanceState => ({ Name: state, Code: codes[state] })

const codes: Readonly<Record<ec2.InstanceStateName, number>> = {
  pending: 0,
  running: 16,
  "shutting-down": 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
}

export const metadataView = ({ metadata }: InstanceRecord): ec2.InstanceMetadataOptionsResponse => ({
  State: "applied",
  HttpTokens: metadata.tokens,
  HttpPutResponseHopLimit: metadata.hopLimit,
  HttpEndpoint: metadata.endpoint,
  HttpProtocolIpv6: metadata.protocol6,
  InstanceMetadataTags: metadata.tags,
})

export const disksOf = (call: Call, instanceId: string): readonly VolumeRecord[] =>
  live(call, volumes).filter(
    ({ attachment }) =>
      attachment?.instanceId === instanceId && (attachment.until === undefined || call.now < attachment.until),
  )

export const mappingView = (disk: VolumeRecord, now: number): ec2.InstanceBlockDeviceMapping => ({
  DeviceName: disk.attachment?.device,
  Ebs: {
    VolumeId: disk.id,
    DeleteOnTermination: disk.attachment?.deleteOnTermination,
    AttachTime: new Date(disk.attachment?.since ?? disk.created),
    Status: stateAt(disk.states, now) === "creating" ? "attaching" : attachmentState(disk, now),
  },
})

export const groupsView = (call: Call, ids: readonly string[]): ec2.GroupIdentifier[] =>
  ids.map((id) => ({ GroupId: id, GroupName: rows(call, groups).get(id)?.name }))

const zoneId = (call: Call, zone: string): string | undefined =>
  zonesOf(call.region).find((known) => known.name === zone)?.id

/** Gone with the interface: a terminated instance shows no network. */
const networkView = (call: Call, one: InstanceRecord): ec2.Instance => {
  const network = seek(call, interfaces, one.interfaceId)
  if (!network) return { PrivateDnsName: "", PublicDnsName: "", NetworkInterfaces: [], SecurityGroups: [] }
  const outside = publicSide(call, network)
  return {
    SubnetId: one.subnetId,
    VpcId: one.vpcId,
    PrivateIpAddress: network.privateIp,
    PrivateDnsName: privateName(call, network.privateIp),
    PublicIpAddress: outside?.PublicIp,
    PublicDnsName: outside?.PublicDnsName ?? "",
    SourceDestCheck: network.sourceDestCheck,
    SecurityGroups: groupsView(call, network.groupIds),
    NetworkInterfaces: [interfaceView(call, network)],
  }
}

const interfaceView = (call: Call, network: InterfaceRecord): ec2.InstanceNetworkInterface => {
  const outside = publicSide(call, network)
  const Association = outside && {
    PublicIp: outside.PublicIp,
    PublicDnsName: outside.PublicDnsName,
    IpOwnerId: outside.IpOwnerId,
  }
  const PrivateDnsName = privateName(call, network.privateIp)
  return {
    NetworkInterfaceId: network.id,
    SubnetId: network.subnetId,
    VpcId: network.vpcId,
    OwnerId: call.account,
    Description: network.description,
    InterfaceType: network.type,
    MacAddress: macAddress(network.id),
    PrivateIpAddress: network.privateIp,
    PrivateDnsName,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: network.privateIp, PrivateDnsName, Association }],
    Groups: groupsView(call, network.groupIds),
    Ipv6Addresses: [],
    SourceDestCheck: network.sourceDestCheck,
    Status: "in-use",
    Attachment: {
      AttachmentId: network.attachmentId,
      AttachTime: new Date(network.created),
      DeleteOnTermination: true,
      DeviceIndex: 0,
      NetworkCardIndex: 0,
      Status: "attached",
    },
    Association,
  }
}
