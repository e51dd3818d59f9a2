import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, Refusal } from "../../service.ts"
import { type InterfaceRecord, interfaces } from "./records/compute.ts"
import { addresses, type SubnetRecord, vpcs } from "./records/network.ts"
import { formatAddress, parseAddress, parseCidr } from "./rules/cidr.ts"
import { live, save, seek } from "./rules/kind.ts"

interface Wanted extends Pick<InterfaceRecord, "description" | "type" | "groupIds">, Partial<Omitted> {
  readonly privateIp?: string | undefined
}

type Omitted = Omit<InterfaceRecord, "description" | "type" | "groupIds" | "privateIp">

/** Puts an interface with a free private address into a subnet; its subnet and groups are in use from then on. */
export const attachInterface = (call: Call, subnet: SubnetRecord, wanted: Wanted): InterfaceRecord =>
  save(call, interfaces, {
    id: call.id("eni"),
    subnetId: subnet.id,
    vpcId: subnet.vpcId,
    zone: subnet.zone,
    created: call.now,
    sourceDestCheck: true,
    ...wanted,
    privateIp: wanted.privateIp ? checkPrivateIp(call, subnet, wanted.privateIp) : nextPrivateIp(call, subnet),
  })

/** From this moment on it is gone. */
export const detachInterface = (call: Call, id: string, at: number): void => {
  const found = seek(call, interfaces, id)
  if (found) save(call, interfaces, { ...found, until: at })
}

/** AWS keeps the first four addresses of a subnet and the last one. */
export const freeAddresses = (call: Call, subnet: SubnetRecord): number =>
  (parseCidr(subnet.cidr)?.size ?? 0) - 5 - inside(call, subnet.id).length

/** A public address that nothing holds; all come from the ranges that are reserved for documentation. */
export const lendPublicIp = (call: Call): string => {
  const taken = new Set([
    ...live(call, interfaces).map((one) => one.publicIp),
    ...live(call, addresses).map((one) => one.publicIp),
  ])
  for (const prefix of ["198.51.100", "192.0.2"]) {
    for (let last = 1; last < 255; last += 1) {
      if (!taken.has(`${prefix}.${last}`)) return `${prefix}.${last}`
    }
  }
  throw new Refusal("InsufficientAddressCapacity", "Not enough available addresses to satisfy your request.")
}

/** The public side of an interface: an elastic address, or one that AWS lent. */
export const publicSide = (
  call: Call,
  one: InterfaceRecord,
): (ec2.NetworkInterfaceAssociation & { readonly PublicIp: string }) | undefined => {
  const elastic = one.allocationId ? seek(call, addresses, one.allocationId) : undefined
  const ip = elastic?.publicIp ?? one.publicIp
  if (!ip) return undefined
  const named = seek(call, vpcs, one.vpcId)?.dnsHostnames
  return {
    PublicIp: ip,
    PublicDnsName: named ? publicName(call, ip) : "",
    IpOwnerId: elastic ? call.account : "amazon",
    AllocationId: elastic?.id,
    AssociationId: elastic ? one.associationId : undefined,
  }
}

export const privateName = (call: Call, ip: string): string =>
  `ip-${ip.replaceAll(".", "-")}.${call.region === "us-east-1" ? "ec2" : `${call.region}.compute`}.internal`

export const macAddress = (id: string): string => ["0a", ...(id.slice(-10).match(/../g) ?? [])].join(":")

/** Whatever holds an elastic address at this time. */
export const holderOf = (call: Call, allocationId: string): InterfaceRecord | undefined =>
  live(call, interfaces).find((one) => one.allocationId === allocationId)

/** Whether something in this VPC is reached at a public address. */
export const hasPublicAddresses = (call: Call, vpcId: string): boolean =>
  live(call, interfaces).some((one) => one.vpcId === vpcId && (one.publicIp || one.allocationId))

const publicName = (call: Call, ip: string): string => {
  const middle = call.region === "us-east-1" ? "compute-1" : `${call.region}.compute`
  return `ec2-${ip.replaceAll(".", "-")}.${middle}.amazonaws.com`
}

const inside = (call: Call, subnetId: string): readonly InterfaceRecord[] =>
  live(call, interfaces).filter((one) => one.subnetId === subnetId)

const nextPrivateIp = (call: Call, subnet: SubnetRecord): string => {
  const range = parseCidr(subnet.cidr)
  const taken = new Set(inside(call, subnet.id).map((one) => one.privateIp))
  for (let offset = 4; range && offset < range.size - 1; offset += 1) {
    const ip = formatAddress(range.first + offset)
    if (!taken.has(ip)) return ip
  }
  throw new Refusal(
    "InsufficientFreeAddressesInSubnet",
    `There are not enough free addresses in subnet '${subnet.id}' to satisfy the requested number of instances.`,
  )
}

const checkPrivateIp = (call: Call, subnet: SubnetRecord, ip: string): string => {
  const address = parseAddress(ip)
  const range = parseCidr(subnet.cidr)
  if (address === undefined) throw new Refusal("InvalidParameterValue", `Invalid IPv4 address: ${ip}`)
  const usable = range && address >= range.first + 4 && address < range.first + range.size - 1
  if (!usable) throw new Refusal("InvalidParameterValue", "Address does not fall within the subnet's address range")
  if (inside(call, subnet.id).some((one) => one.privateIp === ip)) {
    throw new Refusal("InvalidIPAddress.InUse", `Address ${ip} is in use.`)
  }
  return ip
}
