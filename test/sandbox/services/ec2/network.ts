import { images } from "../../../../src/sandbox/services/ec2/catalog.ts"
import { type Rig, rig } from "./rig.ts"

/** A VPC with an attached internet gateway, a subnet, an address, a route table and a group. */
export const network = (aws: Rig = rig()) => {
  const vpc = idOf(aws.run("CreateVpc", { CidrBlock: "10.20.0.0/16" }).Vpc?.VpcId)
  const gateway = idOf(aws.run("CreateInternetGateway", {}).InternetGateway?.InternetGatewayId)
  aws.run("AttachInternetGateway", { InternetGatewayId: gateway, VpcId: vpc })
  const subnet = subnetIn(aws, vpc, "10.20.1.0/24", "us-east-1a")
  const address = idOf(aws.run("AllocateAddress", { Domain: "vpc" }).AllocationId)
  const table = idOf(aws.run("CreateRouteTable", { VpcId: vpc }).RouteTable?.RouteTableId)
  const group = groupIn(aws, vpc, "app")
  return { aws, vpc, gateway, subnet, address, table, group }
}

export const subnetIn = (aws: Rig, VpcId: string, CidrBlock: string, AvailabilityZone: string): string =>
  idOf(aws.run("CreateSubnet", { VpcId, CidrBlock, AvailabilityZone }).Subnet?.SubnetId)

export const groupIn = (aws: Rig, VpcId: string, GroupName: string): string =>
  idOf(aws.run("CreateSecurityGroup", { VpcId, GroupName, Description: GroupName }).GroupId)

export const image = images.find((one) => one.architecture === "x86_64")?.id ?? "none"

export const launch = (aws: Rig, SubnetId: string, more: object = {}): string => {
  const asked = { ImageId: image, InstanceType: "t3.xlarge" as const, MinCount: 1, MaxCount: 1, SubnetId, ...more }
  return idOf(aws.run("RunInstances", asked).Instances?.[0]?.InstanceId)
}

export const profile = (aws: Rig, name = "node"): void =>
  aws.put("iam/instance-profile", name, {
    InstanceProfileName: name,
    InstanceProfileId: "AIPAEXAMPLE",
    Arn: `arn:aws:iam::111122223333:instance-profile/${name}`,
    CreateDate: Date.UTC(2026, 10, 20),
    Roles: ["node"],
  })

export const idOf = (id: string | undefined): string => {
  if (id === undefined) throw new Error("the answer has no id")
  return id
}
