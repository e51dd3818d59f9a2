import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { attachInterface, detachInterface, holderOf } from "./interface.ts"
import {
  type AddressRecord,
  addresses,
  gateways,
  type NatRecord,
  natGateways,
  type SubnetRecord,
  subnets,
} from "./records/network.ts"
import { type Fields, select } from "./rules/filter.ts"
import { find, live, save } from "./rules/kind.ts"
import { page } from "./rules/page.ts"
import { checkQuota } from "./rules/quotas.ts"
import { required, serveOnly } from "./rules/refusals.ts"
import { checkTagTypes, tagAtBirth, tagsView } from "./rules/tags.ts"
import { hour, passing, seconds, stateAt } from "./rules/timeline.ts"
import { oncePerToken } from "./rules/token.ts"

/** The median of what was seen in public logs of creating one. */
const birth = seconds(102)
const death = seconds(45)

export const natGatewayHandlers = handlers<typeof ec2>()({
  CreateNatGateway(input, call) {
    serveOnly("CreateNatGateway", input, ["SubnetId", "AllocationId", "ConnectivityType", "AvailabilityMode"])
    checkTagTypes(input.TagSpecifications, ["natgateway"])
    const [id] = oncePerToken(call, "CreateNatGateway", input, () => [create(call, input).id])
    return { NatGateway: view(call, find(call, natGateways, id)), ClientToken: input.ClientToken }
  },

  DescribeNatGateways(input, call) {
    const found = select(call, natGateways, input.NatGatewayIds, input.Filter, fields)
    const { items, NextToken } = page(found, input, input.NatGatewayIds)
    return { NatGateways: items.map((nat) => view(call, nat)), NextToken }
  },

  DeleteNatGateway(input, call) {
    const nat = find(call, natGateways, input.NatGatewayId)
    const state = stateAt(nat.states, call.now)
    if (state === "deleted") throw new Refusal(natGateways.notFound, natGateways.lost(nat.id))
    if (state === "deleting") return { NatGatewayId: nat.id }
    const gone = call.now + death
    detachInterface(call, nat.interfaceId, gone)
    save(call, natGateways, {
      ...nat,
      deleted: call.now,
      states: passing(call.now, "deleting", death, "deleted"),
      until: gone + hour,
    })
    return { NatGatewayId: nat.id }
  },
})

const fields: Fields<NatRecord> = {
  "nat-gateway-id": (nat) => nat.id,
  state: (nat, call) => stateAt(nat.states, call.now),
  "subnet-id": (nat) => nat.subnetId,
  "vpc-id": (nat) => nat.vpcId,
}

const create = (call: Call, input: ec2.CreateNatGatewayRequest): NatRecord => {
  const connectivity = input.ConnectivityType ?? "public"
  const subnet = find(call, subnets, input.SubnetId)
  if (input.AvailabilityMode === "regional") {
    throw new Refusal("NotImplemented", "the sandbox does not serve regional NAT gateways; use zonal ones", 501)
  }
  if (connectivity === "private" && input.AllocationId) {
    throw new Refusal("InvalidParameterCombination", "A private NAT gateway cannot have an Elastic IP address")
  }
  const address =
    connectivity === "public" ? find(call, addresses, required(input.AllocationId, "AllocationId")) : undefined
  const zoneMates = live(call, natGateways).filter((nat) => nat.zone === subnet.zone && holdsQuota(nat, call.now))
  checkQuota(call, "natGateways", zoneMates.length + 1)
  const nat = settle(call, subnet, address)
  tagAtBirth(call, natGateways, nat.id, input.TagSpecifications)
  return nat
}

/** EC2 takes the order and finds out afterwards: what cannot work fails within seconds instead of being refused. */
const settle = (call: Call, subnet: SubnetRecord, address: AddressRecord | undefined): NatRecord => {
  const id = call.id("nat")
  const failure = failureOf(call, subnet, address)
  const associationId = address && !failure ? call.id("eipassoc") : undefined
  const held = attachInterface(call, subnet, {
    description: `Interface for NAT Gateway ${id}`,
    type: "nat_gateway",
    groupIds: [],
    sourceDestCheck: false,
    allocationId: associationId && address?.id,
    associationId,
    until: failure && call.now + failing,
  })
  return save(call, natGateways, {
    id,
    subnetId: subnet.id,
    vpcId: subnet.vpcId,
    zone: subnet.zone,
    connectivity: address ? "public" : "private",
    allocationId: address?.id,
    associationId,
    publicIp: address?.publicIp,
    interfaceId: held.id,
    privateIp: held.privateIp,
    created: call.now,
    states: failure
      ? passing(call.now, "pending", failing, "failed")
      : passing(call.now, "pending", birth, "available"),
    failure,
    until: failure && call.now + hour,
  })
}

/** Long enough that a caller who looks at once sees it pending. */
const failing = seconds(10)

const failureOf = (call: Call, subnet: SubnetRecord, address: AddressRecord | undefined): NatRecord["failure"] => {
  if (!address) return undefined
  if (holderOf(call, address.id)) {
    return {
      code: "Resource.AlreadyAssociated",
      message: `Elastic IP address [${address.id}] is already associated`,
    }
  }
  if (live(call, gateways).some((gateway) => gateway.vpcId === subnet.vpcId)) return undefined
  return {
    code: "Gateway.NotAttached",
    message: `Network ${subnet.vpcId} has no Internet gateway attached`,
  }
}

/** Those that failed or are gone are still listed, and cost nothing. */
const holdsQuota = (nat: NatRecord, now: number): boolean =>
  ["pending", "available", "deleting"].includes(stateAt(nat.states, now))

const view = (call: Call, nat: NatRecord): ec2.NatGateway => {
  const state = stateAt(nat.states, call.now)
  const failure = state === "failed" ? nat.failure : undefined
  return {
    NatGatewayId: nat.id,
    SubnetId: nat.subnetId,
    VpcId: nat.vpcId,
    ConnectivityType: nat.connectivity,
    AvailabilityMode: "zonal",
    CreateTime: new Date(nat.created),
    DeleteTime: nat.deleted === undefined ? undefined : new Date(nat.deleted),
    State: state,
    FailureCode: failure?.code,
    FailureMessage: failure?.message,
    NatGatewayAddresses: [addressView(nat, state)],
    Tags: tagsView(call, nat.id),
  }
}

/** While it is being made, AWS shows the allocation only. */
const addressView = (nat: NatRecord, state: ec2.NatGatewayState): ec2.NatGatewayAddress => {
  if (state === "pending" || state === "failed") return { AllocationId: nat.allocationId, IsPrimary: true }
  return {
    AllocationId: nat.allocationId,
    AssociationId: nat.associationId,
    PublicIp: nat.publicIp,
    PrivateIp: nat.privateIp,
    NetworkInterfaceId: nat.interfaceId,
    IsPrimary: true,
    Status: "succeeded",
  }
}
