import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
} from "@aws-sdk/client-ec2"
import { CreateRoleCommand } from "@aws-sdk/client-iam"
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3"
import { PutParameterCommand } from "@aws-sdk/client-ssm"
import type { Session } from "../../src/aws/clients.ts"

/** Somebody else's things in the same account, much like ours. */
export async function neighbour({ ec2, iam, s3, ssm }: Session): Promise<void> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.20.0.0/16" }))
  const VpcId = Vpc?.VpcId
  await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.20.1.0/24" }))
  const group = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName: "smart0dte-poc-app", Description: "another" }),
  )
  const IpPermissions = [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }]
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.GroupId, IpPermissions }))
  const trust = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] })
  await iam.send(new CreateRoleCommand({ RoleName: "smart0dte-other", AssumeRolePolicyDocument }))
  await s3.send(new CreateBucketCommand({ Bucket: "smart0dte-notes" }))
  await s3.send(new PutObjectCommand({ Bucket: "smart0dte-notes", Key: "poc.json", Body: "{}" }))
  await ssm.send(new PutParameterCommand({ Name: "/smart0dte/other/choices/image", Type: "String", Value: "ami-1" }))
}
