import {
  AssociateRouteTableCommand,
  CreateRouteCommand,
  DeleteRouteCommand,
  type Route as Described,
  DescribeRouteTablesCommand,
  DisassociateRouteTableCommand,
  ReplaceRouteCommand,
  ReplaceRouteTableAssociationCommand,
} from "@aws-sdk/client-ec2"
import { alreadyGone, alreadyThere } from "../already.ts"
import type { Cloud } from "../cloud.ts"

export interface Route {
  /** A range of addresses, or the id of a list of them. */
  readonly to: string
  /** An id; "nothing" where what it led to is gone. */
  readonly via: string
}

/** What somebody set. The network's own route comes with the table, and a gateway endpoint keeps its own. */
export function routesOf(routes: readonly Described[]): readonly Route[] {
  return routes
    .map((route) => ({ to: destinationOf(route), via: route.State === "blackhole" ? "nothing" : targetOf(route) }))
    .filter(({ via, to }) => via !== "local" && !(via.startsWith("vpce-") && to.startsWith("pl-")))
    .toSorted((a, b) => (a.to < b.to ? -1 : 1))
}

/** Makes these the table's routes; anything else that somebody added goes. */
export async function setRoutes(
  ctx: Cloud,
  RouteTableId: string,
  live: readonly Route[],
  want: readonly Route[],
): Promise<void> {
  for (const { to, via } of want) {
    const current = live.find((route) => route.to === to)
    if (current?.via === via) continue
    const input = { RouteTableId, ...destination(to), ...target(via) }
    if (current) await ctx.ec2.send(new ReplaceRouteCommand(input))
    else await alreadyThere(ctx.ec2.send(new CreateRouteCommand(input)))
  }
  for (const { to } of live)
    if (!want.some((route) => route.to === to))
      await alreadyGone(ctx.ec2.send(new DeleteRouteCommand({ RouteTableId, ...destination(to) })))
}

/** Gives the table these subnets, from wherever they are now, and no others. */
export async function associate(ctx: Cloud, RouteTableId: string, subnetIds: readonly string[]): Promise<void> {
  const [elsewhere, here] = await Promise.all([
    associationsWhere(ctx, "association.subnet-id", subnetIds),
    associationsWhere(ctx, "association.route-table-id", [RouteTableId]),
  ])
  for (const SubnetId of subnetIds) {
    if (here.has(SubnetId)) continue
    const AssociationId = elsewhere.get(SubnetId)
    await (AssociationId
      ? alreadyGone(ctx.ec2.send(new ReplaceRouteTableAssociationCommand({ AssociationId, RouteTableId })))
      : ctx.ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId })))
  }
  for (const [subnetId, AssociationId] of here)
    if (!subnetIds.includes(subnetId))
      await alreadyGone(ctx.ec2.send(new DisassociateRouteTableCommand({ AssociationId })))
}

/** Subnets, and what ties them to their table. */
async function associationsWhere(ctx: Cloud, Name: string, Values: readonly string[]) {
  if (Values.length === 0) return new Map<string, string>()
  const Filters = [{ Name, Values: [...Values] }]
  const { RouteTables = [] } = await ctx.ec2.send(new DescribeRouteTablesCommand({ Filters }))
  const associations = RouteTables.flatMap((table) => table.Associations ?? [])
  return new Map(
    associations.flatMap(({ SubnetId, RouteTableAssociationId, AssociationState }): [string, string][] =>
      SubnetId && RouteTableAssociationId && AssociationState?.State !== "disassociated"
        ? [[SubnetId, RouteTableAssociationId]]
        : [],
    ),
  )
}

const destinationOf = (route: Described) =>
  route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? ""

const targetOf = (route: Described) =>
  route.GatewayId ??
  route.NatGatewayId ??
  route.NetworkInterfaceId ??
  route.TransitGatewayId ??
  route.VpcPeeringConnectionId ??
  route.EgressOnlyInternetGatewayId ??
  route.InstanceId ??
  "something else"

const destination = (to: string) =>
  to.startsWith("pl-")
    ? { DestinationPrefixListId: to }
    : to.includes(":")
      ? { DestinationIpv6CidrBlock: to }
      : { DestinationCidrBlock: to }

const target = (via: string) => (via.startsWith("nat-") ? { NatGatewayId: via } : { GatewayId: via })
