import {
  CreateVpcCommand,
  DeleteVpcCommand,
  DescribeVpcAttributeCommand,
  ModifyVpcAttributeCommand,
  paginateDescribeVpcs,
} from "@aws-sdk/client-ec2"
import { bearing, onAnything, onOwn } from "../aws/allow.ts"
import { idOf, type VpcId } from "../aws/ids.ts"
import { listed } from "../aws/listed.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { scopeFilter, tagSpecification } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

export interface Vpc {
  readonly id: VpcId
  readonly cidr: string
  readonly dnsSupport: boolean
  readonly dnsHostnames: boolean
}

export interface VpcWish {
  readonly scope: Scope
  readonly name: string
  readonly cidr: string
}

export const vpc = ({ scope, name, cidr }: VpcWish) =>
  step({
    kind: vpcKind,
    name,
    scope,
    needs: {},
    spec: { cidr, dnsSupport: true, dnsHostnames: true },
    async create(ctx, _, birth) {
      await ctx.ec2.send(new CreateVpcCommand({ CidrBlock: cidr, TagSpecifications: [tagSpecification(birth, "vpc")] }))
    },
    async update(ctx, live) {
      // One attribute a call, and names for hosts only where names are resolved.
      const on = { Value: true }
      if (!live.dnsSupport) await ctx.ec2.send(new ModifyVpcAttributeCommand({ VpcId: live.id, EnableDnsSupport: on }))
      if (!live.dnsHostnames)
        await ctx.ec2.send(new ModifyVpcAttributeCommand({ VpcId: live.id, EnableDnsHostnames: on }))
    },
  })

const blank: Vpc = { id: "vpc-new", cidr: "", dnsSupport: true, dnsHostnames: false }

export const vpcKind: CloudKind<Vpc> = {
  name: "vpc",
  unique: "tags",
  async list(ctx, scopes) {
    const pages = paginateDescribeVpcs({ client: ctx.ec2 }, { Filters: [scopeFilter(scopes)] })
    const vpcs = await everyItem(pages, (page) => page.Vpcs)
    return listed("vpc", vpcs, ({ VpcId, CidrBlock, State }) => ({
      live: { ...blank, id: idOf("vpc", VpcId), cidr: CidrBlock ?? "" },
      phase: State === "available" ? "ready" : "pending",
    }))
  },
  async complete(ctx, found) {
    const VpcId = found.live.id
    const [support, hostnames] = await Promise.all([
      ctx.ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: "enableDnsSupport" })),
      ctx.ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: "enableDnsHostnames" })),
    ])
    const dnsSupport = support.EnableDnsSupport?.Value ?? false
    const dnsHostnames = hostnames.EnableDnsHostnames?.Value ?? false
    return { ...found, live: { ...found.live, dnsSupport, dnsHostnames } }
  },
  completes: 2,
  async destroy(ctx, { id }) {
    await ctx.ec2.send(new DeleteVpcCommand({ VpcId: id }))
    return undefined
  },
  before: ["subnet", "internet-gateway", "route-table", "security-group", "endpoint", "flow-log", "nat-gateway"],
  fixed: ["cidr"],
  blank,
  allow: [
    onAnything("ec2:DescribeVpcs", "ec2:DescribeVpcAttribute"),
    ...bearing("ec2:CreateVpc", "vpc"),
    onOwn("vpc", "ec2:ModifyVpcAttribute", "ec2:DeleteVpc"),
  ],
  usually: { create: 2, update: 1, destroy: 1 },
}
