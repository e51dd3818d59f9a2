import { anything, both, linked, on, type Row, type Rows, taggedAt, want } from "./needs.ts"

const balancer = on("{LoadBalancerArn}")
const listener = on("{ListenerArn}")
const target = on("{TargetGroupArn}")
const rule = on("{RuleArn}")
const ADD = "elasticloadbalancing:AddTags"

/** What is born below something has its ARN, with another word in front. */
const bornBelow =
  (member: string, from: string, to: string): Row =>
  (ask) =>
    taggedAt(
      `{${member}}`,
      ADD,
    )({
      ...ask,
      input: { ...ask.input, [member]: `${String(ask.input[member]).replace(`:${from}/`, `:${to}/`)}/new` },
    })

const members: Row = (ask) =>
  [ask.input.RulePriorities ?? []].flat().flatMap((one) => {
    const { RuleArn } = Object(one)
    return typeof RuleArn === "string" ? [want(ask, RuleArn)] : []
  })

export const elbRows: Rows = {
  AddTags: on("{ResourceArns}"),
  CreateListener: both(balancer, bornBelow("LoadBalancerArn", "loadbalancer", "listener")),
  CreateLoadBalancer: both(
    on("loadbalancer/app/{Name}/new"),
    taggedAt("loadbalancer/app/{Name}/new", ADD),
    linked("elasticloadbalancing.amazonaws.com", "AWSServiceRoleForElasticLoadBalancing"),
  ),
  CreateRule: both(listener, bornBelow("ListenerArn", "listener", "listener-rule")),
  CreateTargetGroup: both(on("targetgroup/{Name}/new"), taggedAt("targetgroup/{Name}/new", ADD)),
  DeleteListener: listener,
  DeleteLoadBalancer: balancer,
  DeleteRule: rule,
  DeleteTargetGroup: target,
  DeregisterTargets: target,
  ModifyListener: listener,
  ModifyLoadBalancerAttributes: balancer,
  ModifyRule: rule,
  ModifyTargetGroup: target,
  ModifyTargetGroupAttributes: target,
  RegisterTargets: target,
  RemoveTags: on("{ResourceArns}"),
  SetRulePriorities: members,
  SetSecurityGroups: balancer,
  SetSubnets: balancer,
}

const certificate = on("{CertificateArn}")

export const acmRows: Rows = {
  AddTagsToCertificate: certificate,
  DeleteCertificate: certificate,
  DescribeCertificate: certificate,
  ListCertificates: anything(),
  ListTagsForCertificate: certificate,
  RemoveTagsFromCertificate: certificate,
  RequestCertificate: both(anything(), taggedAt("certificate/new", "acm:AddTagsToCertificate")),
}

/** Zones belong to no account's ARN and no region's. */
const zone: Row = (ask) => {
  const id = String(ask.input.HostedZoneId ?? ask.input.Id).replace(/^\/?\w+\//, "")
  return [want(ask, `arn:${ask.call.partition}:route53:::hostedzone/${id}`)]
}

export const route53Rows: Rows = {
  ChangeResourceRecordSets: zone,
  CreateHostedZone: anything(),
  DeleteHostedZone: zone,
  GetChange: (ask) => [
    want(ask, `arn:${ask.call.partition}:route53:::change/${String(ask.input.Id).replace(/^\/?change\//, "")}`),
  ],
  GetHostedZone: zone,
  ListHostedZones: anything(),
  ListHostedZonesByName: anything(),
  ListResourceRecordSets: zone,
}
