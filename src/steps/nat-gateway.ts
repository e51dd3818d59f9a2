import {
  CreateNatGatewayCommand,
  DeleteNatGatewayCommand,
  type NatGateway as Described,
  paginateDescribeNatGateways,
} from "@aws-sdk/client-ec2"
import { bearing, onAnything, onOwn } from "../aws/allow.ts"
import { type AddressId, type GatewayId, idOf, type NatGatewayId, type SubnetId } from "../aws/ids.ts"
import { listed } from "../aws/listed.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { scopeFilter, tagSpecification } from "../aws/tags.ts"
import type { Phase, Scope } from "../engine/types.ts"

export interface NatGateway {
  readonly id: NatGatewayId
  readonly subnetId: string
  readonly addressId: string
}

export interface NatGatewayWish {
  readonly scope: Scope
  readonly name: string
  readonly subnet: Need<{ readonly id: SubnetId }>
  readonly address: Need<{ readonly id: AddressId }>
  /** A NAT gateway that starts in a network without a way out fails for good. */
  readonly gateway: Need<{ readonly id: GatewayId }>
}

export const natGateway = ({ scope, name, subnet, address, gateway }: NatGatewayWish) =>
  step({
    kind: natGatewayKind,
    name,
    scope,
    needs: { subnet, address, gateway },
    spec: {},
    links: ({ subnet, address }) => ({ subnetId: subnet.id, addressId: address.id }),
    async create(ctx, { subnet, address }, birth) {
      await ctx.ec2.send(
        new CreateNatGatewayCommand({
          SubnetId: subnet.id,
          AllocationId: address.id,
          ConnectivityType: "public",
          ClientToken: birth.token,
          TagSpecifications: [tagSpecification(birth, "natgateway")],
        }),
      )
    },
  })

export const natGatewayKind: CloudKind<NatGateway> = {
  name: "nat-gateway",
  unique: "token",
  async list(ctx, scopes) {
    const pages = paginateDescribeNatGateways({ client: ctx.ec2 }, { Filter: [scopeFilter(scopes)] })
    const gateways = await everyItem(pages, (page) => page.NatGateways)
    return listed("nat-gateway", gateways, (gateway) => {
      const phase = phaseOf(gateway)
      return phase && { live: liveOf(gateway), phase }
    })
  },
  async destroy(ctx, { id }) {
    await ctx.ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id }))
    return undefined
  },
  fixed: ["subnetId", "addressId"],
  blank: { id: "nat-new", subnetId: "", addressId: "" },
  allow: [
    onAnything("ec2:DescribeNatGateways"),
    ...bearing("ec2:CreateNatGateway", "natgateway"),
    onOwn("subnet", "ec2:CreateNatGateway"),
    onOwn("elastic-ip", "ec2:CreateNatGateway"),
    onOwn("natgateway", "ec2:DeleteNatGateway"),
  ],
  price: () => [{ sku: "vpc/nat-gateway", units: 1 }],
  usually: { create: 107, destroy: 60 },
}

/** AWS shows a deleted one for about an hour; it is gone all the same. */
function phaseOf({ State, FailureMessage, FailureCode }: Described): Phase | undefined {
  if (State === "deleted") return undefined
  if (State === "deleting") return "leaving"
  if (State === "failed") return { failed: FailureMessage ?? FailureCode ?? "AWS gives no reason" }
  return State === "available" ? "ready" : "pending"
}

/** A failed one may have let go of its address already. */
const liveOf = ({ NatGatewayId, SubnetId, NatGatewayAddresses = [] }: Described): NatGateway => ({
  id: idOf("nat", NatGatewayId),
  subnetId: SubnetId ?? "",
  addressId: NatGatewayAddresses[0]?.AllocationId ?? "",
})
