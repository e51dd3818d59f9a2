import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { gateways, natGateways, type RouteRecord, type RouteTableRecord, routeTables, vpcs } from "./records/network.ts"
import { parseCidr } from "./rules/cidr.ts"
import { find, save, seek } from "./rules/kind.ts"
import { checkQuota } from "./rules/quotas.ts"
import { invalidValue, required, serveOnly } from "./rules/refusals.ts"
import { stateAt } from "./rules/timeline.ts"

const served = ["RouteTableId", "DestinationCidrBlock", "GatewayId", "NatGatewayId"] as const

export const routeHandlers = handlers<typeof ec2>()({
  CreateRoute(input, call) {
    serveOnly("CreateRoute", input, served)
    const table = find(call, routeTables, input.RouteTableId)
    const cidr = destination(input.DestinationCidrBlock)
    if (cidr === seek(call, vpcs, table.vpcId)?.cidr || routeTo(table, cidr)) {
      throw new Refusal("RouteAlreadyExists", `The route identified by ${cidr} already exists.`)
    }
    const route = { cidr, ...target(call, table, input) }
    checkQuota(call, "routes", table.routes.length + 1)
    save(call, routeTables, { ...table, routes: [...table.routes, route] })
    return { Return: true }
  },

  ReplaceRoute(input, call) {
    serveOnly("ReplaceRoute", input, served)
    const table = find(call, routeTables, input.RouteTableId)
    const cidr = destination(input.DestinationCidrBlock)
    if (!routeTo(table, cidr)) {
      throw new Refusal(
        "InvalidParameterValue",
        `There is no route defined for '${cidr}' in the route table. Use CreateRoute instead.`,
      )
    }
    const replacement = { cidr, ...target(call, table, input) }
    save(call, routeTables, {
      ...table,
      routes: table.routes.map((route) => (route.cidr === cidr ? replacement : route)),
    })
    return {}
  },

  DeleteRoute(input, call) {
    serveOnly("DeleteRoute", input, ["RouteTableId", "DestinationCidrBlock"])
    const table = find(call, routeTables, input.RouteTableId)
    const cidr = destination(input.DestinationCidrBlock)
    if (cidr === seek(call, vpcs, table.vpcId)?.cidr) {
      throw new Refusal("InvalidParameterValue", `cannot remove local route ${cidr} in route table ${table.id}`)
    }
    if (!routeTo(table, cidr)) {
      throw new Refusal(
        "InvalidRoute.NotFound",
        `no route with destination-cidr-block ${cidr} in route table ${table.id}`,
      )
    }
    save(call, routeTables, { ...table, routes: table.routes.filter((route) => route.cidr !== cidr) })
    return {}
  },
})

const destination = (text: string | undefined): string => {
  const given = required(text, "destinationCidrBlock")
  const cidr = parseCidr(given)
  if (!cidr) throw invalidValue(given, "destinationCidrBlock", "This is not a valid CIDR block.")
  return cidr.text
}

const routeTo = (table: RouteTableRecord, cidr: string): RouteRecord | undefined =>
  table.routes.find((route) => route.cidr === cidr)

const target = (call: Call, table: RouteTableRecord, input: ec2.CreateRouteRequest): Omit<RouteRecord, "cidr"> => {
  const { GatewayId, NatGatewayId } = input
  if (GatewayId && NatGatewayId) {
    throw new Refusal("InvalidParameterCombination", "exactly one target may be given: GatewayId or NatGatewayId")
  }
  if (NatGatewayId) return { natGatewayId: natTarget(call, table, NatGatewayId) }
  return { gatewayId: gatewayTarget(call, table, required(GatewayId, "gatewayId")) }
}

const gatewayTarget = (call: Call, table: RouteTableRecord, id: string): string => {
  if (!id.startsWith("igw-")) {
    throw new Refusal("InvalidGatewayID.NotFound", `The gateway ID '${id}' does not exist`)
  }
  const gateway = find(call, gateways, id)
  if (gateway.vpcId === table.vpcId) return gateway.id
  throw new Refusal(
    "InvalidParameterValue",
    `route table ${table.id} and network gateway ${gateway.id} belong to different networks`,
  )
}

/** AWS takes a NAT gateway that is still being made: traffic waits, the route does not. */
const natTarget = (call: Call, table: RouteTableRecord, id: string): string => {
  const nat = seek(call, natGateways, id)
  if (!nat || !["pending", "available"].includes(stateAt(nat.states, call.now))) {
    throw new Refusal("InvalidNatGatewayID.NotFound", `The natGateway ID '${id}' does not exist`)
  }
  if (nat.vpcId === table.vpcId) return nat.id
  throw new Refusal(
    "InvalidParameterValue",
    `route table ${table.id} and NAT gateway ${nat.id} belong to different networks`,
  )
}
