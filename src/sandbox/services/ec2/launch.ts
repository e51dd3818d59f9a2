import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, Refusal } from "../../service.ts"
import { notServed } from "../unserved.ts"
import { images, type MachineImage, type MachineType, machineTypes, zonesOf } from "./catalog.ts"
import { findKeyByName } from "./key-pair.ts"
import { findProfile, type Profile } from "./profile.ts"
import { instances } from "./records/compute.ts"
import { type SubnetRecord, subnets } from "./records/network.ts"
import { groups } from "./records/security.ts"
import { find, live } from "./rules/kind.ts"
import { checkQuota } from "./rules/quotas.ts"
import { required } from "./rules/refusals.ts"
import { seconds, stateAt } from "./rules/timeline.ts"
import { checkUserData } from "./user-data.ts"

/** What RunInstances was asked for, looked up and found possible. */
export interface Launch {
  readonly image: MachineImage
  readonly type: MachineType
  readonly subnet: SubnetRecord
  readonly groupIds: readonly string[]
  readonly publicIp: boolean
  readonly privateIp: string | undefined
  readonly description: string
  readonly userData: string | undefined
  readonly profile: Profile | undefined
  readonly credits: "standard" | "unlimited" | undefined
}

/** From the order to running; what the machine does inside comes after that. */
export const bootTime: number = seconds(10)

/** In AWS's order: what the request names, then where it goes, then whether there is room. */
export const checkLaunch = (call: Call, input: ec2.RunInstancesRequest, count: number): Launch => {
  const image = findImage(required(input.ImageId, "ImageId"))
  const type = findType(required(input.InstanceType, "InstanceType"))
  if (type.architecture !== image.architecture) {
    throw new Refusal(
      "InvalidParameterValue",
      `The architecture '${type.architecture}' of the specified instance type does not match the architecture '${image.architecture}' of the specified AMI.`,
    )
  }
  const placed = placement(call, input)
  checkZone(call, type, placed.subnet.zone)
  if (input.KeyName) findKeyByName(call, input.KeyName)
  const profile = input.IamInstanceProfile && findProfile(call, input.IamInstanceProfile)
  const userData = input.UserData === undefined ? undefined : checkUserData(input.UserData)
  checkVcpus(call, type.vcpus * count)
  if (call.fault("capacity")) throw noCapacity(type.name, placed.subnet.zone)
  return { image, type, ...placed, userData, profile, credits: creditsOf(type, input.CreditSpecification) }
}

/** RunInstances and a change of type word an unknown one alike. */
export const findType = (name: string): MachineType => {
  const type = machineTypes.find((known) => known.name === name)
  if (!type) throw new Refusal("InvalidParameterValue", `Invalid value '${name}' for InstanceType.`)
  return type
}

/** Refused when all that run in this account would then have more processors than its quota. */
export const checkVcpus = (call: Call, more: number): void => {
  const running = live(call, instances).filter((one) => ["pending", "running"].includes(stateAt(one.states, call.now)))
  const used = running.map((one) => findType(one.type).vcpus).reduce((sum, vcpus) => sum + vcpus, 0)
  checkQuota(call, "standardVcpus", used + more)
}

/** A server's error, which the SDK tries again: AWS hopes that somebody stops a machine meanwhile. */
export const noCapacity = (type: string, zone: string): Refusal =>
  new Refusal(
    "InsufficientInstanceCapacity",
    `We currently do not have sufficient ${type} capacity in the Availability Zone you requested (${zone}).`,
    500,
  )

const findImage = (id: string): MachineImage => {
  if (!/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
    throw new Refusal("InvalidAMIID.Malformed", `Invalid id: "${id}" (expecting "ami-...")`)
  }
  const image = images.find((known) => known.id === id)
  if (!image) throw new Refusal("InvalidAMIID.NotFound", `The image id '[${id}]' does not exist`)
  return image
}

type Placed = Pick<Launch, "subnet" | "groupIds" | "publicIp" | "privateIp" | "description">

