import type * as ec2Client from "@aws-sdk/client-ec2"
import type * as client from "@aws-sdk/client-elastic-load-balancing-v2"
import type * as s3Client from "@aws-sdk/client-s3"
import type { Service } from "../../../../src/sandbox/service.ts"
import { ec2 } from "../../../../src/sandbox/services/ec2/index.ts"
import { elbv2 } from "../../../../src/sandbox/services/elbv2/index.ts"
import { s3 } from "../../../../src/sandbox/services/s3/index.ts"
import { type Rig, rigOf } from "../rig.ts"

/** One store for a network, its load balancers and their logs. */
const all: Service = { ...elbv2, handlers: { ...s3.handlers, ...ec2.handlers, ...elbv2.handlers } }

export interface Ground extends Rig<typeof client> {
  readonly net: Rig<typeof ec2Client>
  readonly store: Rig<typeof s3Client>
  readonly vpc: string
  readonly subnets: readonly [string, string]
  readonly group: string
  readonly balancer: string
  readonly targets: string
  readonly listener: string
  readonly node: string
}

/** A network with a load balancer that listens on port 80 and forwards to a running machine. */
export const ground = (): Ground => {
  const aws = rigOf<typeof client>(all)
  const net = aws as unknown as Rig<typeof ec2Client>
  const store = aws as unknown as Rig<typeof s3Client>
  const vpc = net.run("CreateVpc", { CidrBlock: "10.20.0.0/16" }).Vpc?.VpcId ?? ""
  const { InternetGateway } = net.run("CreateInternetGateway", {})
  net.run("AttachInternetGateway", { InternetGatewayId: InternetGateway?.InternetGatewayId, VpcId: vpc })
  const subnet = (n: number, zone: string) =>
    net.run("CreateSubnet", { VpcId: vpc, CidrBlock: `10.20.${n}.0/24`, AvailabilityZone: `us-east-1${zone}` }).Subnet
      ?.SubnetId ?? ""
  const subnets = [subnet(1, "a"), subnet(2, "b")] as const
  const group = net.run("CreateSecurityGroup", { VpcId: vpc, GroupName: "front", Description: "front" }).GroupId ?? ""
  const machine = { ImageId: imageOf(net), InstanceType: "t3.small" as const, MinCount: 1, MaxCount: 1 }
  const node = net.run("RunInstances", { ...machine, SubnetId: subnets[0] }).Instances?.[0]?.InstanceId ?? ""
  aws.pass(60)
  const made = { Name: "front", Subnets: [...subnets], SecurityGroups: [group] }
  const balancer = aws.run("CreateLoadBalancer", made).LoadBalancers?.[0]?.LoadBalancerArn ?? ""
  const wanted = { Name: "targets", Protocol: "HTTP" as const, Port: 3000, VpcId: vpc }
  const targets = aws.run("CreateTargetGroup", wanted).TargetGroups?.[0]?.TargetGroupArn ?? ""
  const DefaultActions = [{ Type: "forward" as const, TargetGroupArn: targets }]
  const door = { LoadBalancerArn: balancer, Port: 80, Protocol: "HTTP" as const, DefaultActions }
  const listener = aws.run("CreateListener", door).Listeners?.[0]?.ListenerArn ?? ""
  return { ...aws, net, store, vpc, subnets, group, balancer, targets, listener, node }
}

const imageOf = (net: Rig<typeof ec2Client>) => {
  const { Images = [] } = net.run("DescribeImages", { Owners: ["amazon"] })
  return Images.find(({ Architecture }) => Architecture === "x86_64")?.ImageId
}

export const path = (...Values: string[]) => [{ Field: "path-pattern", Values }]
export const answer = [{ Type: "fixed-response" as const, FixedResponseConfig: { StatusCode: "404" } }]
