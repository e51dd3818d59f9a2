import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  DeleteInternetGatewayCommand,
  type InternetGateway as Described,
  DetachInternetGatewayCommand,
  paginateDescribeInternetGateways,
} from "@aws-sdk/client-ec2"
import { bearing, onAnything, onOwn } from "../aws/allow.ts"
import { alreadyGone, alreadyThere } from "../aws/already.ts"
import type { Cloud } from "../aws/cloud.ts"
import { type GatewayId, idOf, type VpcId } from "../aws/ids.ts"
import { listed } from "../aws/listed.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { scopeFilter, tagSpecification } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

export interface InternetGateway {
  readonly id: GatewayId
  /** The network that it was made for. */
  readonly vpcId: string
  /** The network that it is attached to. */
  readonly attachedTo: string
}

export interface InternetGatewayWish {
  readonly scope: Scope
  readonly name: string
  readonly vpc: Need<{ readonly id: VpcId }>
}

export const internetGateway = ({ scope, name, vpc }: InternetGatewayWish) =>
  step({
    kind: internetGatewayKind,
    name,
    scope,
    needs: { vpc },
    spec: {},
    links: ({ vpc }) => ({ vpcId: vpc.id, attachedTo: vpc.id }),
    async create(ctx, { vpc }, birth) {
      const { Tags = [], ...rest } = tagSpecification(birth, "internet-gateway")
      const tags = [...Tags, { Key: madeFor, Value: vpc.id }]
      await ctx.ec2.send(new CreateInternetGatewayCommand({ TagSpecifications: [{ ...rest, Tags: tags }] }))
    },
    async update(ctx, live, _, { vpc }) {
      if (live.attachedTo) await detach(ctx, live)
      const attachment = { InternetGatewayId: live.id, VpcId: vpc.id }
      await alreadyThere(ctx.ec2.send(new AttachInternetGatewayCommand(attachment)))
    },
  })

// A gateway that is attached to nothing does not say whose it is, and one of a network that is replaced has to go
// with it: so it carries its network's id from birth.
const madeFor = "smart0dte:vpc"

const blank: InternetGateway = { id: "igw-new", vpcId: "", attachedTo: "" }

export const internetGatewayKind: CloudKind<InternetGateway> = {
  name: "internet-gateway",
  unique: "tags",
  async list(ctx, scopes) {
    const pages = paginateDescribeInternetGateways({ client: ctx.ec2 }, { Filters: [scopeFilter(scopes)] })
    const gateways = await everyItem(pages, (page) => page.InternetGateways)
    return listed("internet-gateway", gateways, (gateway) => ({ live: liveOf(gateway), phase: "ready" }))
  },
  async destroy(ctx, live) {
    if (live.attachedTo) await detach(ctx, live)
    await ctx.ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId: live.id }))
    return undefined
  },
  // It cannot be detached while something in its network has a public address.
  before: ["nat-gateway", "instance", "load-balancer"],
  fixed: ["vpcId"],
  blank,
  allow: [
    onAnything("ec2:DescribeInternetGateways"),
    ...bearing("ec2:CreateInternetGateway", "internet-gateway"),
    onOwn("internet-gateway", "ec2:AttachInternetGateway", "ec2:DetachInternetGateway", "ec2:DeleteInternetGateway"),
    onOwn("vpc", "ec2:AttachInternetGateway", "ec2:DetachInternetGateway"),
  ],
  usually: { create: 2, update: 2, destroy: 2 },
}

function liveOf({ InternetGatewayId, Attachments = [], Tags = [] }: Described): InternetGateway {
  const attachedTo = Attachments.find(({ State }) => State !== "detached")?.VpcId ?? ""
  const vpcId = Tags.find(({ Key }) => Key === madeFor)?.Value ?? attachedTo
  return { id: idOf("igw", InternetGatewayId), vpcId, attachedTo }
}

async function detach(ctx: Cloud, { id, attachedTo }: InternetGateway): Promise<void> {
  const command = new DetachInternetGatewayCommand({ InternetGatewayId: id, VpcId: attachedTo })
  await alreadyGone(ctx.ec2.send(command))
}
