import { describe, expect, it } from "vitest"
import { limitOf } from "../../../src/aws/calls/limits.ts"
import { startPace } from "../../../src/aws/calls/pace.ts"
import { services } from "../../../src/sandbox/services/index.ts"
import { startThrottle } from "../../../src/sandbox/throttle.ts"
import { simulated } from "../sandboxed.ts"

describe("pacing", () => {
  it.each([
    ["CreateVpcEndpoint", 18, 47],
    ["AuthorizeSecurityGroupIngress", 120, 14],
    ["DescribeVpcs", 90, 0],
  ])("never lets %s be throttled, and hardly waits longer than AWS's own limit demands", async (name, count, floor) => {
    const clock = simulated()
    const pace = startPace(clock)
    const throttle = startThrottle()
    const ec2 = services().find((service) => service.signingName === "ec2")
    if (!ec2) throw new Error("the sandbox serves no ec2")
    const admitted = await Promise.all(
      Array.from({ length: count }, async () => {
        await pace({ service: "ec2", name })
        return throttle.admits(ec2, name, clock.now())
      }),
    )
    expect(admitted).not.toContain(false)
    expect(clock.now() / 1000).toBeGreaterThanOrEqual(floor - 1)
    expect(clock.now() / 1000).toBeLessThan(floor * 1.2 + 1)
  })

  it("gives each operation a bucket of its own", async () => {
    const clock = simulated()
    const pace = startPace(clock)
    await Promise.all(
      ["CreateVpcEndpoint", "DeleteVpcEndpoints", "CreateVpc"].map((name) => pace({ service: "ec2", name })),
    )
    expect(clock.now()).toBe(0)
  })
})

/** What the calls of a service are named by, after its client, where its signatures name it otherwise. */
const asCalled: Readonly<Record<string, string>> = {
  elasticloadbalancing: "elasticloadbalancingv2",
  monitoring: "cloudwatch",
  logs: "cloudwatchlogs",
  ce: "costexplorer",
}

describe("the limits", () => {
  it("are no higher than what the sandbox enforces, for all that it serves", () => {
    const higher = services().flatMap((service) =>
      Object.keys(service.handlers).filter((name) => {
        const [, size, perSecond] = service.limits.find(([pattern]) => pattern.test(name)) ?? [/^/, 0, 0]
        const ours = limitOf({ service: asCalled[service.signingName] ?? service.signingName, name })
        return ours.size > size || ours.perSecond > perSecond
      }),
    )
    expect(higher).toEqual([])
  })

  it("are gentle with a service of which nothing is known", () => {
    expect(limitOf({ service: "other", name: "PutThing" })).toEqual({ size: 10, perSecond: 5 })
  })
})
