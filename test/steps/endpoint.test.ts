import { CreateRouteTableCommand, ModifyVpcEndpointCommand } from "@aws-sdk/client-ec2"
import { describe, expect, it } from "vitest"
import { s3Endpoint } from "../../src/steps/endpoint.ts"
import { routeTable } from "../../src/steps/route-table.ts"
import { bench, fieldsOf, there } from "./bench.ts"
import { main, scope } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const table = routeTable({ scope, name: "private", vpc: main, subnets: [] })
const endpoint = s3Endpoint({ scope, name: "s3", region: "us-east-1", vpc: main, routeTables: [table] })
const closed = JSON.stringify({ Version: "2012-10-17", Statement: [] })

describe("the endpoint of S3", () => {
  it("is in its tables, and free", async () => {
    await on.make(endpoint)
    expect(await on.live(endpoint)).toMatchObject({
      service: "com.amazonaws.us-east-1.s3",
      routeTableIds: [(await on.live(table)).id],
      policy: "open",
    })
    expect(endpoint.kind.price).toBeUndefined()
  })

  seesAndRepairs(
    on,
    () => endpoint,
    {
      policy: (cloud, { id }) =>
        cloud.ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: id, PolicyDocument: closed })),
      routeTableIds: (cloud, { id, routeTableIds }) =>
        cloud.ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: id, RemoveRouteTableIds: [...routeTableIds] })),
    },
    ["service", "vpcId"],
  )

  it.each([
    ["some actions", { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }],
    ["one account", { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "*", Resource: "*" }],
    ["some resources", { Effect: "Allow", Principal: "*", Action: "*", Resource: "arn:aws:s3:::one/*" }],
    [
      "some callers",
      {
        Effect: "Allow",
        Principal: "*",
        Action: "*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "true" } },
      },
    ],
  ])("is opened again when somebody narrowed it to %s", async (_, statement) => {
    const { id } = await on.live(endpoint)
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] })
    await on.cloud.ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: id, PolicyDocument }))
    expect(fieldsOf(await on.see(endpoint))).toEqual(["policy"])
    await on.make(endpoint)
    expect((await on.see(endpoint)).state).toBe("same")
  })

  it("leaves a table that somebody put it in", async () => {
    const { id, vpcId } = await on.live(endpoint)
    const { RouteTable } = await on.cloud.ec2.send(new CreateRouteTableCommand({ VpcId: vpcId }))
    const AddRouteTableIds = [there(RouteTable?.RouteTableId)]
    await on.cloud.ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: id, AddRouteTableIds }))
    expect(fieldsOf(await on.see(endpoint))).toEqual(["routeTableIds"])
    await on.make(endpoint)
    expect((await on.see(endpoint)).state).toBe("same")
  })
})
