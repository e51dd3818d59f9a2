import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  type LoadBalancer as Described,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  ModifyLoadBalancerAttributesCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2"
import { arn, onAnything } from "../aws/allow.ts"
import type { Cloud } from "../aws/cloud.ts"
import { asked, attributesIn } from "../aws/elb/attributes.ts"
import { longestName, ourLoadBalancers, withTags } from "../aws/elb/ours.ts"
import type { GatewayId, GroupId, SubnetId } from "../aws/ids.ts"
import { listed } from "../aws/listed.ts"
import { nameFor } from "../aws/names.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Phase, Scope } from "../engine/types.ts"
import { NotFound } from "../errors.ts"

export interface LoadBalancer {
  /** Its ARN. */
  readonly id: string
  readonly loadBalancerName: string
  readonly dnsName: string
  /** The zone of AWS's own that its name is in, which an alias must name. */
  readonly zoneId: string
  readonly scheme: string
  readonly vpcId: string
  readonly subnetIds: readonly string[]
  readonly groupIds: readonly string[]
  readonly attributes: Readonly<Record<string, string>>
}

export interface LoadBalancerWish {
  readonly scope: Scope
  readonly name: string
  readonly subnets: readonly Need<{ readonly id: SubnetId; readonly vpcId: string }>[]
  readonly group: Need<{ readonly id: GroupId }>
  /** AWS makes none in a network without a way in. */
  readonly gateway: Need<{ readonly id: GatewayId }>
  readonly logs: Need<{ readonly bucket: string }>
}

export const loadBalancer = ({ scope, name, subnets, group, gateway, logs }: LoadBalancerWish) => {
  const loadBalancerName = nameFor(scope, name, longestName)
  return step({
    kind: loadBalancerKind,
    name,
    scope,
    needs: { subnets, group, gateway, logs },
    rooted: ["subnets"],
    spec: { loadBalancerName, scheme: "internet-facing" },
    links: ({ subnets, group, logs }) => ({
      vpcId: subnets[0]?.vpcId ?? "",
      subnetIds: subnets.map(({ id }) => id).toSorted(),
      groupIds: [group.id],
      attributes: { ...attributes, "access_logs.s3.bucket": logs.bucket },
    }),
    async occupant(ctx) {
      try {
        const command = new DescribeLoadBalancersCommand({ Names: [loadBalancerName] })
        const { LoadBalancers = [] } = await ctx.elb.send(command)
        return LoadBalancers.map(liveOf)[0]
      } catch (error) {
        if (error instanceof NotFound) return undefined
        throw error
      }
    },
    async create(ctx, { subnets, group }, birth) {
      await ctx.elb.send(
        new CreateLoadBalancerCommand({
          Name: loadBalancerName,
          Type: "application",
          Scheme: "internet-facing",
          IpAddressType: "ipv4",
          Subnets: subnets.map(({ id }) => id),
          SecurityGroups: [group.id],
          Tags: birthTags(birth),
        }),
      )
    },
    async update(ctx, { id: LoadBalancerArn }, changes, { subnets, group, logs }) {
      const changed = new Set(changes.map(({ field }) => field))
      if (changed.has("subnetIds"))
        await ctx.elb.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: subnets.map(({ id }) => id) }))
      if (changed.has("groupIds"))
        await ctx.elb.send(new SetSecurityGroupsCommand({ LoadBalancerArn, SecurityGroups: [group.id] }))
      if (changed.has("attributes")) {
        const Attributes = asked({ ...attributes, "access_logs.s3.bucket": logs.bucket })
        await ctx.elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }))
      }
    },
  })
}

/** An answer of a trading system may take longer than a minute; a header that is none is no application's business. */
const attributes = {
  "access_logs.s3.bucket": "",
  "access_logs.s3.enabled": "true",
  "access_logs.s3.prefix": "",
  "deletion_protection.enabled": "false",
  "idle_timeout.timeout_seconds": "120",
  "routing.http.desync_mitigation_mode": "defensive",
  "routing.http.drop_invalid_header_fields.enabled": "true",
}

export const loadBalancerKind: CloudKind<LoadBalancer> = {
  name: "load-balancer",
  unique: "name",
  async list(ctx, scopes) {
    const found = await withTags(ctx, await ourLoadBalancers(ctx, scopes), (one) => one.LoadBalancerArn)
    return listed("load-balancer", found, (one) => ({ live: liveOf(one), phase: phaseOf(one) }))
  },
  async complete(ctx: Cloud, found) {
    const command = new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: found.live.id })
    const { Attributes } = await ctx.elb.send(command)
    return { ...found, live: { ...found.live, attributes: attributesIn(Object.keys(attributes), Attributes) } }
  },
  completes: 1,
  async destroy(ctx, { id: LoadBalancerArn }) {
    await ctx.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }))
    return undefined
  },
  before: ["listener"],
  fixed: ["loadBalancerName", "scheme", "vpcId"],
  blank: {
    id: "",
    loadBalancerName: "",
    dnsName: "",
    zoneId: "",
    scheme: "",
    vpcId: "",
    subnetIds: [],
    groupIds: [],
    attributes: {},
  },
  allow: [
    onAnything(
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeTags",
      // Asked of whoever makes the first one of an account, together with its service-linked role.
      "ec2:DescribeAccountAttributes",
    ),
    {
      action: [
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
        "elasticloadbalancing:DeleteLoadBalancer",
      ],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
      resource: arn("elasticloadbalancing", "loadbalancer/app/smart0dte-${scope}-*"),
    },
    {
      action: "iam:CreateServiceLinkedRole",
      resource: "*",
      when: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    },
  ],
  price: ({ subnetIds }) => [
    { sku: "elb/application", units: 1 },
    { sku: "vpc/public-ipv4", units: subnetIds.length },
  ],
  usually: { create: 147, update: 3, destroy: 5 },
}

function phaseOf({ State }: Described): Phase {
  if (State?.Code === "failed") return { failed: State.Reason ?? "AWS gives no reason" }
  return State?.Code === "provisioning" ? "pending" : "ready"
}

const liveOf = (one: Described): LoadBalancer => ({
  id: one.LoadBalancerArn ?? "",
  loadBalancerName: one.LoadBalancerName ?? "",
  dnsName: one.DNSName ?? "",
  zoneId: one.CanonicalHostedZoneId ?? "",
  scheme: one.Scheme ?? "",
  vpcId: one.VpcId ?? "",
  subnetIds: (one.AvailabilityZones ?? []).map(({ SubnetId = "" }) => SubnetId).toSorted(),
  groupIds: [...(one.SecurityGroups ?? [])].toSorted(),
  attributes: {},
})
