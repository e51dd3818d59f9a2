import { expect, test } from "vitest"
import { idOf, network, subnetIn } from "./network.ts"

const everywhere = "0.0.0.0/0"
const s3Service = "com.amazonaws.us-east-1.s3"

const routesOf = ({ aws, table }: ReturnType<typeof network>) =>
  (aws.run("DescribeRouteTables", { RouteTableIds: [table] }).RouteTables?.[0]?.Routes ?? [])
    .filter((route) => route.GatewayId !== "local")
    .map((route) => [
      route.DestinationCidrBlock ?? route.DestinationPrefixListId,
      route.GatewayId ?? route.NatGatewayId,
      route.State,
    ])

test("a route is a blackhole while its internet gateway is away", () => {
  const net = network()
  const { aws, table, gateway, vpc } = net
  aws.run("CreateRoute", { RouteTableId: table, DestinationCidrBlock: everywhere, GatewayId: gateway })
  expect(routesOf(net)).toEqual([[everywhere, gateway, "active"]])
  aws.run("DetachInternetGateway", { InternetGatewayId: gateway, VpcId: vpc })
  expect(routesOf(net)).toEqual([[everywhere, gateway, "blackhole"]])
  aws.run("AttachInternetGateway", { InternetGatewayId: gateway, VpcId: vpc })
  expect(routesOf(net)).toEqual([[everywhere, gateway, "active"]])
})

test("a route is replaced by another target, and deleted", () => {
  const net = network()
  const { aws, table, gateway, subnet, address } = net
  const to = { RouteTableId: table, DestinationCidrBlock: everywhere }
  aws.run("CreateRoute", { ...to, GatewayId: gateway })
  const nat = idOf(aws.run("CreateNatGateway", { SubnetId: subnet, AllocationId: address }).NatGateway?.NatGatewayId)
  aws.run("ReplaceRoute", { ...to, NatGatewayId: nat })
  expect(routesOf(net)).toEqual([[everywhere, nat, "active"]])
  aws.run("DeleteNatGateway", { NatGatewayId: nat })
  expect(routesOf(net)).toEqual([[everywhere, nat, "blackhole"]])
  expect(aws.refused("CreateRoute", { ...to, DestinationCidrBlock: "10.0.0.0/8", NatGatewayId: nat })).toContain(
    "NotFound",
  )
  aws.run("DeleteRoute", to)
  expect(routesOf(net)).toEqual([])
})

test("an association is one and the same, moves, and goes", () => {
  const { aws, vpc, table, subnet } = network()
  const wish = { RouteTableId: table, SubnetId: subnet }
  const first = aws.run("AssociateRouteTable", wish).AssociationId
  expect(aws.run("AssociateRouteTable", wish).AssociationId).toBe(first)
  const other = idOf(aws.run("CreateRouteTable", { VpcId: vpc }).RouteTable?.RouteTableId)
  const moved = aws.run("ReplaceRouteTableAssociation", { AssociationId: first, RouteTableId: other }).NewAssociationId
  const associated = () =>
    aws.run("DescribeRouteTables", { Filters: [{ Name: "association.subnet-id", Values: [subnet] }] }).RouteTables
  expect(associated()?.map((one) => one.RouteTableId)).toEqual([other])
  aws.run("DisassociateRouteTable", { AssociationId: moved })
  expect(associated()).toEqual([])
  aws.run("DeleteRouteTable", { RouteTableId: other })
})

test("a gateway endpoint puts its prefix list into its tables, and lets go of them", () => {
  const net = network()
  const { aws, vpc, table } = net
  const made = aws.run("CreateVpcEndpoint", { VpcId: vpc, ServiceName: s3Service, RouteTableIds: [table] }).VpcEndpoint
  const id = idOf(made?.VpcEndpointId)
  expect(made?.State).toBe("pending")
  aws.pass(5)
  const read = () => aws.run("DescribeVpcEndpoints", { VpcEndpointIds: [id] }).VpcEndpoints?.[0]
  expect(read()).toMatchObject({ State: "available", RouteTableIds: [table] })
  expect(JSON.parse(read()?.PolicyDocument ?? "").Statement[0].Effect).toBe("Allow")
  const list = aws.run("DescribePrefixLists", { Filters: [{ Name: "prefix-list-name", Values: [s3Service] }] })
    .PrefixLists?.[0]
  expect(routesOf(net)).toEqual([[list?.PrefixListId, id, "active"]])

  aws.run("ModifyVpcEndpoint", { VpcEndpointId: id, RemoveRouteTableIds: [table], PolicyDocument: '{"Statement":[]}' })
  expect(routesOf(net)).toEqual([])
  expect(read()?.PolicyDocument).toBe('{"Statement":[]}')
  aws.run("ModifyVpcEndpoint", { VpcEndpointId: id, AddRouteTableIds: [table], ResetPolicy: true })
  expect(read()?.PolicyDocument).toContain("Allow")

  expect(aws.run("DeleteVpcEndpoints", { VpcEndpointIds: [id, "vpce-0fffffffffffffff0"] }).Unsuccessful).toHaveLength(1)
  expect(read()?.State).toBe("deleting")
  expect(routesOf(net)).toEqual([])
  const again = aws.run("CreateVpcEndpoint", { VpcId: vpc, ServiceName: s3Service, RouteTableIds: [table] })
  expect(again.VpcEndpoint?.RouteTableIds).toEqual([table])
  aws.pass(30)
  expect(aws.run("DescribeVpcEndpoints", {}).VpcEndpoints).toHaveLength(1)
})

test("a table that is deleted leaves its endpoint", () => {
  const { aws, vpc, table } = network()
  aws.run("CreateVpcEndpoint", { VpcId: vpc, ServiceName: s3Service, RouteTableIds: [table] })
  aws.run("DeleteRouteTable", { RouteTableId: table })
  expect(aws.run("DescribeVpcEndpoints", {}).VpcEndpoints?.[0]?.RouteTableIds).toEqual([])
})

test("flow logs go to a bucket, once per resource", () => {
  const { aws, vpc } = network()
  aws.put("s3/bucket", "logs", {})
  const subnet = subnetIn(aws, vpc, "10.20.8.0/24", "us-east-1a")
  const wish = {
    ResourceIds: [vpc],
    ResourceType: "VPC" as const,
    TrafficType: "REJECT" as const,
    LogDestinationType: "s3" as const,
    LogDestination: "arn:aws:s3:::logs/flow",
    ClientToken: "t",
  }
  const first = aws.run("CreateFlowLogs", wish)
  expect(aws.run("CreateFlowLogs", wish)).toEqual(first)
  aws.run("CreateFlowLogs", { ...wish, ResourceIds: [subnet], ResourceType: "Subnet", ClientToken: "u" })
  expect(aws.run("DescribeFlowLogs", {}).FlowLogs).toHaveLength(2)
  const [log] = aws.run("DescribeFlowLogs", { Filter: [{ Name: "resource-id", Values: [vpc] }] }).FlowLogs ?? []
  expect(log).toMatchObject({ FlowLogStatus: "ACTIVE", TrafficType: "REJECT", MaxAggregationInterval: 600 })
  expect(log?.LogFormat).toMatch(/^\$\{version\} .*\$\{log-status\}$/)
  const gone = aws.run("DeleteFlowLogs", { FlowLogIds: [...(first.FlowLogIds ?? []), "fl-0fffffffffffffff0"] })
  expect(gone.Unsuccessful?.map((one) => one.Error?.Code)).toEqual(["InvalidFlowLogId.NotFound"])
  expect(aws.run("DescribeFlowLogs", {}).FlowLogs).toHaveLength(1)
})
