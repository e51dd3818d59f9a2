import { expect, test } from "vitest"
import { groupIn, idOf, network, subnetIn } from "./network.ts"
import { rig } from "./rig.ts"

test("a VPC brings its route table, its group and its ACL, and takes them along", () => {
  const aws = rig()
  const vpc = idOf(aws.run("CreateVpc", { CidrBlock: "10.20.7.9/16" }).Vpc?.VpcId)
  const Filters = [{ Name: "vpc-id", Values: [vpc] }]
  const [table] = aws.run("DescribeRouteTables", { Filters }).RouteTables ?? []
  const [group] = aws.run("DescribeSecurityGroups", { Filters }).SecurityGroups ?? []
  const [acl] = aws.run("DescribeNetworkAcls", { Filters }).NetworkAcls ?? []
  expect(table?.Associations?.[0]?.Main).toBe(true)
  expect(table?.Routes).toEqual([
    { DestinationCidrBlock: "10.20.0.0/16", GatewayId: "local", Origin: "CreateRouteTable", State: "active" },
  ])
  expect(group).toMatchObject({
    GroupName: "default",
    IpPermissions: [{ IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: group?.GroupId }] }],
    IpPermissionsEgress: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
  })
  expect(acl?.Entries?.map((entry) => [entry.Egress, entry.RuleAction])).toEqual([
    [true, "allow"],
    [true, "deny"],
    [false, "allow"],
    [false, "deny"],
  ])
  aws.run("CreateTags", { Resources: [idOf(group?.GroupId), vpc], Tags: [{ Key: "a", Value: "b" }] })
  aws.run("DeleteVpc", { VpcId: vpc })
  expect(aws.contents()).not.toMatch(/"(vpc|rtb|sg|sgr|acl)-0/)
})

test("a VPC is pending for a moment", () => {
  const aws = rig()
  expect(aws.run("CreateVpc", { CidrBlock: "10.20.0.0/16" }).Vpc?.State).toBe("pending")
  aws.pass(2)
  expect(aws.run("DescribeVpcs", {}).Vpcs?.[0]?.State).toBe("available")
})

test("attributes of a VPC are kept one by one", () => {
  const { aws, vpc } = network()
  const hostnames = () => aws.run("DescribeVpcAttribute", { VpcId: vpc, Attribute: "enableDnsHostnames" })
  expect(hostnames()).toEqual({ VpcId: vpc, EnableDnsHostnames: { Value: false } })
  aws.run("ModifyVpcAttribute", { VpcId: vpc, EnableDnsHostnames: { Value: true } })
  expect(hostnames().EnableDnsHostnames?.Value).toBe(true)
  expect(aws.run("DescribeVpcAttribute", { VpcId: vpc, Attribute: "enableDnsSupport" }).EnableDnsSupport?.Value).toBe(
    true,
  )
  aws.run("ModifyVpcAttribute", { VpcId: vpc, EnableNetworkAddressUsageMetrics: { Value: true } })
  const usage = aws.run("DescribeVpcAttribute", { VpcId: vpc, Attribute: "enableNetworkAddressUsageMetrics" })
  expect(usage.EnableNetworkAddressUsageMetrics?.Value).toBe(true)
})

test("regions share nothing", () => {
  const { aws, vpc } = network()
  aws.run("CreateTags", { Resources: [vpc], Tags: [{ Key: "a", Value: "b" }] })
  aws.move("eu-west-1")
  expect(aws.run("DescribeVpcs", {}).Vpcs).toEqual([])
  expect(aws.run("DescribeTags", {}).Tags).toEqual([])
  expect(aws.refused("DescribeVpcs", { VpcIds: [vpc] })).toContain("InvalidVpcID.NotFound")
})

test("a dry run leaves nothing behind", () => {
  const { aws, vpc } = network()
  const before = aws.contents()
  expect(aws.refused("DeleteSubnet", { SubnetId: "subnet-0fffffffffffffff0", DryRun: true })).toContain("NotFound")
  expect(aws.refused("CreateSubnet", { VpcId: vpc, CidrBlock: "10.20.9.0/24", DryRun: true })).toContain("DryRun")
  expect(aws.contents()).toBe(before)
})

test("a subnet counts its free addresses, and goes with its route table association", () => {
  const { aws, vpc, table } = network()
  const subnet = subnetIn(aws, vpc, "10.20.9.16/28", "us-east-1c")
  aws.run("AssociateRouteTable", { RouteTableId: table, SubnetId: subnet })
  aws.run("ModifySubnetAttribute", { SubnetId: subnet, MapPublicIpOnLaunch: { Value: true } })
  const [found] = aws.run("DescribeSubnets", { SubnetIds: [subnet] }).Subnets ?? []
  expect(found).toMatchObject({
    AvailabilityZone: "us-east-1c",
    AvailabilityZoneId: "use1-az1",
    AvailableIpAddressCount: 11,
    MapPublicIpOnLaunch: true,
  })
  aws.run("DeleteSubnet", { SubnetId: subnet })
  expect(aws.run("DescribeRouteTables", { RouteTableIds: [table] }).RouteTables?.[0]?.Associations).toEqual([])
})

test("everything taken down in its order leaves nothing but used tokens", () => {
  const aws = rig()
  const before = aws.contents()
  const { vpc, gateway, subnet, address, table, group } = network(aws)
  expect(groupIn(aws, vpc, "other")).not.toBe(group)
  for (const { GroupId, GroupName } of aws.run("DescribeSecurityGroups", {}).SecurityGroups ?? []) {
    if (GroupName !== "default") aws.run("DeleteSecurityGroup", { GroupId })
  }
  aws.run("ReleaseAddress", { AllocationId: address })
  aws.run("DeleteRouteTable", { RouteTableId: table })
  aws.run("DeleteSubnet", { SubnetId: subnet })
  aws.run("DetachInternetGateway", { InternetGatewayId: gateway, VpcId: vpc })
  aws.run("DeleteInternetGateway", { InternetGatewayId: gateway })
  aws.run("DeleteVpc", { VpcId: vpc })
  expect(before).toBe("[]")
  expect(JSON.parse(aws.contents()).filter(([, records]: [string, unknown[]]) => records.length > 0)).toEqual([])
})
