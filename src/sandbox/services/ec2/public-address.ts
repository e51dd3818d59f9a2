import type * as ec2 from "@aws-sdk/client-ec2"
import { handlers, Refusal } from "../../service.ts"
import { holderOf, lendPublicIp } from "./interface.ts"
import { type InterfaceRecord, instances, interfaces } from "./records/compute.ts"
import { addresses, gateways } from "./records/network.ts"
import { find, live, save } from "./rules/kind.ts"
import { required, serveOnly } from "./rules/refusals.ts"

/** What somebody does to the public side of an interface that is there. */
export const publicAddressHandlers = handlers<typeof ec2>()({
  AssociateAddress(input, call) {
    serveOnly("AssociateAddress", input, ["AllocationId", "InstanceId", "NetworkInterfaceId", "AllowReassociation"])
    const address = find(call, addresses, required(input.AllocationId, "AllocationId"))
    const target = input.InstanceId
      ? find(call, interfaces, find(call, instances, input.InstanceId).interfaceId)
      : find(call, interfaces, required(input.NetworkInterfaceId, "NetworkInterfaceId"))
    if (target.requester) throw noPermission()
    if (!live(call, gateways).some((gateway) => gateway.vpcId === target.vpcId)) {
      throw new Refusal("Gateway.NotAttached", `Network ${target.vpcId} is not attached to any internet gateway`)
    }
    const former = holderOf(call, address.id)
    // A gateway's address is its own for as long as it lives.
    if (former?.type === "nat_gateway") throw noPermission()
    // AWS lists this as idempotent: the same once more is answered with what there is.
    if (former?.id === target.id) return { AssociationId: former.associationId }
    if (former && input.AllowReassociation === false) {
      throw new Refusal("Resource.AlreadyAssociated", `resource ${address.id} is already associated`)
    }
    if (former) save(call, interfaces, bare(former))
    const associationId = call.id("eipassoc")
    save(call, interfaces, { ...bare(target), allocationId: address.id, associationId })
    return { AssociationId: associationId }
  },

  DisassociateAddress(input, call) {
    serveOnly("DisassociateAddress", input, ["AssociationId"])
    const id = required(input.AssociationId, "AssociationId")
    const holder = live(call, interfaces).find((one) => one.associationId === id)
    if (!holder) throw new Refusal("InvalidAssociationID.NotFound", `The association ID '${id}' does not exist`)
    if (holder.type === "nat_gateway") throw noPermission()
    save(call, interfaces, bare(holder))
    return {}
  },

  ModifyNetworkInterfaceAttribute(input, call) {
    serveOnly("ModifyNetworkInterfaceAttribute", input, ["NetworkInterfaceId", "AssociatePublicIpAddress"])
    const network = find(call, interfaces, input.NetworkInterfaceId)
    const wanted = required(input.AssociatePublicIpAddress, "AssociatePublicIpAddress")
    if (network.type !== "interface" || network.requester) throw noPermission()
    const has = network.publicIp !== undefined || network.allocationId !== undefined
    const publicIp = wanted && !has ? lendPublicIp(call) : wanted ? network.publicIp : undefined
    save(call, interfaces, { ...network, wantsPublicIp: wanted, publicIp })
    return {}
  },
})

/** An address that AWS lent goes back when an elastic one takes its place. */
const bare = (one: InterfaceRecord): InterfaceRecord => ({
  ...one,
  publicIp: undefined,
  allocationId: undefined,
  associationId: undefined,
})

const noPermission = (): Refusal =>
  new Refusal("AuthFailure", "You do not have permission to access the specified resource.")
