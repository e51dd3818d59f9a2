import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2"
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam"
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3"
import { SSMClient } from "@aws-sdk/client-ssm"
import type { Policy } from "../../../src/aws/iam/policy.ts"
import type { InProcess } from "../../../src/sandbox/in-process.ts"
import { images } from "../../../src/sandbox/services/ec2/catalog.ts"

export const bucket = "yard-111122223333"

export const clientsOf = ({ connection }: InProcess) => {
  const { accessKeyId, region, secretAccessKey, url } = connection
  const config = { region, endpoint: url, credentials: { accessKeyId, secretAccessKey } }
  return {
    ec2: new EC2Client(config),
    iam: new IAMClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    ssm: new SSMClient(config),
  }
}

export type Clients = ReturnType<typeof clientsOf>

interface GroundOptions {
  readonly name?: string
  /** What the role may do; without it only what the agent needs. */
  readonly policies?: Readonly<Record<string, Policy>>
}

/** A network with a way out, a role with which the agent can speak, and a bucket. */
export async function ground(
  { ec2, iam, s3 }: Clients,
  wait: (seconds: number) => Promise<void>,
  { name = bucket, policies }: GroundOptions = {},
): Promise<string> {
  await s3.send(new CreateBucketCommand({ Bucket: name }))
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.20.0.0/16" }))
  const VpcId = Vpc?.VpcId
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.20.0.0/24" }))
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}))
  const GatewayId = InternetGateway?.InternetGatewayId
  await ec2.send(new AttachInternetGatewayCommand({ VpcId, InternetGatewayId: GatewayId }))
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }))
  const RouteTableId = RouteTable?.RouteTableId
  await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: Subnet?.SubnetId }))
  await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: "0.0.0.0/0", GatewayId }))
  const trust = {
    Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", ...trust })
  await iam.send(new CreateRoleCommand({ RoleName: "node", AssumeRolePolicyDocument }))
  const PolicyArn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
  if (!policies) await iam.send(new AttachRolePolicyCommand({ RoleName: "node", PolicyArn }))
  for (const [PolicyName, policy] of Object.entries(policies ?? {}))
    await iam.send(new PutRolePolicyCommand({ RoleName: "node", PolicyName, PolicyDocument: JSON.stringify(policy) }))
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: "node" }))
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: "node", RoleName: "node" }))
  // EC2 learns of a profile some seconds later.
  await wait(12)
  return Subnet?.SubnetId ?? ""
}

export async function launch({ ec2 }: Clients, SubnetId: string, userData: string): Promise<string> {
  const image = images.find(({ architecture }) => architecture === "x86_64")
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: image?.id,
      InstanceType: "t3.xlarge",
      MinCount: 1,
      MaxCount: 1,
      IamInstanceProfile: { Name: "node" },
      NetworkInterfaces: [{ DeviceIndex: 0, SubnetId, AssociatePublicIpAddress: true }],
      UserData: Buffer.from(userData).toString("base64"),
    }),
  )
  return Instances?.[0]?.InstanceId ?? ""
}
