import {
  DeregisterTargetsCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2"
import { describe, expect, it } from "vitest"
import { bench } from "./bench.ts"
import { group8000 } from "./front.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()

describe("a target group", () => {
  it("sends to the node, and asks it every five seconds whether it is well", async () => {
    await on.make(group8000)
    expect(await on.live(group8000)).toMatchObject({
      targetGroupName: "smart0dte-poc-smart-0dte-backend",
      port: 8000,
      health: { path: "/readyz", codes: "200", interval: 5, timeout: 4, healthy: 2, unhealthy: 2 },
      attributes: { "deregistration_delay.timeout_seconds": "10" },
      targets: [expect.stringMatching(/^i-/)],
    })
    expect((await on.see(group8000)).state).toBe("same")
  })

  seesAndRepairs(
    on,
    () => group8000,
    {
      health: ({ elb }, { id }) =>
        elb.send(new ModifyTargetGroupCommand({ TargetGroupArn: id, HealthCheckPath: "/other" })),
      attributes: ({ elb }, { id }) => {
        const Attributes = [{ Key: "deregistration_delay.timeout_seconds", Value: "300" }]
        return elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: id, Attributes }))
      },
      targets: ({ elb }, { id, targets }) => {
        const Targets = targets.map((Id) => ({ Id }))
        return elb.send(new DeregisterTargetsCommand({ TargetGroupArn: id, Targets }))
      },
    },
    ["targetGroupName", "protocol", "port", "vpcId"],
  )

  it("goes", async () => {
    await on.cloud.elb.send(
      new DeregisterTargetsCommand({
        TargetGroupArn: (await on.live(group8000)).id,
        Targets: [{ Id: "i-0123456789abcdef0" }],
      }),
    )
    const { kind } = group8000
    await kind.destroy?.(on.cloud, await on.live(group8000), { purge: false })
    expect((await on.see(group8000)).state).toBe("missing")
  })
})
