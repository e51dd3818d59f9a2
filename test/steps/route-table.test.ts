import {
  AssociateRouteTableCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  DeleteRouteCommand,
  DeleteRouteTableCommand,
  DeleteSubnetCommand,
  DescribeRouteTablesCommand,
  DisassociateRouteTableCommand,
  ReplaceRouteTableAssociationCommand,
} from "@aws-sdk/client-ec2"
import { describe, expect, it } from "vitest"
import { s3Endpoint } from "../../src/steps/endpoint.ts"
import { internetGateway } from "../../src/steps/internet-gateway.ts"
import { routeTable } from "../../src/steps/route-table.ts"
import { bench, fieldsOf, there } from "./bench.ts"
import { inside, main, outside, scope } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const gateway = internetGateway({ scope, name: "main", vpc: main })
const table = routeTable({ scope, name: "public", vpc: main, subnets: [outside, inside], wayOut: gateway })
const endpoint = s3Endpoint({ scope, name: "s3", region: "us-east-1", vpc: main, routeTables: [table] })

describe("a route table", () => {
  it("has its way out and its subnets", async () => {
    await on.make(table)
    const { id } = await on.live(gateway)
    const subnetIds = [(await on.live(inside)).id, (await on.live(outside)).id].toSorted()
    expect(await on.live(table)).toMatchObject({ routes: [{ to: "0.0.0.0/0", via: id }], subnetIds })
  })

  seesAndRepairs(
    on,
    () => table,
    {
      routes: (cloud, { id }) =>
        cloud.ec2.send(new DeleteRouteCommand({ RouteTableId: id, DestinationCidrBlock: "0.0.0.0/0" })),
      subnetIds: (cloud, { associationIds }) =>
        cloud.ec2.send(new DisassociateRouteTableCommand({ AssociationId: associationIds[0] })),
    },
    ["vpcId"],
  )

  it("loses a route that somebody added", async () => {
    const { id, routes } = await on.live(table)
    const GatewayId = (await on.live(gateway)).id
    await on.cloud.ec2.send(
      new CreateRouteCommand({ RouteTableId: id, DestinationCidrBlock: "198.51.100.0/24", GatewayId }),
    )
    expect(fieldsOf(await on.see(table))).toEqual(["routes"])
    await on.make(table)
    expect((await on.live(table)).routes).toEqual(routes)
  })

  it("fetches back a subnet that somebody gave to another table, and lets go of a foreign one", async () => {
    const { id, associationIds } = await on.live(table)
    const VpcId = (await on.live(main)).id
    const other = await on.cloud.ec2.send(new CreateRouteTableCommand({ VpcId }))
    const RouteTableId = there(other.RouteTable?.RouteTableId)
    await on.cloud.ec2.send(new ReplaceRouteTableAssociationCommand({ AssociationId: associationIds[0], RouteTableId }))
    const { Subnet } = await on.cloud.ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.20.99.0/24" }))
    await on.cloud.ec2.send(new AssociateRouteTableCommand({ RouteTableId: id, SubnetId: Subnet?.SubnetId }))
    expect(fieldsOf(await on.see(table))).toEqual(["subnetIds"])
    await on.make(table)
    expect((await on.see(table)).state).toBe("same")
    await on.cloud.ec2.send(new DeleteSubnetCommand({ SubnetId: Subnet?.SubnetId }))
    await on.cloud.ec2.send(new DeleteRouteTableCommand({ RouteTableId }))
  })

  it("does not take the endpoint's route for somebody's", async () => {
    await on.make(endpoint)
    expect((await on.see(table)).state).toBe("same")
    expect((await on.see(endpoint)).state).toBe("same")
  })

  it("goes", async () => {
    await on.unmake(false, endpoint)
    const { RouteTables } = await on.cloud.ec2.send(new DescribeRouteTablesCommand({}))
    expect(RouteTables).toEqual([])
  })
})
