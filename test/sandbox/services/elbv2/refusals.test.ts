import { provesRefusals, type Row } from "../refusal-table.ts"
import { answer, type Ground, ground, path } from "./ground.ts"

const api = (operation: string) => `ELB v2 API reference: ${operation}`
const quotas = "ELB user guide: quotas"
const gone = (type: string) => `arn:aws:elasticloadbalancing:us-east-1:111122223333:${type}/gone/1`
const many = Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: "" }))

const make = (aws: Ground, more: object) =>
  aws.refused("CreateLoadBalancer", { Name: "other", Subnets: [...aws.subnets], SecurityGroups: [aws.group], ...more })
const target = (aws: Ground, more: object) =>
  aws.refused("CreateTargetGroup", { Name: "other", Protocol: "HTTP", Port: 3000, VpcId: aws.vpc, ...more })
const listen = (aws: Ground, more: object) =>
  aws.refused("CreateListener", {
    LoadBalancerArn: aws.balancer,
    Port: 81,
    Protocol: "HTTP",
    DefaultActions: answer,
    ...more,
  })
const rule = (aws: Ground, more: object) =>
  aws.refused("CreateRule", {
    ListenerArn: aws.listener,
    Priority: 1,
    Conditions: path("/a"),
    Actions: answer,
    ...more,
  })
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
/** Another network, of the same zones, without a way in. */
const elsewhere = ({ net }: Ground) => {
  const vpc = net.run("CreateVpc", { CidrBlock: "10.30.0.0/16" }).Vpc?.VpcId ?? ""
  const at = (n: number, zone: string) =>
    net.run("CreateSubnet", { VpcId: vpc, CidrBlock: `10.30.${n}.0/24`, AvailabilityZone: `us-east-1${zone}` }).Subnet
      ?.SubnetId ?? ""
  return { vpc, subnets: [at(1, "a"), at(2, "b")] }
}
const limited = (aws: Ground, quota: string) => {
  aws.quotas.set(quota, 1)
  return aws
}

