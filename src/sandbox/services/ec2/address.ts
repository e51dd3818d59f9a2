import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { holderOf, lendPublicIp } from "./interface.ts"
import { type AddressRecord, addresses } from "./records/network.ts"
import { type Fields, select } from "./rules/filter.ts"
import { find, live, rows, save } from "./rules/kind.ts"
import { checkQuota } from "./rules/quotas.ts"
import { invalidValue, serveOnly } from "./rules/refusals.ts"
import { checkTagTypes, dropTags, tagAtBirth, tagsView } from "./rules/tags.ts"

export const addressHandlers = handlers<typeof ec2>()({
  AllocateAddress(input, call) {
    serveOnly("AllocateAddress", input, ["Domain", "NetworkBorderGroup"])
    checkTagTypes(input.TagSpecifications, ["elastic-ip"])
    checkBorderGroup(call, input.NetworkBorderGroup)
    checkQuota(call, "addresses", live(call, addresses).length + 1)
    const address = save(call, addresses, { id: call.id("eipalloc"), publicIp: lendPublicIp(call) })
    tagAtBirth(call, addresses, address.id, input.TagSpecifications)
    return {
      AllocationId: address.id,
      PublicIp: address.publicIp,
      PublicIpv4Pool: "amazon",
      NetworkBorderGroup: call.region,
      Domain: "vpc",
    }
  },

  DescribeAddresses(input, call) {
    const found = select(call, addresses, input.AllocationIds, input.Filters, fields)
    const ips = input.PublicIps ?? []
    const unknown = ips.find((ip) => !live(call, addresses).some((address) => address.publicIp === ip))
    if (unknown) throw new Refusal("InvalidAddress.NotFound", `Address '${unknown}' not found.`)
    const wanted = ips.length ? found.filter((address) => ips.includes(address.publicIp)) : found
    return { Addresses: wanted.map((address) => view(call, address)) }
  },

  ReleaseAddress(input, call) {
    serveOnly("ReleaseAddress", input, ["AllocationId", "NetworkBorderGroup"])
    checkBorderGroup(call, input.NetworkBorderGroup)
    const address = find(call, addresses, input.AllocationId)
    if (holderOf(call, address.id)) {
      throw new Refusal("InvalidIPAddress.InUse", `Address ${address.publicIp} is in use.`)
    }
    rows(call, addresses).delete(address.id)
    dropTags(call, address.id)
    return {}
  },
})

const fields: Fields<AddressRecord> = {
  "allocation-id": (address) => address.id,
  "association-id": (address, call) => holderOf(call, address.id)?.associationId,
  domain: () => "vpc",
  "instance-id": (address, call) => holderOf(call, address.id)?.instanceId,
  "network-border-group": (_address, call) => call.region,
  "network-interface-id": (address, call) => holderOf(call, address.id)?.id,
  "network-interface-owner-id": (address, call) => holderOf(call, address.id) && call.account,
  "private-ip-address": (address, call) => holderOf(call, address.id)?.privateIp,
  "public-ip": (address) => address.publicIp,
}

const view = (call: Call, address: AddressRecord): ec2.Address => {
  const holder = holderOf(call, address.id)
  return {
    AllocationId: address.id,
    PublicIp: address.publicIp,
    PublicIpv4Pool: "amazon",
    NetworkBorderGroup: call.region,
    Domain: "vpc",
    AssociationId: holder?.associationId,
    InstanceId: holder?.instanceId,
    NetworkInterfaceId: holder?.id,
    NetworkInterfaceOwnerId: holder && call.account,
    PrivateIpAddress: holder?.privateIp,
    Tags: tagsView(call, address.id),
  }
}

/** Local zones have groups of their own; none is served. */
const checkBorderGroup = (call: Call, group: string | undefined): void => {
  if (group !== undefined && group !== call.region) {
    throw invalidValue(group, "networkBorderGroup", `The only one of this region is ${call.region}.`)
  }
}
