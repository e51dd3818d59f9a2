import type { Ground } from "../ground.ts"
import { api, type ElbRow, elsewhere, gone, limited, quotas } from "./case.ts"

const many = Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: "" }))

const make = (aws: Ground, more: object) =>
  aws.refused("CreateLoadBalancer", { Name: "other", Subnets: [...aws.subnets], SecurityGroups: [aws.group], ...more })
const attribute = (aws: Ground, Key: string, Value: string) =>
  aws.refused("ModifyLoadBalancerAttributes", { LoadBalancerArn: aws.balancer, Attributes: [{ Key, Value }] })
const logs = (aws: Ground, bucket: string) =>
  aws.refused("ModifyLoadBalancerAttributes", {
    LoadBalancerArn: aws.balancer,
    Attributes: [
      { Key: "access_logs.s3.enabled", Value: "true" },
      { Key: "access_logs.s3.bucket", Value: bucket },
    ],
  })

export const balancerRows: readonly ElbRow[] = [
  [
    "one subnet",
    "ValidationError: two different Availability Zones",
    api("CreateLoadBalancer"),
    (aws) => make(aws, { Subnets: [aws.subnets[0]] }),
  ],
  [
    "two subnets of a zone",
    "InvalidConfigurationRequestException: same Availability Zone",
    api("CreateLoadBalancer"),
    (aws) => make(aws, { Subnets: [aws.subnets[0], aws.subnets[0]] }),
  ],
  [
    "a subnet that is not there",
    "SubnetNotFoundException: subnet-1",
    api("CreateLoadBalancer"),
    (aws) => make(aws, { Subnets: ["subnet-1", aws.subnets[0]] }),
  ],
  [
    "a network without a way in",
    "InvalidSubnetException: no internet gateway",
    api("CreateLoadBalancer"),
    (aws) => make(aws, { Subnets: elsewhere(aws).subnets }),
  ],
  [
    "subnets of two networks",
    "InvalidConfigurationRequestException: same VPC",
    api("CreateLoadBalancer"),
    (aws) => make(aws, { Subnets: [aws.subnets[0], elsewhere(aws).subnets[1]] }),
  ],
  [
    "to go to another network",
    "InvalidConfigurationRequestException: not in the VPC",
    api("SetSubnets"),
    (aws) => {
      const { vpc, subnets } = elsewhere(aws)
      const { InternetGateway } = aws.net.run("CreateInternetGateway", {})
      aws.net.run("AttachInternetGateway", { InternetGatewayId: InternetGateway?.InternetGatewayId, VpcId: vpc })
      return aws.refused("SetSubnets", { LoadBalancerArn: aws.balancer, Subnets: subnets })
    },
  ],
  [
    "a subnet without room",
    "InvalidSubnetException: at least 8 free IP addresses",
    api("CreateLoadBalancer"),
    (aws) => {
      const small = { VpcId: aws.vpc, CidrBlock: "10.20.9.0/28", AvailabilityZone: "us-east-1a" }
      const id = aws.net.run("CreateSubnet", small).Subnet?.SubnetId ?? ""
      const one = { Name: "one", Subnets: [id, aws.subnets[1]], SecurityGroups: [aws.group] }
      for (const n of ["1", "2", "3", "4"]) aws.run("CreateLoadBalancer", { ...one, Name: `one-${n}` })
      return make(aws, one)
    },
  ],
  [
    "a group that is not there",
    "InvalidSecurityGroupException: invalid",
    api("CreateLoadBalancer"),
    (aws) => make(aws, { SecurityGroups: ["sg-1"] }),
  ],
  [
    "a name with a letter too many",
    "ValidationError: longer than '32'",
    api("CreateLoadBalancer"),
    (aws) => make(aws, { Name: "n".repeat(33) }),
  ],
  [
    "another of that name",
    "DuplicateLoadBalancerNameException: different settings",
    api("CreateLoadBalancer"),
    (aws) => make(aws, { Name: "front", Scheme: "internal" }),
  ],
  [
    "more than an account has",
    "TooManyLoadBalancersException: 1",
    quotas,
    (aws) => make(limited(aws, "ApplicationLoadBalancers"), {}),
  ],
  [
    "one tag key twice",
    "DuplicateTagKeysException: more than once",
    api("AddTags"),
    (aws) => make(aws, { Tags: [{ Key: "a" }, { Key: "a" }] }),
  ],
  ["the 51st tag", "TooManyTagsException: maximum", api("AddTags"), (aws) => make(aws, { Tags: many })],
  [
    "what is not there",
    "LoadBalancerNotFoundException: not found",
    api("DescribeLoadBalancers"),
    (aws) => aws.refused("DescribeLoadBalancers", { LoadBalancerArns: [gone("loadbalancer/app")] }),
  ],
  [
    "one that is protected",
    "OperationNotPermittedException: deletion protection",
    api("DeleteLoadBalancer"),
    (aws) => {
      const Attributes = [{ Key: "deletion_protection.enabled", Value: "true" }]
      aws.run("ModifyLoadBalancerAttributes", { LoadBalancerArn: aws.balancer, Attributes })
      return aws.refused("DeleteLoadBalancer", { LoadBalancerArn: aws.balancer })
    },
  ],
  [
    "an attribute that nobody knows",
    "ValidationError: not recognized",
    api("LoadBalancerAttribute"),
    (aws) => attribute(aws, "a.b", "c"),
  ],
  [
    "an attribute's value",
    "ValidationError: '0' of 'idle_timeout",
    api("LoadBalancerAttribute"),
    (aws) => attribute(aws, "idle_timeout.timeout_seconds", "0"),
  ],
  [
    "logs into no bucket",
    "InvalidConfigurationRequestException: does not exist",
    api("ModifyLoadBalancerAttributes"),
    (aws) => logs(aws, "nobodys"),
  ],
  [
    "logs into a bucket that lets nobody write",
    "InvalidConfigurationRequestException: Access Denied for bucket",
    "ELB user guide: access logs",
    (aws) => {
      aws.store.run("CreateBucket", { Bucket: "closed-bucket" })
      return logs(aws, "closed-bucket")
    },
  ],
  [
    "a marker that was never given",
    "ValidationError: Invalid marker",
    api("DescribeLoadBalancers"),
    (aws) => aws.refused("DescribeLoadBalancers", { Marker: "?" }),
  ],
  [
    "what is not served",
    "NotImplemented: network",
    "the sandbox's own",
    (aws) => make(aws, { Type: "network" }).replace("not of the type application", "network"),
  ],
]
