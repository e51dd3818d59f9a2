import type * as elb from "@aws-sdk/client-elastic-load-balancing-v2"
import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { given } from "../given.ts"
import { regional } from "../regional.ts"
import type { Tag } from "../tags.ts"

/** What all of these have: they are known by their ARN. */
interface Resource {
  readonly arn: string
  readonly tags: readonly Tag[]
}

export interface LoadBalancerRecord extends Resource {
  readonly name: string
  readonly scheme: "internet-facing" | "internal"
  readonly vpcId: string
  readonly subnetIds: readonly string[]
  readonly groupIds: readonly string[]
  readonly interfaceIds: readonly string[]
  readonly created: number
  readonly attributes: Readonly<Record<string, string>>
}

export interface HealthCheck {
  readonly protocol: elb.ProtocolEnum
  readonly port: string
  readonly path: string
  readonly interval: number
  readonly timeout: number
  readonly healthy: number
  readonly unhealthy: number
  readonly codes: string
}

export interface TargetGroupRecord extends Resource {
  readonly name: string
  readonly protocol: elb.ProtocolEnum
  readonly port: number
  readonly vpcId: string
  readonly check: HealthCheck
  readonly attributes: Readonly<Record<string, string>>
  readonly targets: readonly TargetRecord[]
}

export interface TargetRecord {
  readonly id: string
  readonly port: number
  readonly since: number
  /** When it began to leave; it is gone when its connections had their time. */
  readonly leaving?: number | undefined
}

/** Actions and conditions are kept as they were asked for. */
export interface ListenerRecord extends Resource {
  readonly loadBalancer: string
  readonly port: number
  readonly protocol: "HTTP" | "HTTPS"
  readonly policy?: string | undefined
  readonly certificate?: string | undefined
  readonly actions: readonly elb.Action[]
}

export interface RuleRecord extends Resource {
  readonly listener: string
  readonly priority: number
  readonly conditions: readonly elb.RuleCondition[]
  readonly actions: readonly elb.Action[]
}

export const loadBalancers = (call: Call): Table<LoadBalancerRecord> => regional(call, "elbv2/load-balancer")
export const targetGroups = (call: Call): Table<TargetGroupRecord> => regional(call, "elbv2/target-group")
export const listeners = (call: Call): Table<ListenerRecord> => regional(call, "elbv2/listener")
export const rules = (call: Call): Table<RuleRecord> => regional(call, "elbv2/rule")

export const loadBalancerOf = (call: Call, arn: string | undefined): LoadBalancerRecord => {
  const wanted = shaped(given(arn, "loadBalancerArn"), "loadbalancer/")
  const found = loadBalancers(call).get(wanted)
  if (!found) throw new Refusal("LoadBalancerNotFoundException", `Load balancer '${wanted}' not found`)
  return found
}

export const targetGroupOf = (call: Call, arn: string | undefined): TargetGroupRecord => {
  const wanted = shaped(given(arn, "targetGroupArn"), "targetgroup/")
  const found = targetGroups(call).get(wanted)
  if (!found) throw new Refusal("TargetGroupNotFoundException", `Target group '${wanted}' not found`)
  return found
}

export const listenerOf = (call: Call, arn: string | undefined): ListenerRecord => {
  const wanted = shaped(given(arn, "listenerArn"), "listener/")
  const found = listeners(call).get(wanted)
  if (!found) throw new Refusal("ListenerNotFoundException", `Listener '${wanted}' not found`)
  return found
}

export const ruleOf = (call: Call, arn: string | undefined): RuleRecord => {
  const wanted = shaped(given(arn, "ruleArn"), "listener-rule/")
  const found = rules(call).get(wanted)
  if (!found) throw new Refusal("RuleNotFoundException", `Rule '${wanted}' not found`)
  return found
}

/** `resource` is what stands behind the account, as in `targetgroup/name/73e2d6bc24d8a067`. */
export const arnOf = (call: Call, resource: string): string =>
  `arn:${call.partition}:elasticloadbalancing:${call.region}:${call.account}:${resource}`

/** Sixteen digits that no other thing has. */
export const newId = (call: Call): string => call.id("elb").slice(-16)

const shaped = (arn: string, resource: string): string => {
  if (/^arn:aws:elasticloadbalancing:/.test(arn) && arn.split(":")[5]?.startsWith(resource)) return arn
  throw new Refusal("ValidationError", `'${arn}' is not a valid ${resource.replace("/", "")} ARN`)
}
