import type * as elb from "@aws-sdk/client-elastic-load-balancing-v2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { refuseUnserved } from "../unserved.ts"
import { checkedActions } from "./actions.ts"
import { checkedConditions } from "./conditions.ts"
import { pageOf } from "./pages.ts"
import { arnOf, listenerOf, newId, type RuleRecord, ruleOf, rules } from "./records.ts"
import { withTags } from "./tags.ts"

export const ruleHandlers = handlers<typeof elb>()({
  CreateRule(input, call) {
    refuseUnserved(input, ["Transforms"])
    const listener = listenerOf(call, input.ListenerArn)
    const priority = given(input.Priority, "priority")
    const others = rulesOn(call, listener.arn)
    if (others.some((rule) => rule.priority === priority)) throw taken(priority)
    const limit = call.quota("RulesPerApplicationLoadBalancer", 100)
    if (others.length >= limit) {
      throw new Refusal("TooManyRulesException", `The maximum number of rules has been reached: ${limit}`)
    }
    const rule: RuleRecord = {
      arn: arnOf(call, `listener-rule/${listener.arn.split("listener/")[1]}/${newId(call)}`),
      listener: listener.arn,
      priority,
      conditions: checkedConditions(given(input.Conditions, "conditions")),
      actions: checkedActions(call, input.Actions, listener),
      tags: withTags([], input.Tags),
    }
    rules(call).put(rule.arn, rule)
    return { Rules: [view(rule)] }
  },

  DescribeRules(input, call) {
    if (!input.ListenerArn && !input.RuleArns?.length) {
      throw new Refusal("ValidationError", "You must specify either listener rule ARNs or a listener ARN")
    }
    const { ListenerArn: listener, RuleArns: arns = [] } = input
    const all: readonly elb.Rule[] = listener ? rulesView(call, listener) : arns.map((arn) => view(ruleOf(call, arn)))
    const { items, NextMarker } = pageOf(all, order, input)
    return { Rules: [...items], NextMarker }
  },

  ModifyRule(input, call) {
    refuseUnserved(input, ["Transforms", "ResetTransforms"])
    const rule = ruleOf(call, input.RuleArn)
    const next = {
      ...rule,
      conditions: input.Conditions ? checkedConditions(input.Conditions) : rule.conditions,
      actions: input.Actions ? checkedActions(call, input.Actions, listenerOf(call, rule.listener)) : rule.actions,
    }
    rules(call).put(rule.arn, next)
    return { Rules: [view(next)] }
  },

  SetRulePriorities(input, call) {
    const moved = given(input.RulePriorities, "rulePriorities").map(({ RuleArn, Priority }) => ({
      ...ruleOf(call, RuleArn),
      priority: given(Priority, "priority"),
    }))
    for (const { arn, listener, priority } of moved) {
      const there = rulesOn(call, listener).filter((rule) => !moved.some((one) => one.arn === rule.arn))
      const twice = moved.some((one) => one.arn !== arn && one.listener === listener && one.priority === priority)
      if (twice || there.some((rule) => rule.priority === priority)) throw taken(priority)
    }
    for (const rule of moved) rules(call).put(rule.arn, rule)
    return { Rules: moved.map(view) }
  },

  DeleteRule(input, call) {
    rules(call).delete(ruleOf(call, input.RuleArn).arn)
    return {}
  },
})

const rulesOn = (call: Call, listener: string): readonly RuleRecord[] =>
  rules(call)
    .all()
    .filter((rule) => rule.listener === listener)

/** The listener's default action is shown as its last rule, with an ARN of its own. */
const rulesView = (call: Call, arn: string): readonly elb.Rule[] => {
  const listener = listenerOf(call, arn)
  const last = {
    RuleArn: `${listener.arn.replace(":listener/", ":listener-rule/")}/${listener.arn.slice(-16)}`,
    Priority: "default",
    Conditions: [],
    Actions: [...listener.actions],
    IsDefault: true,
  }
  return [...rulesOn(call, listener.arn).map(view), last]
}

const order = ({ Priority = "" }: elb.Rule): string => (Priority === "default" ? "default" : Priority.padStart(5, "0"))

const view = (rule: RuleRecord): elb.Rule => ({
  RuleArn: rule.arn,
  Priority: String(rule.priority),
  Conditions: [...rule.conditions],
  Actions: [...rule.actions],
  IsDefault: false,
})

const taken = (priority: number): Refusal =>
  new Refusal("PriorityInUseException", `Priority '${priority}' is currently in use`)
