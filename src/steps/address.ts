import { AllocateAddressCommand, DescribeAddressesCommand, ReleaseAddressCommand } from "@aws-sdk/client-ec2"
import { bearing, onAnything, onOwn } from "../aws/allow.ts"
import { type AddressId, idOf } from "../aws/ids.ts"
import { listed } from "../aws/listed.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { scopeFilter, tagSpecification } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

/** A public IPv4 address that stays the same. */
export interface Address {
  readonly id: AddressId
  readonly ip: string
}

export const address = ({ scope, name }: { readonly scope: Scope; readonly name: string }) =>
  step({
    kind: addressKind,
    name,
    scope,
    needs: {},
    spec: {},
    async create(ctx, _, birth) {
      const TagSpecifications = [tagSpecification(birth, "elastic-ip")]
      await ctx.ec2.send(new AllocateAddressCommand({ Domain: "vpc", TagSpecifications }))
    },
  })

export const addressKind: CloudKind<Address> = {
  name: "address",
  unique: "tags",
  async list(ctx, scopes) {
    const { Addresses = [] } = await ctx.ec2.send(new DescribeAddressesCommand({ Filters: [scopeFilter(scopes)] }))
    return listed("address", Addresses, ({ AllocationId, PublicIp }) => ({
      live: { id: idOf("eipalloc", AllocationId), ip: PublicIp ?? "" },
      phase: "ready",
    }))
  },
  async destroy(ctx, { id }) {
    await ctx.ec2.send(new ReleaseAddressCommand({ AllocationId: id }))
    return undefined
  },
  before: ["nat-gateway"],
  fixed: [],
  blank: { id: "eipalloc-new", ip: "" },
  allow: [
    onAnything("ec2:DescribeAddresses"),
    ...bearing("ec2:AllocateAddress", "elastic-ip"),
    onOwn("elastic-ip", "ec2:ReleaseAddress"),
  ],
  price: () => [{ sku: "vpc/public-ipv4", units: 1 }],
  usually: { create: 2, destroy: 1 },
}
