import { expect, test } from "vitest"
import { idOf, launch, network, subnetIn } from "./network.ts"

const natOf = ({ aws, subnet, address }: ReturnType<typeof network>, more: object = {}) => {
  const id = idOf(
    aws.run("CreateNatGateway", { SubnetId: subnet, AllocationId: address, ...more }).NatGateway?.NatGatewayId,
  )
  const read = () => aws.run("DescribeNatGateways", { NatGatewayIds: [id] }).NatGateways?.[0]
  return { id, read }
}

test("a NAT gateway takes 102 seconds, holds its address, and gives it back when it is gone", () => {
  const net = network()
  const { aws, address } = net
  const nat = natOf(net)
  const held = () => aws.run("DescribeAddresses", { AllocationIds: [address] }).Addresses?.[0]
  expect(nat.read()).toMatchObject({ State: "pending", NatGatewayAddresses: [{ AllocationId: address }] })
  aws.pass(101)
  expect(nat.read()?.State).toBe("pending")
  aws.pass(1)
  expect(nat.read()).toMatchObject({
    State: "available",
    NatGatewayAddresses: [
      { AllocationId: address, PublicIp: held()?.PublicIp, NetworkInterfaceId: held()?.NetworkInterfaceId },
    ],
  })
  expect(held()?.AssociationId).toMatch(/^eipassoc-/)
  aws.run("DeleteNatGateway", { NatGatewayId: nat.id })
  aws.run("DeleteNatGateway", { NatGatewayId: nat.id })
  aws.pass(44)
  expect(nat.read()?.State).toBe("deleting")
  expect(aws.refused("ReleaseAddress", { AllocationId: address })).toContain("InvalidIPAddress.InUse")
  aws.pass(1)
  expect(nat.read()?.State).toBe("deleted")
  aws.run("ReleaseAddress", { AllocationId: address })
  aws.run("DetachInternetGateway", { InternetGatewayId: net.gateway, VpcId: net.vpc })
  aws.run("DeleteSubnet", { SubnetId: net.subnet })
  aws.pass(3600)
  expect(aws.run("DescribeNatGateways", {}).NatGateways).toEqual([])
})

test("without an attached internet gateway it fails, and its address stays free", () => {
  const net = network()
  net.aws.run("DetachInternetGateway", { InternetGatewayId: net.gateway, VpcId: net.vpc })
  const nat = natOf(net)
  expect(nat.read()?.State).toBe("pending")
  net.aws.pass(15)
  expect(nat.read()).toMatchObject({ State: "failed", FailureCode: "Gateway.NotAttached" })
  net.aws.run("ReleaseAddress", { AllocationId: net.address })
  net.aws.pass(3600)
  expect(net.aws.refused("DescribeNatGateways", { NatGatewayIds: [nat.id] })).toContain("NatGatewayNotFound")
})

test("a second one with the same address fails", () => {
  const net = network()
  natOf(net)
  const second = natOf(net)
  net.aws.pass(15)
  expect(second.read()).toMatchObject({ State: "failed", FailureCode: "Resource.AlreadyAssociated" })
})

test("a private one has no address and needs no internet gateway", () => {
  const net = network()
  net.aws.run("DetachInternetGateway", { InternetGatewayId: net.gateway, VpcId: net.vpc })
  const nat = natOf(net, { AllocationId: undefined, ConnectivityType: "private" })
  net.aws.pass(110)
  expect(nat.read()).toMatchObject({ State: "available", ConnectivityType: "private" })
  expect(nat.read()?.NatGatewayAddresses?.[0]?.PublicIp).toBeUndefined()
})

test("failed and deleted ones don't count for the quota", () => {
  const net = network()
  net.aws.quotas.set("L-FE5A380F", 1)
  net.aws.run("DetachInternetGateway", { InternetGatewayId: net.gateway, VpcId: net.vpc })
  natOf(net)
  net.aws.pass(15)
  net.aws.run("AttachInternetGateway", { InternetGatewayId: net.gateway, VpcId: net.vpc })
  expect(natOf(net).read()?.State).toBe("pending")
})

test("the quota is per zone", () => {
  const net = network()
  net.aws.quotas.set("L-FE5A380F", 1)
  natOf(net)
  const SubnetId = subnetIn(net.aws, net.vpc, "10.20.2.0/24", "us-east-1b")
  const AllocationId = net.aws.run("AllocateAddress", {}).AllocationId
  expect(net.aws.run("CreateNatGateway", { SubnetId, AllocationId }).NatGateway?.State).toBe("pending")
})

test("one client token makes one NAT gateway, one route table, one endpoint", () => {
  const net = network()
  const { aws, vpc } = net
  expect(natOf(net, { ClientToken: "t" }).id).toBe(natOf(net, { ClientToken: "t" }).id)
  const table = () => aws.run("CreateRouteTable", { VpcId: vpc, ClientToken: "t" }).RouteTable?.RouteTableId
  expect(table()).toBe(table())
  const wish = { VpcId: vpc, ServiceName: "com.amazonaws.us-east-1.s3", ClientToken: "t" }
  const endpoint = () => aws.run("CreateVpcEndpoint", wish).VpcEndpoint?.VpcEndpointId
  expect(endpoint()).toBe(endpoint())
  expect(aws.run("DescribeNatGateways", {}).NatGateways).toHaveLength(1)
})

test("a token is not used up by a request that was refused", () => {
  const net = network()
  expect(net.aws.refused("CreateNatGateway", { SubnetId: net.subnet, ClientToken: "t" })).toContain("MissingParameter")
  expect(natOf(net, { ClientToken: "t" }).read()?.State).toBe("pending")
})

test("an address goes to one instance, once, and on to another", () => {
  const { aws, subnet, address: AllocationId } = network()
  const [one, other] = [launch(aws, subnet), launch(aws, subnet)]
  const first = aws.run("AssociateAddress", { AllocationId, InstanceId: one }).AssociationId
  expect(aws.run("AssociateAddress", { AllocationId, InstanceId: one }).AssociationId).toBe(first)
  const second = aws.run("AssociateAddress", { AllocationId, InstanceId: other }).AssociationId
  expect(second).not.toBe(first)
  const held = () => aws.run("DescribeAddresses", { AllocationIds: [AllocationId] }).Addresses?.[0]
  expect(held()).toMatchObject({ InstanceId: other, AssociationId: second })
  aws.run("DisassociateAddress", { AssociationId: second })
  expect(held()?.AssociationId).toBeUndefined()
  aws.run("ReleaseAddress", { AllocationId })
})
