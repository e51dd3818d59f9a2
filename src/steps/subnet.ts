import {
  CreateSubnetCommand,
  DeleteSubnetCommand,
  ModifySubnetAttributeCommand,
  paginateDescribeSubnets,
} from "@aws-sdk/client-ec2"
import { bearing, onAnything, onOwn } from "../aws/allow.ts"
import { idOf, type SubnetId, type VpcId } from "../aws/ids.ts"
import { listed } from "../aws/listed.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { scopeFilter, tagSpecification } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

export interface Subnet {
  readonly id: SubnetId
  readonly cidr: string
  readonly vpcId: string
  readonly zone: string
  /** Whether whatever starts in it gets a public address without asking. */
  readonly publicByDefault: boolean
}

export interface SubnetWish {
  readonly scope: Scope
  readonly name: string
  readonly cidr: string
  readonly vpc: Need<{ readonly id: VpcId }>
  /** The choice of zones, and which of them this subnet is in. */
  readonly zones: Need<{ readonly value: string }>
  readonly zone: number
}

export const subnet = ({ scope, name, cidr, vpc, zones, zone }: SubnetWish) =>
  step({
    kind: subnetKind,
    name,
    scope,
    needs: { vpc, zones },
    // It needs the network's id alone, and where AWS does not know that everywhere yet it is asked again.
    started: ["vpc"],
    spec: { cidr, publicByDefault: false },
    links: ({ vpc, zones }) => ({ vpcId: vpc.id, zone: zoneOf(zones.value, zone) }),
    async create(ctx, { vpc, zones }, birth) {
      await ctx.ec2.send(
        new CreateSubnetCommand({
          VpcId: vpc.id,
          CidrBlock: cidr,
          AvailabilityZone: zoneOf(zones.value, zone),
          TagSpecifications: [tagSpecification(birth, "subnet")],
        }),
      )
    },
    async update(ctx, { id }) {
      await ctx.ec2.send(new ModifySubnetAttributeCommand({ SubnetId: id, MapPublicIpOnLaunch: { Value: false } }))
    },
  })

const zoneOf = (zones: string, index: number) => zones.split(",")[index] ?? ""

export const subnetKind: CloudKind<Subnet> = {
  name: "subnet",
  // AWS refuses a second one of the same range in a network.
  unique: "name",
  async list(ctx, scopes) {
    const pages = paginateDescribeSubnets({ client: ctx.ec2 }, { Filters: [scopeFilter(scopes)] })
    const subnets = await everyItem(pages, (page) => page.Subnets)
    return listed("subnet", subnets, (subnet) => ({
      live: {
        id: idOf("subnet", subnet.SubnetId),
        cidr: subnet.CidrBlock ?? "",
        vpcId: subnet.VpcId ?? "",
        zone: subnet.AvailabilityZone ?? "",
        publicByDefault: subnet.MapPublicIpOnLaunch ?? false,
      },
      phase: subnet.State === "available" ? "ready" : "pending",
    }))
  },
  async destroy(ctx, { id }) {
    await ctx.ec2.send(new DeleteSubnetCommand({ SubnetId: id }))
    return undefined
  },
  before: ["instance", "nat-gateway", "load-balancer"],
  fixed: ["cidr", "vpcId", "zone"],
  blank: { id: "subnet-new", cidr: "", vpcId: "", zone: "", publicByDefault: false },
  allow: [
    onAnything("ec2:DescribeSubnets"),
    ...bearing("ec2:CreateSubnet", "subnet"),
    onOwn("vpc", "ec2:CreateSubnet"),
    onOwn("subnet", "ec2:ModifySubnetAttribute", "ec2:DeleteSubnet"),
  ],
  usually: { create: 2, update: 1, destroy: 2 },
}
