import {
  CreateRuleCommand,
  DeleteListenerCommand,
  DeleteRuleCommand,
  DescribeRulesCommand,
  ModifyListenerCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2"
import { describe, expect, it } from "vitest"
import { listener } from "../../src/steps/listener.ts"
import { bench } from "./bench.ts"
import { balancer, group3000, group8000 } from "./front.ts"
import { scope } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const web = listener({
  scope,
  name: "web",
  loadBalancer: balancer,
  port: 3000,
  routes: [{ paths: ["/api/*", "/health"], to: group8000 }],
  otherwise: group3000,
})
const redirect = listener({
  scope,
  name: "http",
  loadBalancer: balancer,
  port: 80,
  routes: [],
  otherwise: "redirect https:443",
})

const rulesOf = async (id: string) =>
  (await on.cloud.elb.send(new DescribeRulesCommand({ ListenerArn: id }))).Rules ?? []

const answer = {
  Type: "fixed-response" as const,
  FixedResponseConfig: { StatusCode: "200", ContentType: "text/plain", MessageBody: "hello" },
}

describe("a listener", () => {
  it("has its rules, in their order, and goes on to the frontend with the rest", async () => {
    await on.make(web, redirect)
    expect(await on.live(web)).toMatchObject({
      port: 3000,
      protocol: "HTTP",
      certificate: "",
      otherwise: `forward ${(await on.live(group3000)).id}`,
      rules: [
        { priority: 10, hosts: [], paths: ["/api/*", "/health"], to: `forward ${(await on.live(group8000)).id}` },
      ],
    })
    expect(await on.live(redirect)).toMatchObject({ otherwise: "redirect https:443", rules: [] })
    for (const one of [web, redirect]) expect((await on.see(one)).state).toBe("same")
  })

  seesAndRepairs(
    on,
    () => web,
    {
      otherwise: ({ elb }, { id }) =>
        elb.send(new ModifyListenerCommand({ ListenerArn: id, DefaultActions: [answer] })),
      rules: ({ elb }, { id }) => {
        const Conditions = [{ Field: "path-pattern", Values: ["/door"] }]
        return elb.send(new CreateRuleCommand({ ListenerArn: id, Priority: 5, Conditions, Actions: [answer] }))
      },
    },
    ["port", "protocol", "tlsPolicy", "loadBalancer", "certificate"],
  )

  it("gets back a rule that somebody removed or changed", async () => {
    const { id } = await on.live(web)
    const [rule] = await rulesOf(id)
    await on.cloud.elb.send(new DeleteRuleCommand({ RuleArn: rule?.RuleArn }))
    await on.make(web)
    const [again] = await rulesOf(id)
    expect(again).toMatchObject({ Priority: "10", Conditions: rule?.Conditions, Actions: rule?.Actions })
    expect(again?.RuleArn).not.toBe(rule?.RuleArn)
  })

  it("is made again when somebody deleted it", async () => {
    const { id } = await on.live(web)
    await on.cloud.elb.send(new DeleteListenerCommand({ ListenerArn: id }))
    expect((await on.see(web)).state).toBe("missing")
    await on.make(web)
    expect((await on.live(web)).rules).toHaveLength(1)
  })
})
