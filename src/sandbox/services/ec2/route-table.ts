import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers } from "../../service.ts"
import { gatewayServices } from "./catalog.ts"
import {
  endpoints,
  gateways,
  natGateways,
  type RouteRecord,
  type RouteTableRecord,
  routeTables,
  vpcs,
} from "./records/network.ts"
import { type Fields, select } from "./rules/filter.ts"
import { find, live, rows, save, seek } from "./rules/kind.ts"
import { page } from "./rules/page.ts"
import { checkQuota } from "./rules/quotas.ts"
import { inUse, serveOnly } from "./rules/refusals.ts"
import { checkTagTypes, dropTags, tagAtBirth, tagsView } from "./rules/tags.ts"
import { stateAt } from "./rules/timeline.ts"
import { oncePerToken } from "./rules/token.ts"

export const routeTableHandlers = handlers<typeof ec2>()({
  CreateRouteTable(input, call) {
    serveOnly("CreateRouteTable", input, ["VpcId"])
    checkTagTypes(input.TagSpecifications, ["route-table"])
    const [id] = oncePerToken(call, "CreateRouteTable", input, () => [create(call, input)])
    return { RouteTable: view(call, find(call, routeTables, id)), ClientToken: input.ClientToken }
  },

  DescribeRouteTables(input, call) {
    const found = select(call, routeTables, input.RouteTableIds, input.Filters, fields)
    const { items, NextToken } = page(found, input, input.RouteTableIds)
    return { RouteTables: items.map((table) => view(call, table)), NextToken }
  },

  DeleteRouteTable(input, call) {
    const table = find(call, routeTables, input.RouteTableId)
    if (table.associations.length > 0) throw inUse("routeTable", table.id)
    for (const endpoint of live(call, endpoints).filter((one) => one.routeTableIds.includes(table.id))) {
      const routeTableIds = endpoint.routeTableIds.filter((id) => id !== table.id)
      save(call, endpoints, { ...endpoint, routeTableIds })
    }
    rows(call, routeTables).delete(table.id)
    dropTags(call, table.id)
    return {}
  },
})

const create = (call: Call, input: ec2.CreateRouteTableRequest): string => {
  const vpc = find(call, vpcs, input.VpcId)
  checkQuota(call, "routeTables", live(call, routeTables).filter((table) => table.vpcId === vpc.id).length + 1)
  const table = save(call, routeTables, { id: call.id("rtb"), vpcId: vpc.id, routes: [], associations: [] })
  tagAtBirth(call, routeTables, table.id, input.TagSpecifications)
  return table.id
}

const fields: Fields<RouteTableRecord> = {
  "association.main": (table) => table.associations.map((association) => !association.subnetId),
  "association.route-table-association-id": (table) => table.associations.map((association) => association.id),
  "association.route-table-id": (table) => (table.associations.length ? table.id : undefined),
  "association.subnet-id": (table) => table.associations.map((association) => association.subnetId),
  "owner-id": (_table, call) => call.account,
  "route-table-id": (table) => table.id,
  "route.destination-cidr-block": (table, call) => routesView(call, table).map((route) => route.DestinationCidrBlock),
  "route.destination-prefix-list-id": (table, call) =>
    routesView(call, table).map((route) => route.DestinationPrefixListId),
  "route.gateway-id": (table, call) => routesView(call, table).map((route) => route.GatewayId),
  "route.nat-gateway-id": (table, call) => routesView(call, table).map((route) => route.NatGatewayId),
  "route.origin": (table, call) => routesView(call, table).map((route) => route.Origin),
  "route.state": (table, call) => routesView(call, table).map((route) => route.State),
  "vpc-id": (table) => table.vpcId,
}

const view = (call: Call, table: RouteTableRecord): ec2.RouteTable => ({
  RouteTableId: table.id,
  VpcId: table.vpcId,
  OwnerId: call.account,
  Routes: routesView(call, table),
  Associations: table.associations.map((association) => ({
    RouteTableAssociationId: association.id,
    RouteTableId: table.id,
    SubnetId: association.subnetId,
    Main: !association.subnetId,
    AssociationState: { State: "associated" },
  })),
  PropagatingVgws: [],
  Tags: tagsView(call, table.id),
})

const routesView = (call: Call, table: RouteTableRecord): ec2.Route[] => [
  {
    DestinationCidrBlock: seek(call, vpcs, table.vpcId)?.cidr,
    GatewayId: "local",
    Origin: "CreateRouteTable",
    State: "active",
  },
  ...table.routes.map((route) => ({
    DestinationCidrBlock: route.cidr,
    GatewayId: route.gatewayId,
    NatGatewayId: route.natGatewayId,
    Origin: "CreateRoute" as const,
    State: leadsSomewhere(call, table, route) ? ("active" as const) : ("blackhole" as const),
  })),
  ...endpointRoutes(call, table),
]

/** A route stays when its target goes: AWS then drops the packets. */
const leadsSomewhere = (call: Call, table: RouteTableRecord, route: RouteRecord): boolean => {
  if (route.gatewayId) return seek(call, gateways, route.gatewayId)?.vpcId === table.vpcId
  const nat = seek(call, natGateways, route.natGatewayId ?? "")
  return nat !== undefined && ["pending", "available"].includes(stateAt(nat.states, call.now))
}

/** An endpoint that is being deleted has let go of its tables already. */
const endpointRoutes = (call: Call, table: RouteTableRecord): readonly ec2.Route[] =>
  live(call, endpoints)
    .filter((one) => one.routeTableIds.includes(table.id) && stateAt(one.states, call.now) !== "Deleting")
    .map((one) => ({
      DestinationPrefixListId: gatewayServices(call.region).find((known) => known.service === one.serviceName)
        ?.prefixListId,
      GatewayId: one.id,
      Origin: "CreateRoute",
      State: "active",
    }))
