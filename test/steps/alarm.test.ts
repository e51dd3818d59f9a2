import { DeleteAlarmsCommand, ListTagsForResourceCommand } from "@aws-sdk/client-cloudwatch"
import { describe, expect, it } from "vitest"
import { haltedOf, ofNode } from "../../src/aws/cloudwatch/measures.ts"
import { alarm, alarmKind } from "../../src/steps/alarm.ts"
import { bench, standIn } from "./bench.ts"
import { scope } from "./network.ts"

const on = bench()
const topic = standIn({ arn: "arn:aws:sns:us-east-1:111122223333:smart0dte_poc_alarms" })
const rule = {
  scope,
  name: "node-cpu",
  description: "busy",
  statistic: "Average",
  period: 300,
  periods: 1,
  comparison: "GreaterThanThreshold",
  threshold: 80,
  missing: "missing",
  topic,
} as const
const of = (id: string) => alarm({ ...rule, series: ofNode("CPUUtilization", standIn({ id })) })

describe("an alarm", () => {
  it("rings to its topic, says when all is well again, and bears our tags", async () => {
    const cpu = of("i-0123456789abcdef0")
    await on.make(cpu)
    const live = await on.live(cpu)
    expect(live).toMatchObject({
      alarmName: "smart0dte_poc_node-cpu",
      metric: "CPUUtilization",
      dimensions: { InstanceId: "i-0123456789abcdef0" },
      onAlarm: ["arn:aws:sns:us-east-1:111122223333:smart0dte_poc_alarms"],
      onOk: ["arn:aws:sns:us-east-1:111122223333:smart0dte_poc_alarms"],
      enabled: true,
    })
    const ResourceARN = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:smart0dte_poc_node-cpu"
    const { Tags } = await on.cloud.cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN }))
    expect(Tags).toContainEqual({ Key: "smart0dte:step", Value: "alarm/node-cpu" })
  })

  it("follows what it watches when that is another", async () => {
    const cpu = of("i-0fedcba9876543210")
    expect(await on.see(cpu)).toMatchObject({ state: "differs", changes: [{ field: "dimensions" }] })
    expect(await on.make(cpu)).toEqual(["update alarm/node-cpu"])
    expect((await on.live(cpu)).dimensions).toEqual({ InstanceId: "i-0fedcba9876543210" })
  })

  it("is kept quiet by another metric, on an expression that CloudWatch takes", async () => {
    const rules = { ...rule, name: "quiet", series: ofNode("CPUUtilization", standIn({ id: "i-1" })) }
    const hushed = alarm({ ...rules, unless: haltedOf("poc", "smart-0dte") })
    await on.make(hushed)
    expect(await on.live(hushed)).toMatchObject({
      namespace: "AWS/EC2",
      metric: "CPUUtilization",
      dimensions: { InstanceId: "i-1" },
      statistic: "Average",
      period: 300,
      quiet: [
        {
          namespace: "smart0dte",
          metric: "Halted",
          dimensions: { Scope: "poc", System: "smart-0dte" },
          statistic: "Maximum",
          period: 300,
        },
      ],
    })
    expect(await on.make(hushed)).toEqual([])
    const loud = alarm(rules)
    expect(await on.see(loud)).toMatchObject({ state: "differs", changes: [{ field: "quiet" }] })
    await on.make(loud)
    expect((await on.see(loud)).state).toBe("same")
    expect(
      [loud, hushed].map((one) => alarmKind.price?.({ ...alarmKind.blank, ...one.spec, namespace: "AWS/EC2" })),
    ).toEqual([[{ sku: "cloudwatch/alarm", units: 1 }], [{ sku: "cloudwatch/alarm", units: 2 }]])
  })

  it("is made again when somebody deleted it, and goes", async () => {
    const cpu = of("i-0fedcba9876543210")
    await on.cloud.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: ["smart0dte_poc_node-cpu"] }))
    expect((await on.see(cpu)).state).toBe("missing")
    await on.make(cpu)
    await on.unmake(false, cpu)
    expect((await on.see(cpu)).state).toBe("missing")
  })
})
