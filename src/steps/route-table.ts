import {
  CreateRouteTableCommand,
  DeleteRouteTableCommand,
  type RouteTable as Described,
  DisassociateRouteTableCommand,
  paginateDescribeRouteTables,
} from "@aws-sdk/client-ec2"
import { bearing, onAnything, onOwn } from "../aws/allow.ts"
import { alreadyGone } from "../aws/already.ts"
import { associate, type Route, routesOf, setRoutes } from "../aws/ec2/routes.ts"
import { type GatewayId, idOf, type NatGatewayId, type RouteTableId, type SubnetId, type VpcId } from "../aws/ids.ts"
import { listed } from "../aws/listed.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { scopeFilter, tagSpecification } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

export interface RouteTable {
  readonly id: RouteTableId
  readonly vpcId: string
  readonly routes: readonly Route[]
  readonly subnetIds: readonly string[]
  readonly associationIds: readonly string[]
}

export interface RouteTableWish {
  readonly scope: Scope
  readonly name: string
  readonly vpc: Need<{ readonly id: VpcId }>
  readonly subnets: readonly Need<{ readonly id: SubnetId }>[]
  /** The way to everything outside the network, where there is one. */
  readonly wayOut?: Need<{ readonly id: GatewayId | NatGatewayId }> | undefined
}

export const routeTable = ({ scope, name, vpc, subnets, wayOut }: RouteTableWish) =>
  step({
    kind: routeTableKind,
    name,
    scope,
    needs: { vpc, subnets, wayOut: wayOut ? [wayOut] : [] },
    spec: {},
    links: ({ vpc, subnets, wayOut }) => ({
      vpcId: vpc.id,
      routes: wayOut.map(({ id }) => ({ to: "0.0.0.0/0", via: id })),
      subnetIds: subnets.map(({ id }) => id).toSorted(),
    }),
    async create(ctx, { vpc }, birth) {
      const TagSpecifications = [tagSpecification(birth, "route-table")]
      await ctx.ec2.send(new CreateRouteTableCommand({ VpcId: vpc.id, ClientToken: birth.token, TagSpecifications }))
    },
    async update(ctx, live, changes, { subnets, wayOut }) {
      const changed = new Set(changes.map(({ field }) => field))
      const routes = wayOut.map(({ id }) => ({ to: "0.0.0.0/0", via: id }))
      if (changed.has("routes")) await setRoutes(ctx, live.id, live.routes, routes)
      const subnetIds = subnets.map(({ id }) => id)
      if (changed.has("subnetIds")) await associate(ctx, live.id, subnetIds)
    },
  })

export const routeTableKind: CloudKind<RouteTable> = {
  name: "route-table",
  unique: "token",
  async list(ctx, scopes) {
    const pages = paginateDescribeRouteTables({ client: ctx.ec2 }, { Filters: [scopeFilter(scopes)] })
    const tables = await everyItem(pages, (page) => page.RouteTables)
    return listed("route-table", tables, (table) => ({ live: liveOf(table), phase: "ready" }))
  },
  async destroy(ctx, { id, associationIds }) {
    // It may have gone with its subnet.
    for (const AssociationId of associationIds)
      await alreadyGone(ctx.ec2.send(new DisassociateRouteTableCommand({ AssociationId })))
    await ctx.ec2.send(new DeleteRouteTableCommand({ RouteTableId: id }))
    return undefined
  },
  before: ["endpoint"],
  fixed: ["vpcId"],
  blank: { id: "rtb-new", vpcId: "", routes: [], subnetIds: [], associationIds: [] },
  allow: [
    onAnything("ec2:DescribeRouteTables"),
    ...bearing("ec2:CreateRouteTable", "route-table"),
    onOwn("vpc", "ec2:CreateRouteTable"),
    onOwn(
      "route-table",
      "ec2:CreateRoute",
      "ec2:ReplaceRoute",
      "ec2:DeleteRoute",
      "ec2:AssociateRouteTable",
      "ec2:ReplaceRouteTableAssociation",
      "ec2:DisassociateRouteTable",
      "ec2:DeleteRouteTable",
    ),
    onOwn("subnet", "ec2:AssociateRouteTable", "ec2:ReplaceRouteTableAssociation", "ec2:DisassociateRouteTable"),
  ],
  usually: { create: 2, update: 2, destroy: 2 },
}

function liveOf({ RouteTableId, VpcId, Routes = [], Associations = [] }: Described): RouteTable {
  const own = Associations.filter(
    ({ Main, SubnetId, AssociationState }) => !Main && SubnetId && AssociationState?.State !== "disassociated",
  )
  return {
    id: idOf("rtb", RouteTableId),
    vpcId: VpcId ?? "",
    routes: routesOf(Routes),
    subnetIds: own.map(({ SubnetId }) => SubnetId ?? "").toSorted(),
    associationIds: own.map(({ RouteTableAssociationId }) => RouteTableAssociationId ?? ""),
  }
}
