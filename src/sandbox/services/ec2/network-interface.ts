import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers } from "../../service.ts"
import { groupsView } from "./instance-view.ts"
import { macAddress, privateName, publicSide } from "./interface.ts"
import { type InterfaceRecord, interfaces } from "./records/compute.ts"
import { type Fields, select } from "./rules/filter.ts"
import { page } from "./rules/page.ts"
import { tagsView } from "./rules/tags.ts"

export const networkInterfaceHandlers = handlers<typeof ec2>()({
  DescribeNetworkInterfaces(input, call) {
    const found = select(call, interfaces, input.NetworkInterfaceIds, input.Filters, fields)
    const { items, NextToken } = page(found, input, input.NetworkInterfaceIds)
    return { NetworkInterfaces: items.map((one) => view(call, one)), NextToken }
  },
})

const fields: Fields<InterfaceRecord> = {
  "addresses.private-ip-address": (one) => one.privateIp,
  "association.allocation-id": (one) => one.allocationId,
  "association.association-id": (one) => one.associationId,
  "association.public-ip": (one, call) => publicSide(call, one)?.PublicIp,
  "attachment.attachment-id": (one) => one.attachmentId,
  "attachment.instance-id": (one) => one.instanceId,
  "attachment.status": () => "attached",
  "availability-zone": (one) => one.zone,
  description: (one) => one.description,
  "group-id": (one) => one.groupIds,
  "interface-type": (one) => one.type,
  "mac-address": (one) => macAddress(one.id),
  "network-interface-id": (one) => one.id,
  "owner-id": (_one, call) => call.account,
  "private-ip-address": (one) => one.privateIp,
  "requester-id": (one) => one.requester,
  "requester-managed": (one) => isManaged(one),
  "source-dest-check": (one) => one.sourceDestCheck,
  status: () => "in-use",
  "subnet-id": (one) => one.subnetId,
  "vpc-id": (one) => one.vpcId,
}

/** Somebody else's than the account's: a gateway's, a load balancer's. */
const isManaged = ({ requester, type }: InterfaceRecord): boolean => type !== "interface" || requester !== undefined

const view = (call: Call, one: InterfaceRecord): ec2.NetworkInterface => {
  const Association = publicSide(call, one)
  const PrivateDnsName = privateName(call, one.privateIp)
  return {
    NetworkInterfaceId: one.id,
    SubnetId: one.subnetId,
    VpcId: one.vpcId,
    AvailabilityZone: one.zone,
    OwnerId: call.account,
    Description: one.description,
    // On the wire it is "nat_gateway"; the SDK's enumeration spells it otherwise.
    InterfaceType: one.type as ec2.NetworkInterfaceType,
    MacAddress: macAddress(one.id),
    PrivateIpAddress: one.privateIp,
    PrivateDnsName,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: one.privateIp, PrivateDnsName, Association }],
    Groups: groupsView(call, one.groupIds),
    RequesterId: one.requester,
    RequesterManaged: isManaged(one),
    SourceDestCheck: one.sourceDestCheck,
    Status: "in-use",
    Attachment: {
      AttachmentId: one.attachmentId,
      AttachTime: new Date(one.created),
      InstanceId: one.instanceId,
      InstanceOwnerId: one.instanceId ? call.account : "amazon-aws",
      DeleteOnTermination: one.instanceId !== undefined,
      DeviceIndex: one.instanceId ? 0 : 1,
      Status: "attached",
    },
    Association,
    Ipv6Addresses: [],
    TagSet: tagsView(call, one.id),
  }
}
