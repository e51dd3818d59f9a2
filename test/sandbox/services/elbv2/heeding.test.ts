import { expect, test } from "vitest"
import { elbv2 } from "../../../../src/sandbox/services/elbv2/index.ts"
import { unheeded } from "../heeding.ts"
import { answer, type Ground, ground, path } from "./ground.ts"

const tags = [{ Key: "a", Value: "b" }]
const check = { HealthCheckPath: "/up", Matcher: { HttpCode: "200" } }
const redirect = [{ Type: "redirect" as const, RedirectConfig: { StatusCode: "HTTP_301" as const, Port: "443" } }]
const forward = ({ targets }: Ground) => [
  { Type: "forward", ForwardConfig: { TargetGroups: [{ TargetGroupArn: targets }], TargetGroupStickinessConfig: {} } },
]
const both = [
  { Field: "path-pattern", PathPatternConfig: { Values: ["/a"] } },
  { Field: "host-header", HostHeaderConfig: { Values: ["a.example.com"] } },
]
const madeRule = (aws: Ground) => {
  const wanted = { ListenerArn: aws.listener, Priority: 7, Conditions: path("/x"), Actions: answer }
  return aws.run("CreateRule", wanted).Rules?.[0]?.RuleArn
}
const attribute = (Key: string, Value: string) => ({ Attributes: [{ Key, Value }] })

type Operation = Parameters<Ground["run"]>[0]

const goesThrough: readonly (readonly [Operation, (aws: Ground) => object])[] = [
  ["AddTags", ({ listener }) => ({ ResourceArns: [listener], Tags: tags })],
  ["CreateListener", ({ balancer }) => listening(balancer, 81, answer)],
  ["CreateListener", ({ balancer }) => listening(balancer, 82, redirect)],
  ["CreateListener", (aws) => listening(aws.balancer, 83, forward(aws))],
  [
    "CreateLoadBalancer",
    ({ subnets, group }) => ({ Name: "other", Subnets: [...subnets], SecurityGroups: [group], Tags: tags }),
  ],
  [
    "CreateRule",
    (aws) => ({ ListenerArn: aws.listener, Priority: 1, Conditions: both, Actions: forward(aws), Tags: tags }),
  ],
  ["CreateTargetGroup", ({ vpc }) => ({ Name: "more", Protocol: "HTTP", Port: 80, VpcId: vpc, ...check, Tags: tags })],
  ["DeleteListener", ({ listener }) => ({ ListenerArn: listener })],
  ["DeleteLoadBalancer", ({ balancer }) => ({ LoadBalancerArn: balancer })],
  ["DeleteRule", (aws) => ({ RuleArn: madeRule(aws) })],
  ["DeleteTargetGroup", (aws) => ({ TargetGroupArn: unused(aws) })],
  ["DeregisterTargets", ({ targets, node }) => ({ TargetGroupArn: targets, Targets: [{ Id: node, Port: 3000 }] })],
  ["DescribeListeners", ({ listener }) => ({ ListenerArns: [listener] })],
  ["DescribeLoadBalancerAttributes", ({ balancer }) => ({ LoadBalancerArn: balancer })],
  ["DescribeLoadBalancers", ({ balancer }) => ({ LoadBalancerArns: [balancer] })],
  ["DescribeRules", (aws) => ({ RuleArns: [madeRule(aws)] })],
  ["DescribeTags", ({ balancer }) => ({ ResourceArns: [balancer] })],
  ["DescribeTargetGroupAttributes", ({ targets }) => ({ TargetGroupArn: targets })],
  ["DescribeTargetGroups", ({ balancer }) => ({ LoadBalancerArn: balancer })],
  ["DescribeTargetHealth", ({ targets, node }) => ({ TargetGroupArn: targets, Targets: [{ Id: node }] })],
  ["ModifyListener", ({ listener }) => ({ ListenerArn: listener, DefaultActions: redirect })],
  [
    "ModifyLoadBalancerAttributes",
    ({ balancer }) => ({ LoadBalancerArn: balancer, ...attribute("idle_timeout.timeout_seconds", "70") }),
  ],
  ["ModifyRule", (aws) => ({ RuleArn: madeRule(aws), Conditions: both, Actions: redirect })],
  ["ModifyTargetGroup", ({ targets }) => ({ TargetGroupArn: targets, ...check })],
  [
    "ModifyTargetGroupAttributes",
    ({ targets }) => ({ TargetGroupArn: targets, ...attribute("slow_start.duration_seconds", "30") }),
  ],
  ["RegisterTargets", ({ targets, node }) => ({ TargetGroupArn: targets, Targets: [{ Id: node, Port: 3000 }] })],
  ["RemoveTags", ({ balancer }) => ({ ResourceArns: [balancer], TagKeys: ["a"] })],
  ["SetRulePriorities", (aws) => ({ RulePriorities: [{ RuleArn: madeRule(aws), Priority: 9 }] })],
  ["SetSecurityGroups", ({ balancer, group }) => ({ LoadBalancerArn: balancer, SecurityGroups: [group] })],
  ["SetSubnets", ({ balancer, subnets }) => ({ LoadBalancerArn: balancer, Subnets: [...subnets] })],
]

const listening = (LoadBalancerArn: string, Port: number, DefaultActions: object) => ({
  LoadBalancerArn,
  Port,
  Protocol: "HTTP",
  DefaultActions,
  Tags: tags,
})

const unused = (aws: Ground) => {
  const wanted = { Name: "unused", Protocol: "HTTP" as const, Port: 80, VpcId: aws.vpc }
  return aws.run("CreateTargetGroup", wanted).TargetGroups?.[0]?.TargetGroupArn
}

test.each(goesThrough)("%s heeds all that a caller can say", (name, wanted) => {
  const aws = ground()
  // One operation's input after another: their types have nothing in common.
  expect(unheeded(elbv2, name, wanted(aws), (watched) => aws.run(name, watched as never))).toEqual([])
})

test("the place of an action is kept", () => {
  const aws = ground()
  const DefaultActions = [{ Type: "forward" as const, TargetGroupArn: aws.targets, Order: 5 }]
  const { Listeners: [changed] = [] } = aws.run("ModifyListener", { ListenerArn: aws.listener, DefaultActions })
  expect(changed?.DefaultActions?.[0]).toMatchObject({ TargetGroupArn: aws.targets, Order: 5 })
})

test("every operation that is served is among them", () => {
  expect([...new Set(goesThrough.map(([name]) => name))].sort()).toEqual(Object.keys(elbv2.handlers).sort())
})
