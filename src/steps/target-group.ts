import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  type TargetGroup as Described,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2"
import { arn, onAnything } from "../aws/allow.ts"
import type { Cloud } from "../aws/cloud.ts"
import { asked, attributesIn } from "../aws/elb/attributes.ts"
import { longestName, ourTargetGroups, withTags } from "../aws/elb/ours.ts"
import type { InstanceId, VpcId } from "../aws/ids.ts"
import { listed } from "../aws/listed.ts"
import { nameFor } from "../aws/names.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"
import { NotFound } from "../errors.ts"

/** What a target must answer to be thought well. */
export interface TargetHealth {
  readonly path: string
  readonly codes: string
  readonly interval: number
  readonly timeout: number
  readonly healthy: number
  readonly unhealthy: number
}

export interface TargetGroup {
  /** Its ARN. */
  readonly id: string
  readonly targetGroupName: string
  readonly protocol: string
  readonly port: number
  readonly vpcId: string
  readonly health: TargetHealth
  readonly attributes: Readonly<Record<string, string>>
  /** Instances that get traffic; those on their way out are none any more. */
  readonly targets: readonly string[]
}

export interface TargetGroupWish {
  readonly scope: Scope
  readonly name: string
  readonly vpc: Need<{ readonly id: VpcId }>
  readonly port: number
  readonly path: string
  readonly codes: string
  readonly instance: Need<{ readonly id: InstanceId }>
}

export const targetGroup = ({ scope, name, vpc, port, path, codes, instance }: TargetGroupWish) => {
  const targetGroupName = nameFor(scope, name, longestName)
  const health = { path, codes, ...often }
  return step({
    kind: targetGroupKind,
    name,
    scope,
    needs: { vpc, instance },
    spec: { targetGroupName, protocol: "HTTP", port, health, attributes },
    links: ({ vpc, instance }) => ({ vpcId: vpc.id, targets: [instance.id] }),
    async occupant(ctx) {
      try {
        const command = new DescribeTargetGroupsCommand({ Names: [targetGroupName] })
        const { TargetGroups = [] } = await ctx.elb.send(command)
        return TargetGroups.map(liveOf)[0]
      } catch (error) {
        if (error instanceof NotFound) return undefined
        throw error
      }
    },
    async create(ctx, { vpc }, birth) {
      const own = {
        Name: targetGroupName,
        Protocol: "HTTP",
        Port: port,
        VpcId: vpc.id,
        TargetType: "instance",
      } as const
      await ctx.elb.send(new CreateTargetGroupCommand({ ...own, ...askedHealth(health), Tags: birthTags(birth) }))
    },
    async update(ctx, { id: TargetGroupArn, targets }, changes, { instance }) {
      const changed = new Set(changes.map(({ field }) => field))
      if (changed.has("health"))
        await ctx.elb.send(new ModifyTargetGroupCommand({ TargetGroupArn, ...askedHealth(health) }))
      if (changed.has("attributes")) {
        const Attributes = asked(attributes)
        await ctx.elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes }))
      }
      if (!changed.has("targets")) return
      await ctx.elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: instance.id }] }))
      const Targets = targets.filter((id) => id !== instance.id).map((Id) => ({ Id }))
      if (Targets.length > 0) await ctx.elb.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }))
    },
  })
}

/** Ten seconds tell that a service is down, and ten that it is back. */
const often = { interval: 5, timeout: 4, healthy: 2, unhealthy: 2 }

const attributes = { "deregistration_delay.timeout_seconds": "10" }

export const targetGroupKind: CloudKind<TargetGroup> = {
  name: "target-group",
  unique: "name",
  async list(ctx, scopes) {
    const found = await withTags(ctx, await ourTargetGroups(ctx, scopes), (one) => one.TargetGroupArn)
    return listed("target-group", found, (one) => ({ live: liveOf(one), phase: "ready" }))
  },
  async complete(ctx: Cloud, found) {
    const which = { TargetGroupArn: found.live.id }
    const [{ Attributes }, { TargetHealthDescriptions = [] }] = await Promise.all([
      ctx.elb.send(new DescribeTargetGroupAttributesCommand(which)),
      ctx.elb.send(new DescribeTargetHealthCommand(which)),
    ])
    const targets = TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State !== "draining")
      .map(({ Target }) => Target?.Id ?? "")
      .toSorted()
    return { ...found, live: { ...found.live, attributes: attributesIn(Object.keys(attributes), Attributes), targets } }
  },
  completes: 2,
  async destroy(ctx, { id: TargetGroupArn }) {
    await ctx.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn }))
    return undefined
  },
  before: ["listener", "load-balancer"],
  fixed: ["targetGroupName", "protocol", "port", "vpcId"],
  blank: {
    id: "",
    targetGroupName: "",
    protocol: "HTTP",
    port: 0,
    vpcId: "",
    health: { path: "", codes: "", ...often },
    attributes,
    targets: [],
  },
  allow: [
    onAnything(
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "elasticloadbalancing:DescribeTargetHealth",
      "elasticloadbalancing:DescribeTags",
    ),
    {
      action: [
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:DeleteTargetGroup",
      ],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
      resource: arn("elasticloadbalancing", "targetgroup/smart0dte-${scope}-*"),
    },
  ],
  usually: { create: 2, update: 2, destroy: 2 },
}

const askedHealth = ({ path, codes, interval, timeout, healthy, unhealthy }: TargetHealth) => ({
  HealthCheckPath: path,
  Matcher: { HttpCode: codes },
  HealthCheckIntervalSeconds: interval,
  HealthCheckTimeoutSeconds: timeout,
  HealthyThresholdCount: healthy,
  UnhealthyThresholdCount: unhealthy,
})

const liveOf = (one: Described): TargetGroup => ({
  id: one.TargetGroupArn ?? "",
  targetGroupName: one.TargetGroupName ?? "",
  protocol: one.Protocol ?? "",
  port: one.Port ?? 0,
  vpcId: one.VpcId ?? "",
  health: {
    path: one.HealthCheckPath ?? "",
    codes: one.Matcher?.HttpCode ?? "",
    interval: one.HealthCheckIntervalSeconds ?? 0,
    timeout: one.HealthCheckTimeoutSeconds ?? 0,
    healthy: one.HealthyThresholdCount ?? 0,
    unhealthy: one.UnhealthyThresholdCount ?? 0,
  },
  attributes: {},
  targets: [],
})
