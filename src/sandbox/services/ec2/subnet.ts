import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { notServed } from "../unserved.ts"
import { zonesOf } from "./catalog.ts"
import { freeAddresses } from "./interface.ts"
import { interfaces } from "./records/compute.ts"
import { routeTables, type SubnetRecord, subnets, type VpcRecord, vpcs } from "./records/network.ts"
import { contains, overlaps, parseCidr } from "./rules/cidr.ts"
import { type Fields, select } from "./rules/filter.ts"
import { find, live, rows, save } from "./rules/kind.ts"
import { page } from "./rules/page.ts"
import { checkQuota } from "./rules/quotas.ts"
import { inUse, invalidValue, required, serveOnly } from "./rules/refusals.ts"
import { checkTagTypes, dropTags, tagAtBirth, tagsView } from "./rules/tags.ts"
import { passing, seconds, stateAt } from "./rules/timeline.ts"

export const subnetHandlers = handlers<typeof ec2>()({
  CreateSubnet(input, call) {
    serveOnly("CreateSubnet", input, ["VpcId", "CidrBlock", "AvailabilityZone", "AvailabilityZoneId"])
    checkTagTypes(input.TagSpecifications, ["subnet"])
    const vpc = find(call, vpcs, input.VpcId)
    const siblings = live(call, subnets).filter((subnet) => subnet.vpcId === vpc.id)
    const cidr = subnetCidr(required(input.CidrBlock, "cidrBlock"), vpc, siblings)
    checkQuota(call, "subnets", siblings.length + 1)
    const subnet = save(call, subnets, {
      id: call.id("subnet"),
      vpcId: vpc.id,
      cidr,
      zone: zoneOf(call, input),
      states: passing(call.now, "pending", seconds(1), "available"),
      mapPublicIp: false,
      aclAssociationId: call.id("aclassoc"),
    })
    tagAtBirth(call, subnets, subnet.id, input.TagSpecifications)
    return { Subnet: view(call, subnet) }
  },

  DescribeSubnets(input, call) {
    const found = select(call, subnets, input.SubnetIds, input.Filters, fields)
    const { items, NextToken } = page(found, input, input.SubnetIds)
    return { Subnets: items.map((subnet) => view(call, subnet)), NextToken }
  },

  ModifySubnetAttribute(input, call) {
    const { SubnetId, MapPublicIpOnLaunch, ...others } = input
    const subnet = find(call, subnets, SubnetId)
    const another = Object.entries(others).find(([, value]) => value !== undefined)
    if (another) throw notServed(`${another[0]} of ModifySubnetAttribute`)
    const mapPublicIp = required(MapPublicIpOnLaunch?.Value, "mapPublicIpOnLaunch")
    save(call, subnets, { ...subnet, mapPublicIp })
    return {}
  },

  DeleteSubnet(input, call) {
    const subnet = find(call, subnets, input.SubnetId)
    if (live(call, interfaces).some((one) => one.subnetId === subnet.id)) throw inUse("subnet", subnet.id)
    for (const table of live(call, routeTables)) {
      const associations = table.associations.filter((association) => association.subnetId !== subnet.id)
      if (associations.length < table.associations.length) save(call, routeTables, { ...table, associations })
    }
    rows(call, subnets).delete(subnet.id)
    dropTags(call, subnet.id)
    return {}
  },
})

const fields: Fields<SubnetRecord> = {
  "availability-zone": (subnet) => subnet.zone,
  "availability-zone-id": (subnet, call) => zoneId(call, subnet.zone),
  "available-ip-address-count": (subnet, call) => freeAddresses(call, subnet),
  "cidr-block": (subnet) => subnet.cidr,
  cidr: (subnet) => subnet.cidr,
  "default-for-az": () => false,
  "map-public-ip-on-launch": (subnet) => subnet.mapPublicIp,
  "owner-id": (_subnet, call) => call.account,
  state: (subnet, call) => stateAt(subnet.states, call.now),
  "subnet-arn": (subnet, call) => arn(call, subnet),
  "subnet-id": (subnet) => subnet.id,
  "vpc-id": (subnet) => subnet.vpcId,
}

const view = (call: Call, subnet: SubnetRecord): ec2.Subnet => ({
  SubnetId: subnet.id,
  SubnetArn: arn(call, subnet),
  VpcId: subnet.vpcId,
  OwnerId: call.account,
  CidrBlock: subnet.cidr,
  AvailabilityZone: subnet.zone,
  AvailabilityZoneId: zoneId(call, subnet.zone),
  AvailableIpAddressCount: freeAddresses(call, subnet),
  State: stateAt(subnet.states, call.now),
  DefaultForAz: false,
  MapPublicIpOnLaunch: subnet.mapPublicIp,
  MapCustomerOwnedIpOnLaunch: false,
  AssignIpv6AddressOnCreation: false,
  Ipv6CidrBlockAssociationSet: [],
  EnableDns64: false,
  Ipv6Native: false,
  PrivateDnsNameOptionsOnLaunch: {
    HostnameType: "ip-name",
    EnableResourceNameDnsARecord: false,
    EnableResourceNameDnsAAAARecord: false,
  },
  Tags: tagsView(call, subnet.id),
})

const arn = (call: Call, subnet: SubnetRecord): string =>
  `arn:${call.partition}:ec2:${call.region}:${call.account}:subnet/${subnet.id}`

const zoneId = (call: Call, zone: string): string | undefined =>
  zonesOf(call.region).find((known) => known.name === zone)?.id

/** The range in its canonical form, once it fits into the VPC and beside its siblings. */
const subnetCidr = (text: string, vpc: VpcRecord, siblings: readonly SubnetRecord[]): string => {
  const cidr = parseCidr(text)
  if (!cidr) throw invalidValue(text, "cidrBlock", "This is not a valid CIDR block.")
  const whole = parseCidr(vpc.cidr)
  const fits = cidr.bits >= 16 && cidr.bits <= 28 && whole && contains(whole, cidr)
  if (!fits) throw new Refusal("InvalidSubnet.Range", `The CIDR '${text}' is invalid.`)
  const taken = siblings.some((sibling) => {
    const other = parseCidr(sibling.cidr)
    return other && overlaps(other, cidr)
  })
  if (taken) throw new Refusal("InvalidSubnet.Conflict", `The CIDR '${text}' conflicts with another subnet`)
  return cidr.text
}

/** By name or id; the first zone when none is asked for, where AWS chooses one. */
const zoneOf = (call: Call, input: ec2.CreateSubnetRequest): string => {
  const zones = zonesOf(call.region)
  const { AvailabilityZone: name, AvailabilityZoneId: id } = input
  if (name && id) {
    throw new Refusal("InvalidParameterCombination", "availabilityZone and availabilityZoneId cannot both be given")
  }
  const chosen = zones.find((zone) => (name ? zone.name === name : id ? zone.id === id : true))
  if (chosen) return chosen.name
  const names = zones.map((zone) => (name ? zone.name : zone.id)).join(", ")
  const why = `Subnets can currently only be created in the following availability zones: ${names}.`
  throw invalidValue(name ?? id, name ? "availabilityZone" : "availabilityZoneId", why)
}
