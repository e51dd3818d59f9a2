import { describe, expect, it } from "vitest"
import { routesOf } from "../../../src/aws/ec2/routes.ts"

describe("the routes of a table", () => {
  it("are what somebody set: neither the network's own nor a gateway endpoint's", () => {
    const routes = routesOf([
      { DestinationCidrBlock: "10.20.0.0/16", GatewayId: "local", State: "active" },
      { DestinationPrefixListId: "pl-1", GatewayId: "vpce-1", State: "active" },
      { DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1", State: "active" },
    ])
    expect(routes).toEqual([{ to: "0.0.0.0/0", via: "nat-1" }])
  })

  it("lead nowhere when what they led to is gone", () => {
    const routes = routesOf([{ DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1", State: "blackhole" }])
    expect(routes).toEqual([{ to: "0.0.0.0/0", via: "nothing" }])
  })

  it("are in one order, whatever leads where", () => {
    const routes = routesOf([
      { DestinationPrefixListId: "pl-1", TransitGatewayId: "tgw-1" },
      { DestinationIpv6CidrBlock: "::/0", EgressOnlyInternetGatewayId: "eigw-1" },
      { DestinationCidrBlock: "0.0.0.0/0", NetworkInterfaceId: "eni-1", InstanceId: "i-1" },
      { DestinationCidrBlock: "10.0.0.0/8", VpcPeeringConnectionId: "pcx-1" },
      { DestinationCidrBlock: "10.1.0.0/16", CarrierGatewayId: "cagw-1" },
    ])
    expect(routes).toEqual([
      { to: "0.0.0.0/0", via: "eni-1" },
      { to: "10.0.0.0/8", via: "pcx-1" },
      { to: "10.1.0.0/16", via: "something else" },
      { to: "::/0", via: "eigw-1" },
      { to: "pl-1", via: "tgw-1" },
    ])
  })
})
