import { PutDashboardCommand } from "@aws-sdk/client-cloudwatch"
import { describe, expect, it } from "vitest"
import { memoryOf, ofNode } from "../../src/aws/cloudwatch/measures.ts"
import { dashboard } from "../../src/steps/dashboard.ts"
import { bench, standIn } from "./bench.ts"
import { scope } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const node = standIn({ id: "i-0123456789abcdef0" })
const lines = [
  { series: ofNode("CPUUtilization", node), statistic: "Average", label: "busy" },
  { series: memoryOf(node), statistic: "Average", label: "memory" },
]
const overview = dashboard({ scope, name: "overview", region: "us-east-1", charts: [{ title: "Node", lines }] })

describe("a dashboard", () => {
  it("shows what there is, by the ids that it has", async () => {
    await on.make(overview)
    expect((await on.live(overview)).widgets).toEqual([
      expect.objectContaining({
        type: "metric",
        properties: expect.objectContaining({
          title: "Node",
          region: "us-east-1",
          metrics: [
            ["AWS/EC2", "CPUUtilization", "InstanceId", "i-0123456789abcdef0", { stat: "Average", label: "busy" }],
            ["CWAgent", "mem_used_percent", "InstanceId", "i-0123456789abcdef0", { stat: "Average", label: "memory" }],
          ],
        }),
      }),
    ])
    expect((await on.see(overview)).state).toBe("same")
  })

  seesAndRepairs(
    on,
    () => overview,
    {
      widgets: ({ cloudwatch }, { dashboardName: DashboardName }) =>
        cloudwatch.send(new PutDashboardCommand({ DashboardName, DashboardBody: '{"widgets":[]}' })),
    },
    ["dashboardName"],
  )

  it("goes", async () => {
    await on.unmake(false, overview)
    expect((await on.see(overview)).state).toBe("missing")
  })
})
