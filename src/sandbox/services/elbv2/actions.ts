import type * as elb from "@aws-sdk/client-elastic-load-balancing-v2"
import { type Call, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { notServed, refuseUnserved, serveOnly } from "../unserved.ts"
import { type ListenerRecord, listeners, loadBalancerOf, rules, targetGroupOf } from "./records.ts"

type Listening = Pick<ListenerRecord, "loadBalancer">

/** One action, of the kinds that are served; its target group is near, and no other load balancer uses it. */
export const checkedActions = (
  call: Call,
  asked: readonly elb.Action[] | undefined,
  on: Listening,
): readonly elb.Action[] => {
  const actions = given(asked, "actions")
  const [action] = actions
  if (!action) throw new Refusal("ValidationError", "At least one action must be specified")
  if (actions.length > 1) throw new Refusal("TooManyActionsException", "Only one action can be specified")
  return [checked(call, action, on)]
}

/** The load balancers whose listeners or rules forward to it. */
export const loadBalancersUsing = (call: Call, group: string): readonly string[] => {
  const direct = listeners(call)
    .all()
    .filter(({ actions }) => forwardsTo(actions, group))
  const ruled = rules(call)
    .all()
    .filter(({ actions }) => forwardsTo(actions, group))
    .flatMap(({ listener }) => listeners(call).get(listener) ?? [])
  return [...new Set([...direct, ...ruled].map(({ loadBalancer }) => loadBalancer))]
}

const forwardsTo = (actions: readonly elb.Action[], group: string) =>
  actions.some(({ TargetGroupArn }) => TargetGroupArn === group)

const checked = (call: Call, action: elb.Action, on: Listening): elb.Action => {
  const { Type: type, Order, RedirectConfig: redirect, FixedResponseConfig: fixed } = action
  const members = type && own[type]
  if (!members) throw notServed(`actions of the type ${type}`)
  serveOnly(`an action of the type ${type}`, action, ["Type", "Order", ...members])
  const order = Order === undefined ? {} : { Order }
  if (type === "redirect") return { ...redirected(redirect), ...order }
  if (type === "fixed-response") return { ...answered(fixed), ...order }
  return { ...forward(call, action, on), ...order }
}

/** What an action of each type says besides. */
const own: Partial<Record<elb.ActionTypeEnum, readonly (keyof elb.Action)[]>> = {
  forward: ["TargetGroupArn", "ForwardConfig"],
  redirect: ["RedirectConfig"],
  "fixed-response": ["FixedResponseConfig"],
}

const forward = (call: Call, { TargetGroupArn, ForwardConfig }: elb.Action, on: Listening): elb.Action => {
  const groups = ForwardConfig?.TargetGroups ?? []
  if (groups.length > 1) throw notServed("forwarding to several target groups")
  refuseUnserved(ForwardConfig?.TargetGroupStickinessConfig ?? {}, ["Enabled", "DurationSeconds"])
  const { arn, vpcId } = targetGroupOf(call, TargetGroupArn ?? groups[0]?.TargetGroupArn)
  if (vpcId !== loadBalancerOf(call, on.loadBalancer).vpcId) {
    const message = `Target group '${arn}' is in a different VPC than load balancer '${on.loadBalancer}'`
    throw new Refusal("InvalidConfigurationRequestException", message)
  }
  if (loadBalancersUsing(call, arn).some((other) => other !== on.loadBalancer)) {
    const message = `The following target groups cannot be associated with more than one load balancer: ${arn}`
    throw new Refusal("TargetGroupAssociationLimitException", message)
  }
  // AWS answers with both spellings, whichever was asked for.
  const config = {
    TargetGroups: [{ TargetGroupArn: arn, Weight: groups[0]?.Weight ?? 1 }],
    TargetGroupStickinessConfig: { Enabled: false },
  }
  return { Type: "forward", TargetGroupArn: arn, ForwardConfig: config }
}

const redirected = (config: elb.RedirectActionConfig | undefined): elb.Action => {
  if (!config) throw new Refusal("ValidationError", "A redirect configuration must be specified")
  const { Protocol, Port, Host, Path, Query, StatusCode } = config
  const target = {
    Protocol: Protocol ?? unchanged.Protocol,
    Port: Port ?? unchanged.Port,
    Host: Host ?? unchanged.Host,
    Path: Path ?? unchanged.Path,
  }
  if (JSON.stringify(target) === JSON.stringify(unchanged)) {
    const message = "The redirect configuration is not valid because it creates a loop"
    throw new Refusal("InvalidLoadBalancerActionException", message)
  }
  const whole = { ...target, Query: Query ?? "#{query}", StatusCode: given(StatusCode, "statusCode") }
  return { Type: "redirect", RedirectConfig: whole }
}

const unchanged = { Protocol: "#{protocol}", Port: "#{port}", Host: "#{host}", Path: "/#{path}" }

const answered = (config: elb.FixedResponseActionConfig | undefined): elb.Action => {
  if (!/^[245]\d\d$/.test(config?.StatusCode ?? "")) {
    throw new Refusal("ValidationError", `The status code '${config?.StatusCode}' is not valid`)
  }
  return { Type: "fixed-response", FixedResponseConfig: defined(config ?? {}) as elb.FixedResponseActionConfig }
}

/** What JSON would lose anyway. */
const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
