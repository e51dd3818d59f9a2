import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { notServed } from "../unserved.ts"
import { gatewayServices } from "./catalog.ts"
import { type EndpointRecord, endpoints, routeTables, vpcs } from "./records/network.ts"
import { type Fields, select } from "./rules/filter.ts"
import { find, live, save, seek } from "./rules/kind.ts"
import { page } from "./rules/page.ts"
import { checkQuota } from "./rules/quotas.ts"
import { required, serveOnly } from "./rules/refusals.ts"
import { checkTagTypes, tagAtBirth, tagsView } from "./rules/tags.ts"
import { passing, seconds, stateAt } from "./rules/timeline.ts"
import { oncePerToken } from "./rules/token.ts"

/** Gateway endpoints: they cost nothing and put a route to the service's prefix list into each of their tables. */
export const vpcEndpointHandlers = handlers<typeof ec2>()({
  CreateVpcEndpoint(input, call) {
    serveOnly("CreateVpcEndpoint", input, [
      "VpcEndpointType",
      "VpcId",
      "ServiceName",
      "PolicyDocument",
      "RouteTableIds",
    ])
    checkTagTypes(input.TagSpecifications, ["vpc-endpoint"])
    const [id] = oncePerToken(call, "CreateVpcEndpoint", input, () => [create(call, input)])
    return { VpcEndpoint: view(call, find(call, endpoints, id)), ClientToken: input.ClientToken }
  },

  DescribeVpcEndpoints(input, call) {
    const found = select(call, endpoints, input.VpcEndpointIds, input.Filters, fields)
    const { items, NextToken } = page(found, input, input.VpcEndpointIds)
    return { VpcEndpoints: items.map((endpoint) => view(call, endpoint)), NextToken }
  },

  ModifyVpcEndpoint(input, call) {
    const { VpcEndpointId, ResetPolicy, PolicyDocument, AddRouteTableIds = [], RemoveRouteTableIds = [] } = input
    serveOnly("ModifyVpcEndpoint", input, [
      "VpcEndpointId",
      "ResetPolicy",
      "PolicyDocument",
      "AddRouteTableIds",
      "RemoveRouteTableIds",
    ])
    const endpoint = find(call, endpoints, VpcEndpointId)
    const kept = endpoint.routeTableIds.filter((id) => !RemoveRouteTableIds.includes(id))
    const added = AddRouteTableIds.filter((id) => !kept.includes(id))
    checkTables(call, endpoint.vpcId, endpoint.serviceName, added)
    save(call, endpoints, {
      ...endpoint,
      routeTableIds: [...kept, ...added],
      policy: ResetPolicy ? fullAccess : PolicyDocument ? checkPolicy(PolicyDocument) : endpoint.policy,
    })
    return { Return: true }
  },

  DeleteVpcEndpoints(input, call) {
    const ids = required(input.VpcEndpointIds, "VpcEndpointIds")
    for (const endpoint of ids.flatMap((id) => seek(call, endpoints, id) ?? [])) {
      if (stateAt(endpoint.states, call.now) === "Deleting") continue
      const states = passing(call.now, "Deleting", death, "Deleted")
      save(call, endpoints, { ...endpoint, states, until: call.now + death })
    }
    const unknown = ids.filter((id) => !seek(call, endpoints, id))
    return {
      Unsuccessful: unknown.map((id) => ({
        ResourceId: id,
        Error: { Code: endpoints.notFound, Message: endpoints.lost(id) },
      })),
    }
  },
})

const death = seconds(20)

const fullAccess = JSON.stringify({
  Version: "2008-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
})

const fields: Fields<EndpointRecord> = {
  "ip-address-type": () => "ipv4",
  "service-name": (endpoint) => endpoint.serviceName,
  "service-region": (_endpoint, call) => call.region,
  "vpc-endpoint-id": (endpoint) => endpoint.id,
  "vpc-endpoint-state": (endpoint, call) => wireState(stateAt(endpoint.states, call.now)),
  "vpc-endpoint-type": () => "Gateway",
  "vpc-id": (endpoint) => endpoint.vpcId,
}

const create = (call: Call, input: ec2.CreateVpcEndpointRequest): string => {
  const type = input.VpcEndpointType ?? "Gateway"
  const vpc = find(call, vpcs, input.VpcId)
  const serviceName = required(input.ServiceName, "ServiceName")
  if (type !== "Gateway") throw notServed(`VPC endpoints of type ${type}`)
  if (!gatewayServices(call.region).some((known) => known.service === serviceName)) {
    throw new Refusal("InvalidServiceName", `The Vpc Endpoint Service '${serviceName}' does not exist`)
  }
  const routeTableIds = [...new Set(input.RouteTableIds ?? [])]
  checkTables(call, vpc.id, serviceName, routeTableIds)
  checkQuota(call, "gatewayEndpoints", live(call, endpoints).length + 1)
  const endpoint = save(call, endpoints, {
    id: call.id("vpce"),
    vpcId: vpc.id,
    serviceName,
    policy: input.PolicyDocument ? checkPolicy(input.PolicyDocument) : fullAccess,
    routeTableIds,
    created: call.now,
    states: passing(call.now, "Pending", seconds(3), "Available"),
  })
  tagAtBirth(call, endpoints, endpoint.id, input.TagSpecifications)
  return endpoint.id
}

/** A table has one route per prefix list, so a second endpoint for the same service can't share it. */
const checkTables = (call: Call, vpcId: string, serviceName: string, ids: readonly string[]): void => {
  for (const table of ids.map((id) => find(call, routeTables, id))) {
    if (table.vpcId !== vpcId) {
      throw new Refusal("InvalidParameter", `Route table ${table.id} does not belong to VPC ${vpcId}`)
    }
    const rival = live(call, endpoints).find(
      (one) =>
        one.serviceName === serviceName &&
        one.routeTableIds.includes(table.id) &&
        stateAt(one.states, call.now) !== "Deleting",
    )
    if (!rival) continue
    const list = gatewayServices(call.region).find((known) => known.service === serviceName)?.prefixListId
    throw new Refusal(
      "RouteAlreadyExists",
      `route table ${table.id} already has a route with destination-prefix-list-id ${list}`,
    )
  }
}

const checkPolicy = (text: string): string => {
  try {
    JSON.parse(text)
    return text
  } catch {
    throw new Refusal("InvalidPolicyDocument", `The policy document is not valid JSON: ${text.slice(0, 40)}`)
  }
}

const view = (call: Call, endpoint: EndpointRecord): ec2.VpcEndpoint => ({
  VpcEndpointId: endpoint.id,
  VpcEndpointType: "Gateway",
  VpcId: endpoint.vpcId,
  ServiceName: endpoint.serviceName,
  ServiceRegion: call.region,
  State: wireState(stateAt(endpoint.states, call.now)),
  PolicyDocument: endpoint.policy,
  RouteTableIds: [...endpoint.routeTableIds],
  SubnetIds: [],
  Groups: [],
  NetworkInterfaceIds: [],
  DnsEntries: [],
  PrivateDnsEnabled: false,
  RequesterManaged: false,
  CreationTimestamp: new Date(endpoint.created),
  OwnerId: call.account,
  Tags: tagsView(call, endpoint.id),
})

/** The model spells states with a capital; what AWS sends is all lower case. */
const wireState = (state: ec2.State): ec2.State => state.toLowerCase() as ec2.State
