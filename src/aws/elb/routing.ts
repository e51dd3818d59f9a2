import {
  type Action,
  CreateRuleCommand,
  DeleteRuleCommand,
  ModifyRuleCommand,
  paginateDescribeRules,
  type Rule,
  type RuleCondition,
} from "@aws-sdk/client-elastic-load-balancing-v2"
import { alreadyGone, alreadyThere } from "../already.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"
import type { Tag } from "../tags.ts"

/** What a listener does with a request that no rule knows: `forward ARN`, `redirect https:443` or `answer 404`. */
export type Reaction = `forward ${string}` | `redirect ${string}` | `answer ${string}` | `other ${string}`

/** A rule, as far as we make such: requests for these hosts, to these paths, go there. */
export interface RoutingRule {
  readonly priority: number
  readonly hosts: readonly string[]
  readonly paths: readonly string[]
  readonly to: Reaction
}

export function reactionOf([action]: readonly Action[]): Reaction {
  const { Type, TargetGroupArn, ForwardConfig, RedirectConfig, FixedResponseConfig } = action ?? {}
  const [group, another] = ForwardConfig?.TargetGroups ?? []
  if (Type === "forward" && !another) return `forward ${TargetGroupArn ?? group?.TargetGroupArn ?? ""}`
  const { Protocol, Port, Host, Path, Query, StatusCode } = RedirectConfig ?? {}
  const plain = Host === "#{host}" && Path === "/#{path}" && Query === "#{query}" && StatusCode === "HTTP_301"
  if (Type === "redirect" && plain) return `redirect ${Protocol?.toLowerCase()}:${Port}`
  if (Type === "fixed-response") return `answer ${FixedResponseConfig?.StatusCode ?? ""}`
  return `other ${JSON.stringify(action)}`
}

export function actionFor(reaction: Reaction): Action[] {
  const [verb, what = ""] = reaction.split(/ (.*)/s)
  if (verb === "forward") return [{ Type: "forward", TargetGroupArn: what }]
  if (verb === "redirect") {
    const [protocol = "", Port] = what.split(":")
    const RedirectConfig = { Protocol: protocol.toUpperCase(), Port, StatusCode: "HTTP_301" } as const
    const unchanged = { Host: "#{host}", Path: "/#{path}", Query: "#{query}" }
    return [{ Type: "redirect", RedirectConfig: { ...RedirectConfig, ...unchanged } }]
  }
  const FixedResponseConfig = { StatusCode: what, ContentType: "text/plain", MessageBody: "" }
  return [{ Type: "fixed-response", FixedResponseConfig }]
}

/** The listener's rules but its default one, which is its own. */
export async function rulesOf(ctx: Cloud, ListenerArn: string): Promise<readonly RoutingRule[]> {
  return (await described(ctx, ListenerArn)).map(ruleOf).toSorted((a, b) => a.priority - b.priority)
}

/** Makes these the listener's rules; what somebody added goes. Safe to repeat. */
export async function setRules(
  ctx: Cloud,
  ListenerArn: string,
  want: readonly RoutingRule[],
  Tags: readonly Tag[],
): Promise<void> {
  const there = new Map((await described(ctx, ListenerArn)).map((rule) => [Number(rule.Priority), rule]))
  for (const rule of want) {
    const { priority: Priority, to } = rule
    const asked = { Conditions: conditionsFor(rule), Actions: actionFor(to) }
    const known = there.get(Priority)
    if (!known)
      await alreadyThere(ctx.elb.send(new CreateRuleCommand({ ListenerArn, Priority, ...asked, Tags: [...Tags] })))
    else if (JSON.stringify(ruleOf(known)) !== JSON.stringify(rule))
      await ctx.elb.send(new ModifyRuleCommand({ RuleArn: known.RuleArn, ...asked }))
  }
  const wanted = new Set(want.map(({ priority }) => priority))
  for (const [priority, { RuleArn }] of there)
    if (!wanted.has(priority)) await alreadyGone(ctx.elb.send(new DeleteRuleCommand({ RuleArn })))
}

async function described(ctx: Cloud, ListenerArn: string): Promise<readonly Rule[]> {
  const rules = await everyItem(paginateDescribeRules({ client: ctx.elb }, { ListenerArn }), (page) => page.Rules)
  return rules.filter(({ IsDefault }) => !IsDefault)
}

function ruleOf({ Priority, Conditions = [], Actions = [] }: Rule): RoutingRule {
  const other = Conditions.some(({ Field }) => Field !== "host-header" && Field !== "path-pattern")
  return {
    priority: Number(Priority),
    hosts: Conditions.flatMap((one) => valuesOf(one, "host-header")),
    paths: Conditions.flatMap((one) => valuesOf(one, "path-pattern")),
    // What looks for more than we ever ask for is another rule than ours.
    to: other ? `other ${JSON.stringify(Conditions)}` : reactionOf(Actions),
  }
}

const valuesOf = ({ Field, Values, HostHeaderConfig, PathPatternConfig }: RuleCondition, field: string) =>
  Field === field ? (HostHeaderConfig?.Values ?? PathPatternConfig?.Values ?? Values ?? []) : []

const conditionsFor = ({ hosts, paths }: RoutingRule): RuleCondition[] => [
  ...(hosts.length > 0 ? [{ Field: "host-header", HostHeaderConfig: { Values: [...hosts] } }] : []),
  ...(paths.length > 0 ? [{ Field: "path-pattern", PathPatternConfig: { Values: [...paths] } }] : []),
]