const placement = (call: Call, input: ec2.RunInstancesRequest): Placed => {
  const [network, another] = input.NetworkInterfaces ?? []
  if (another) throw notServed("more than one entry in NetworkInterfaces of RunInstances")
  if (network && (input.SubnetId || input.SecurityGroupIds?.length || input.PrivateIpAddress)) {
    throw new Refusal(
      "InvalidParameterCombination",
      "Network interfaces and an instance-level subnet ID, security groups or private address may not be specified on the same request",
    )
  }
  checkNetwork(network)
  const subnetId = network ? network.SubnetId : input.SubnetId
  if (!subnetId) throw new Refusal("VPCIdNotSpecified", "No default VPC for this user")
  const subnet = find(call, subnets, subnetId)
  const { AvailabilityZone: zone, Tenancy = "default", GroupName, ...unserved } = input.Placement ?? {}
  const [name] = Object.entries({ ...unserved, GroupName: GroupName || undefined }).find(([, value]) => value) ?? []
  if (name || Tenancy !== "default") throw notServed(`${name ?? `Tenancy ${Tenancy}`} of Placement of RunInstances`)
  if (zone && zone !== subnet.zone) {
    throw new Refusal("InvalidParameterValue", `The availability zone '${zone}' is not that of subnet '${subnet.id}'`)
  }
  return {
    subnet,
    groupIds: groupsFor(call, subnet.vpcId, network ? network.Groups : input.SecurityGroupIds),
    publicIp: network?.AssociatePublicIpAddress ?? subnet.mapPublicIp,
    privateIp: network ? network.PrivateIpAddress : input.PrivateIpAddress,
    description: network?.Description ?? "",
  }
}

const checkNetwork = (network: ec2.InstanceNetworkInterfaceSpecification | undefined): void => {
  const { DeviceIndex, SubnetId, Groups, AssociatePublicIpAddress, PrivateIpAddress, ...others } = network ?? {}
  const { DeleteOnTermination = true, Description, ...unserved } = others
  const [name] = Object.entries(unserved).find(([, value]) => value !== undefined) ?? []
  if (name) throw notServed(`${name} of NetworkInterfaces of RunInstances`)
  if (!DeleteOnTermination) throw notServed("interfaces that outlive their instance")
  if (network && DeviceIndex !== 0) {
    throw new Refusal("InvalidParameterValue", "Each network interface requires a device index; the first one has 0.")
  }
}

/** The groups asked for, all of this VPC; the VPC's default group when none is. */
export const groupsFor = (call: Call, vpcId: string, ids: readonly string[] | undefined): readonly string[] => {
  if (!ids?.length) {
    return live(call, groups)
      .filter((group) => group.vpcId === vpcId && group.name === "default")
      .map((group) => group.id)
  }
  for (const group of ids.map((id) => find(call, groups, id))) {
    if (group.vpcId !== vpcId) {
      throw new Refusal(
        "InvalidParameter",
        `Security group ${group.id} and network ${vpcId} belong to different networks.`,
      )
    }
  }
  return [...new Set(ids)]
}

const checkZone = (call: Call, type: MachineType, zone: string): void => {
  if (!type.notIn?.includes(zone)) return
  const others = zonesOf(call.region).filter((one) => !type.notIn?.includes(one.name))
  throw new Refusal(
    "Unsupported",
    `Your requested instance type (${type.name}) is not supported in your requested Availability Zone (${zone}). Please retry your request by choosing ${others.map((one) => one.name).join(", ")}.`,
  )
}

/** T3 and T4g go beyond their credits for money unless told otherwise; T2 doesn't. */
const creditsOf = (type: MachineType, asked: ec2.CreditSpecificationRequest | undefined): Launch["credits"] => {
  if (!type.burstable) return undefined
  const usual = type.name.startsWith("t2.") ? "standard" : "unlimited"
  const wanted = asked?.CpuCredits ?? usual
  if (wanted === "standard" || wanted === "unlimited") return wanted
  throw new Refusal("InvalidParameterValue", `Invalid value '${wanted}' for CpuCredits. Valid are standard, unlimited.`)
}
