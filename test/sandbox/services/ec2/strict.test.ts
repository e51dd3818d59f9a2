import { expect, test } from "vitest"
import { image, launch, network } from "./network.ts"

type Net = ReturnType<typeof network>
type Attempt = readonly [operation: Parameters<Net["aws"]["refused"]>[0], input: (net: Net) => object]

const web = [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: "10.0.0.0/8" }] }]
const everywhere = "0.0.0.0/0"

/** Requests that go through as they are. */
const makers: readonly Attempt[] = [
  ["CreateVpc", () => ({ CidrBlock: "10.30.0.0/16" })],
  ["CreateSubnet", ({ vpc }) => ({ VpcId: vpc, CidrBlock: "10.20.2.0/24" })],
  ["AllocateAddress", () => ({})],
  ["CreateNatGateway", ({ subnet, address }) => ({ SubnetId: subnet, AllocationId: address })],
  ["CreateRouteTable", ({ vpc }) => ({ VpcId: vpc })],
  ["CreateVpcEndpoint", ({ vpc }) => ({ VpcId: vpc, ServiceName: "com.amazonaws.us-east-1.s3" })],
  ["AuthorizeSecurityGroupIngress", ({ group }) => ({ GroupId: group, IpPermissions: web })],
  ["AuthorizeSecurityGroupEgress", ({ group }) => ({ GroupId: group, IpPermissions: web })],
  [
    "CreateFlowLogs",
    ({ vpc }) => ({
      ResourceIds: [vpc],
      ResourceType: "VPC",
      LogDestinationType: "s3",
      LogDestination: "arn:aws:s3:::logs",
    }),
  ],
  [
    "RunInstances",
    ({ subnet }) => ({ ImageId: image, InstanceType: "t3.micro", MinCount: 1, MaxCount: 1, SubnetId: subnet }),
  ],
]

const taggedOnly: readonly Attempt[] = [
  ["CreateInternetGateway", () => ({})],
  ["CreateSecurityGroup", ({ vpc }) => ({ VpcId: vpc, GroupName: "db", Description: "db" })],
  ["ImportKeyPair", () => ({ KeyName: "k", PublicKeyMaterial: Buffer.from(key) })],
]
const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBRBE2/ooJB05+XX7m3u617xWs/eMMqc43gw2yjSZTs+ me"

const changers: readonly Attempt[] = [
  ["ReleaseAddress", ({ address }) => ({ AllocationId: address })],
  ["CreateRoute", (net) => route(net)],
  ["ReplaceRoute", (net) => routed(net)],
  ["DeleteRoute", (net) => ({ ...routed(net), GatewayId: undefined })],
  ["AssociateRouteTable", ({ table, subnet }) => ({ RouteTableId: table, SubnetId: subnet })],
  ["AssociateAddress", ({ aws, subnet, address }) => ({ AllocationId: address, InstanceId: launch(aws, subnet) })],
  [
    "DisassociateAddress",
    ({ aws, subnet, address }) =>
      aws.run("AssociateAddress", { AllocationId: address, InstanceId: launch(aws, subnet) }),
  ],
  [
    "ModifyNetworkInterfaceAttribute",
    (net) => ({ NetworkInterfaceId: interfaceOf(net), AssociatePublicIpAddress: true }),
  ],
  ["ModifyVpcEndpoint", (net) => ({ VpcEndpointId: endpoint(net), ResetPolicy: true })],
  ["RevokeSecurityGroupIngress", ({ aws, group }) => authorized(aws, "AuthorizeSecurityGroupIngress", group)],
  ["RevokeSecurityGroupEgress", ({ aws, group }) => authorized(aws, "AuthorizeSecurityGroupEgress", group)],
  ["StopInstances", (net) => ({ InstanceIds: [running(net)] })],
  ["StartInstances", (net) => ({ InstanceIds: [running(net)] })],
  ["RebootInstances", (net) => ({ InstanceIds: [running(net)] })],
  ["TerminateInstances", (net) => ({ InstanceIds: [running(net)] })],
  ["ModifyInstanceAttribute", (net) => ({ InstanceId: running(net), DisableApiStop: { Value: true } })],
  [
    "ModifyVolume",
    ({ aws, subnet }) => {
      launch(aws, subnet)
      return { VolumeId: aws.run("DescribeVolumes", {}).Volumes?.[0]?.VolumeId, Size: 20 }
    },
  ],
]

const route = ({ table, gateway }: Net) => ({
  RouteTableId: table,
  DestinationCidrBlock: everywhere,
  GatewayId: gateway,
})
const routed = (net: Net) => {
  net.aws.run("CreateRoute", route(net))
  return route(net)
}
const authorized = (
  aws: Net["aws"],
  operation: "AuthorizeSecurityGroupIngress" | "AuthorizeSecurityGroupEgress",
  group: string,
) => {
  aws.run(operation, { GroupId: group, IpPermissions: web })
  return { GroupId: group, IpPermissions: web }
}
const running = ({ aws, subnet }: Net): string => {
  const id = launch(aws, subnet)
  aws.pass(20)
  return id
}
const interfaceOf = (net: Net) => {
  running(net)
  return net.aws.run("DescribeNetworkInterfaces", {}).NetworkInterfaces?.[0]?.NetworkInterfaceId
}
const endpoint = ({ aws, vpc }: Net) =>
  aws.run("CreateVpcEndpoint", { VpcId: vpc, ServiceName: "com.amazonaws.us-east-1.s3" }).VpcEndpoint?.VpcEndpointId

const attempt = ([operation, input]: Attempt, more: object): string => {
  const net = network()
  net.aws.put("s3/bucket", "logs", {})
  // Members are added that the operation's type may not have: that is what is tried.
  return net.aws.refused(operation, { ...input(net), ...more } as never)
}

test.each([...makers, ...taggedOnly, ...changers])("%s goes through without more", (...row) => {
  expect(attempt(row, {})).toBe("not refused")
})

test.each([...makers, ...taggedOnly])("%s refuses tags for what it doesn't make", (...row) => {
  const TagSpecifications = [{ ResourceType: "dedicated-host", Tags: [{ Key: "a", Value: "b" }] }]
  expect(attempt(row, { TagSpecifications })).toContain("'dedicated-host' is not a valid taggable resource type")
})

test.each([...makers, ...changers])("%s says plainly what it doesn't serve", (...row) => {
  expect(attempt(row, { SomethingElse: 1 })).toMatch(/^NotImplemented: .*SomethingElse of/)
})
