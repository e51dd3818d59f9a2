import { certificates } from "../services/acm/records.ts"
import { anything, both, linked, on, type Row, type Rows, requestTags, taggedAt, want } from "./needs.ts"

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

const role = linked("elasticloadbalancing.amazonaws.com", "AWSServiceRoleForElasticLoadBalancing")

/** As long as that role is not there, load balancing looks at the account in the name of whoever asks. */
const firstOne: Row = (ask) => {
  const making = role(ask)
  return making.length === 0 ? [] : [...making, want(ask, "*", { action: "ec2:DescribeAccountAttributes" })]
}

const members: Row = (ask) =>
  [ask.input.RulePriorities ?? []].flat().flatMap((one) => {
    const { RuleArn } = Object(one)
    return typeof RuleArn === "string" ? [want(ask, RuleArn)] : []
  })

export const elbRows: Rows = {
  AddTags: on("{ResourceArns}"),
  CreateListener: both(balancer, bornBelow("LoadBalancerArn", "loadbalancer", "listener")),
  CreateLoadBalancer: both(on("loadbalancer/app/{Name}/new"), taggedAt("loadbalancer/app/{Name}/new", ADD), firstOne),
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

const certificate: Row = (ask) => {
  const arn = String(ask.input.CertificateArn)
  return [want(ask, arn, { tags: certificates(ask.call).get(arn)?.tags ?? [] })]
}

/** What is on it, and what is to be. */
const certificateTags: Row = (ask) => {
  const tags = Array.isArray(ask.input.Tags) ? ask.input.Tags : []
  return certificate(ask).map((one) => ({ ...one, context: { ...one.context, ...requestTags(tags) } }))
}

export const acmRows: Rows = {
  AddTagsToCertificate: certificateTags,
  DeleteCertificate: certificate,
  DescribeCertificate: certificate,
  ListCertificates: anything(),
  ListTagsForCertificate: certificate,
  RemoveTagsFromCertificate: certificateTags,
  RequestCertificate: both(anything(), taggedAt("certificate/new", "acm:AddTagsToCertificate")),
}

/** Zones belong to no account's ARN and no region's. */
const zone: Row = (ask) => {
  const id = String(ask.input.HostedZoneId ?? ask.input.Id).replace(/^\/?\w+\//, "")
  return [want(ask, `arn:${ask.call.partition}:route53:::hostedzone/${id}`)]
}

/** What is changed can be asked for: of which types, and in which way. */
const changes: Row = (ask) => {
  const { Changes } = Object(ask.input.ChangeBatch)
  const all = (Array.isArray(Changes) ? Changes : []).map((one) => Object(one))
  const context = {
    "route53:ChangeResourceRecordSetsActions": all.map(({ Action }) => String(Action)),
    "route53:ChangeResourceRecordSetsRecordTypes": all.map(({ ResourceRecordSet }) =>
      String(Object(ResourceRecordSet).Type),
    ),
  }
  return zone(ask).map((one) => ({ ...one, context }))
}

export const route53Rows: Rows = {
  ChangeResourceRecordSets: changes,
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