const rows: readonly Row<Ground>[] = [
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
  ["no VPC", "ValidationError: VPC ID", api("CreateTargetGroup"), (aws) => target(aws, { VpcId: undefined })],
  [
    "a health check that is slower than often",
    "ValidationError: smaller than the interval",
    api("CreateTargetGroup"),
    (aws) => target(aws, { HealthCheckIntervalSeconds: 5, HealthCheckTimeoutSeconds: 5 }),
  ],
  [
    "codes that are none",
    "ValidationError: '20' is not valid",
    api("Matcher"),
    (aws) => target(aws, { Matcher: { HttpCode: "20" } }),
  ],
  [
    "another group of that name",
    "DuplicateTargetGroupNameException: different settings",
    api("CreateTargetGroup"),
    (aws) => target(aws, { Name: "targets", Port: 3001 }),
  ],
  [
    "more groups than a region has",
    "TooManyTargetGroupsException: 1",
    quotas,
    (aws) => target(limited(aws, "TargetGroups"), {}),
  ],
  [
    "a group that is not there",
    "TargetGroupNotFoundException: not found",
    api("DescribeTargetHealth"),
    (aws) => aws.refused("DescribeTargetHealth", { TargetGroupArn: gone("targetgroup") }),
  ],
  [
    "a group in use",
    "ResourceInUseException: currently in use",
    api("DeleteTargetGroup"),
    (aws) => aws.refused("DeleteTargetGroup", { TargetGroupArn: aws.targets }),
  ],
  [
    "a machine that is not there",
    "InvalidTargetException: i-1",
    api("RegisterTargets"),
    (aws) => aws.refused("RegisterTargets", { TargetGroupArn: aws.targets, Targets: [{ Id: "i-1" }] }),
  ],
  [
    "a machine that does not run",
    "InvalidTargetException: not in a running state",
    api("RegisterTargets"),
    (aws) => {
      aws.net.run("StopInstances", { InstanceIds: [aws.node] })
      return aws.refused("RegisterTargets", { TargetGroupArn: aws.targets, Targets: [{ Id: aws.node }] })
    },
  ],
  [
    "more targets than a group has",
    "TooManyTargetsException: 0",
    quotas,
    (aws) => {
      aws.quotas.set("TargetsPerTargetGroup", 0)
      return aws.refused("RegisterTargets", { TargetGroupArn: aws.targets, Targets: [{ Id: aws.node }] })
    },
  ],
  [
    "a second listener on the port",
    "DuplicateListenerException: '80'",
    api("CreateListener"),
    (aws) => listen(aws, { Port: 80 }),
  ],
  [
    "more listeners than there may be",
    "TooManyListenersException: 1",
    quotas,
    (aws) => listen(limited(aws, "ListenersPerApplicationLoadBalancer"), {}),
  ],
  [
    "HTTPS without a certificate",
    "ValidationError: A certificate must be specified",
    api("CreateListener"),
    (aws) => listen(aws, { Protocol: "HTTPS" }),
  ],
  [
    "a certificate that is not there",
    "CertificateNotFoundException: not found",
    api("CreateListener"),
    (aws) => listen(aws, { Protocol: "HTTPS", Certificates: [{ CertificateArn: "arn:c" }] }),
  ],
  [
    "a certificate that is not issued",
    "UnsupportedCertificate: fully-qualified",
    "seen: a listener with a certificate that is pending",
    (aws) => {
      aws.put("acm/certificate@us-east-1", "arn:c", {
        arn: "arn:c",
        names: ["a.b"],
        created: Date.UTC(2026, 10, 21),
        tags: [],
      })
      return listen(aws, { Protocol: "HTTPS", Certificates: [{ CertificateArn: "arn:c" }] })
    },
  ],
  [
    "a policy that nobody knows",
    "SSLPolicyNotFoundException: Mine",
    api("CreateListener"),
    (aws) => {
      aws.put("acm/certificate@us-east-1", "arn:c", { arn: "arn:c", names: ["a.b"], created: 0, issued: 0, tags: [] })
      return listen(aws, { Protocol: "HTTPS", Certificates: [{ CertificateArn: "arn:c" }], SslPolicy: "Mine" })
    },
  ],
  [
    "a listener that is not there",
    "ListenerNotFoundException: not found",
    api("DeleteListener"),
    (aws) => aws.refused("DeleteListener", { ListenerArn: gone("listener/app") }),
  ],
  [
    "two actions",
    "TooManyActionsException: one action",
    api("CreateListener"),
    (aws) => listen(aws, { DefaultActions: [...answer, ...answer] }),
  ],
  [
    "a redirect to itself",
    "InvalidLoadBalancerActionException: loop",
    api("RedirectActionConfig"),
    (aws) => listen(aws, { DefaultActions: [{ Type: "redirect", RedirectConfig: { StatusCode: "HTTP_301" } }] }),
  ],
  [
    "a group of another load balancer",
    "TargetGroupAssociationLimitException: more than one load balancer",
    api("CreateListener"),
    (aws) => {
      const other = { Name: "other", Subnets: [...aws.subnets], SecurityGroups: [aws.group] }
      const LoadBalancerArn = aws.run("CreateLoadBalancer", other).LoadBalancers?.[0]?.LoadBalancerArn
      return listen(aws, { LoadBalancerArn, DefaultActions: [{ Type: "forward", TargetGroupArn: aws.targets }] })
    },
  ],
  [
    "a group in another network",
    "InvalidConfigurationRequestException: in a different VPC",
    "seen: a rule of a load balancer in another network",
    (aws) => {
      const far = { Name: "far", Protocol: "HTTP" as const, Port: 3000, VpcId: elsewhere(aws).vpc }
      const TargetGroupArn = aws.run("CreateTargetGroup", far).TargetGroups?.[0]?.TargetGroupArn
      return rule(aws, { Actions: [{ Type: "forward", TargetGroupArn }] })
    },
  ],
  [
    "a priority that is taken",
    "PriorityInUseException: '1'",
    api("CreateRule"),
    (aws) => {
      aws.run("CreateRule", { ListenerArn: aws.listener, Priority: 1, Conditions: path("/b"), Actions: answer })
      return rule(aws, {})
    },
  ],
  [
    "more rules than there may be",
    "TooManyRulesException: 0",
    quotas,
    (aws) => {
      aws.quotas.set("RulesPerApplicationLoadBalancer", 0)
      return rule(aws, {})
    },
  ],
  [
    "six values",
    "ValidationError: more than 5",
    quotas,
    (aws) => rule(aws, { Conditions: path("/a", "/b", "/c", "/d", "/e", "/f") }),
  ],
  [
    "a rule that is not there",
    "RuleNotFoundException: not found",
    api("DeleteRule"),
    (aws) => aws.refused("DeleteRule", { RuleArn: gone("listener-rule/app") }),
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

provesRefusals(new URL("../../../../src/sandbox/services/elbv2/", import.meta.url), rows, ground)
