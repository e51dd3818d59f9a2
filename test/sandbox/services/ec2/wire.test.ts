import * as EC2 from "@aws-sdk/client-ec2"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type InProcess, inProcess } from "../../../../src/sandbox/in-process.ts"
import { ec2 } from "../../../../src/sandbox/services/ec2/index.ts"
import { idOf, image } from "./network.ts"

let sandbox: InProcess
let client: EC2.EC2Client

beforeAll(async () => {
  sandbox = await inProcess({ services: [ec2], speed: 1000 })
  const { url, region, accessKeyId, secretAccessKey } = sandbox.connection
  client = new EC2.EC2Client({ endpoint: url, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 })
})

afterAll(async () => {
  client.destroy()
  await sandbox.close()
})

/** Until the condition holds; the test's own time limit ends it. */
const eventually = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5))
}

test("an environment's network and node, made, read and taken down by the SDK's own client", async () => {
  const tags = (ResourceType: EC2.ResourceType) => [{ ResourceType, Tags: [{ Key: "smart0dte:scope", Value: "poc" }] }]
  const { Vpc } = await client.send(
    new EC2.CreateVpcCommand({ CidrBlock: "10.20.0.0/16", TagSpecifications: tags("vpc") }),
  )
  const VpcId = idOf(Vpc?.VpcId)
  const { InternetGateway } = await client.send(new EC2.CreateInternetGatewayCommand({}))
  const InternetGatewayId = idOf(InternetGateway?.InternetGatewayId)
  await client.send(new EC2.AttachInternetGatewayCommand({ InternetGatewayId, VpcId }))
  const { Subnet } = await client.send(
    new EC2.CreateSubnetCommand({ VpcId, CidrBlock: "10.20.1.0/24", AvailabilityZone: "us-east-1b" }),
  )
  const SubnetId = idOf(Subnet?.SubnetId)
  const { AllocationId } = await client.send(new EC2.AllocateAddressCommand({ Domain: "vpc" }))
  const { NatGateway } = await client.send(new EC2.CreateNatGatewayCommand({ SubnetId, AllocationId }))
  const NatGatewayId = idOf(NatGateway?.NatGatewayId)
  expect(NatGateway?.CreateTime).toBeInstanceOf(Date)
  const natState = async () => {
    const { NatGateways } = await client.send(new EC2.DescribeNatGatewaysCommand({ NatGatewayIds: [NatGatewayId] }))
    return NatGateways?.[0]?.State
  }
  await eventually(async () => (await natState()) === "available")

  const { GroupId } = await client.send(
    new EC2.CreateSecurityGroupCommand({ VpcId, GroupName: "app", Description: "app" }),
  )
  const IpRanges = [{ CidrIp: "203.0.113.10/32", Description: "me" }]
  const { SecurityGroupRules } = await client.send(
    new EC2.AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [{ IpProtocol: "tcp", FromPort: 3000, ToPort: 3001, IpRanges }],
    }),
  )
  expect(SecurityGroupRules).toMatchObject([{ FromPort: 3000, CidrIpv4: "203.0.113.10/32", IsEgress: false }])

  const { Instances } = await client.send(
    new EC2.RunInstancesCommand({
      ImageId: image,
      InstanceType: "t3.xlarge",
      MinCount: 1,
      MaxCount: 1,
      SubnetId,
      SecurityGroupIds: [idOf(GroupId)],
      MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 1 },
      UserData: Buffer.from("hello").toString("base64"),
      TagSpecifications: tags("instance"),
    }),
  )
  const InstanceIds = [idOf(Instances?.[0]?.InstanceId)]
  const described = async () => {
    const Filters = [{ Name: "tag:smart0dte:scope", Values: ["poc"] }]
    const { Reservations } = await client.send(new EC2.DescribeInstancesCommand({ Filters }))
    return Reservations?.[0]?.Instances?.[0]
  }
  await eventually(async () => (await described())?.State?.Name === "running")
  expect(await described()).toMatchObject({
    PrivateIpAddress: "10.20.1.5",
    SecurityGroups: [{ GroupId, GroupName: "app" }],
    MetadataOptions: { HttpPutResponseHopLimit: 1, HttpTokens: "required" },
    NetworkInterfaces: [{ Attachment: { DeviceIndex: 0, DeleteOnTermination: true } }],
    Monitoring: { State: "disabled" },
  })

  await client.send(new EC2.TerminateInstancesCommand({ InstanceIds }))
  await client.send(new EC2.DeleteNatGatewayCommand({ NatGatewayId }))
  await eventually(async () => (await described())?.State?.Name === "terminated")
  await eventually(async () => (await natState()) === "deleted")
  await client.send(new EC2.ReleaseAddressCommand({ AllocationId }))
  await client.send(new EC2.DeleteSecurityGroupCommand({ GroupId }))
  await client.send(new EC2.DeleteSubnetCommand({ SubnetId }))
  await client.send(new EC2.DetachInternetGatewayCommand({ InternetGatewayId, VpcId }))
  await client.send(new EC2.DeleteInternetGatewayCommand({ InternetGatewayId }))
  await client.send(new EC2.DeleteVpcCommand({ VpcId }))
  expect((await client.send(new EC2.DescribeVpcsCommand({}))).Vpcs).toEqual([])
})

test("bytes and refusals cross the wire", async () => {
  const text = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBRBE2/ooJB05+XX7m3u617xWs/eMMqc43gw2yjSZTs+ me"
  await client.send(new EC2.ImportKeyPairCommand({ KeyName: "key", PublicKeyMaterial: Buffer.from(text) }))
  const { KeyPairs } = await client.send(new EC2.DescribeKeyPairsCommand({ IncludePublicKey: true }))
  expect(KeyPairs).toMatchObject([{ KeyName: "key", KeyType: "ed25519", PublicKey: text }])
  await expect(client.send(new EC2.CreateVpcCommand({ CidrBlock: "10.0.0.0/8" }))).rejects.toMatchObject({
    name: "InvalidVpc.Range",
    message: "The CIDR '10.0.0.0/8' is invalid.",
    $metadata: { httpStatusCode: 400 },
  })
  const DryRun = new EC2.CreateVpcCommand({ CidrBlock: "10.0.0.0/16", DryRun: true })
  await expect(client.send(DryRun)).rejects.toMatchObject({
    name: "DryRunOperation",
    $metadata: { httpStatusCode: 412 },
  })
})

test("the SDK's paginator walks through all pages", async () => {
  const { Vpc } = await client.send(new EC2.CreateVpcCommand({ CidrBlock: "10.20.0.0/16" }))
  const VpcId = idOf(Vpc?.VpcId)
  for (let index = 0; index < 7; index += 1) {
    await client.send(new EC2.CreateSubnetCommand({ VpcId, CidrBlock: `10.20.${index}.0/24` }))
  }
  const cidrs: (string | undefined)[] = []
  for await (const page of EC2.paginateDescribeSubnets({ client, pageSize: 5 }, {})) {
    cidrs.push(...(page.Subnets ?? []).map((subnet) => subnet.CidrBlock))
  }
  expect(cidrs).toHaveLength(7)
})
