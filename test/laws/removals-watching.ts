import { DeleteAlarmsCommand, DeleteDashboardsCommand } from "@aws-sdk/client-cloudwatch"
import { DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs"
import { DeleteVolumeCommand, DetachVolumeCommand } from "@aws-sdk/client-ec2"
import { DeleteTopicCommand, UnsubscribeCommand } from "@aws-sdk/client-sns"
import { single } from "../../src/blueprints/single.ts"
import { graphOf, needsOf } from "../../src/engine/order.ts"
import { keyOf } from "../../src/engine/types.ts"
import { systems } from "../../src/nodes/systems.ts"
import type { Removal } from "./removals.ts"
import { everything } from "./wishes.ts"

const steps = graphOf(single(everything)).steps

/** What is said of all that looks at the node, or sends to it, when another one takes its place. */
export const followsNode: readonly string[] = steps.flatMap((step) => {
  const field = { alarm: "dimensions", dashboard: "widgets", "target-group": "targets" }[step.kind.name]
  const follows = needsOf(step).some((need) => keyOf(need) === "instance/node")
  return field !== undefined && follows ? [`${keyOf(step)} differs: ${field} (pending)`] : []
})

const told = steps.filter(({ kind }) => kind.name === "subscription").map(keyOf)

export const watchingRemovals: readonly Removal[] = [
  {
    key: "topic/alarms",
    does: ({ sns }, the) => sns.send(new DeleteTopicCommand({ TopicArn: the("topic/alarms", "arn") })),
    // Who was told goes with it.
    also: told.map((key) => `${key} missing (drift)`),
  },
  {
    key: "subscription/sms/+12025550123",
    does: ({ sns }, the) => sns.send(new UnsubscribeCommand({ SubscriptionArn: the("subscription/sms/+12025550123") })),
  },
  {
    key: "alarm/node-cpu",
    does: ({ cloudwatch }, the) =>
      cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [the("alarm/node-cpu", "alarmName")] })),
  },
  {
    key: "dashboard/overview",
    does: ({ cloudwatch }, the) =>
      cloudwatch.send(new DeleteDashboardsCommand({ DashboardNames: [the("dashboard/overview", "dashboardName")] })),
  },
  {
    key: "log-group/smart-0dte",
    does: ({ logs }, the) =>
      logs.send(new DeleteLogGroupCommand({ logGroupName: the("log-group/smart-0dte", "logGroup") })),
  },
  {
    key: "volume/influx",
    async does({ ec2, clock }, the) {
      const VolumeId = the("volume/influx")
      await ec2.send(new DetachVolumeCommand({ VolumeId }))
      await clock.sleep(60_000)
      await ec2.send(new DeleteVolumeCommand({ VolumeId }))
      await clock.sleep(60_000)
    },
    also: [
      "instance/node differs: dataVolumeId (pending)",
      "setting/node differs: lines (pending)",
      "influx/main differs: wish (pending)",
      ...systems.map((system) => `system/${system} differs: wish (pending)`),
    ],
  },
]
