import { DescribeTrailsCommand, UpdateTrailCommand } from "@aws-sdk/client-cloudtrail"
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch"
import {
  CreateLogStreamCommand,
  DeleteMetricFilterCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs"
import { describe, expect, it, vi } from "vitest"
import { watchersOf } from "../../src/blueprints/watchers.ts"
import { type AnyStep, keyOf } from "../../src/engine/types.ts"
import { bench, fieldsOf, there } from "../steps/bench.ts"

// It makes nearly forty things, one after the other where AWS lets nobody go faster.
vi.setConfig({ testTimeout: 60_000 })

const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
const nothing = { trail: false, analyzer: false, config: false, configRole: [], guardduty: false, securityHub: false }
const told = { email: ["ops@example.com"], sms: [], webhook: [] }
const of = (more: Partial<Parameters<typeof watchersOf>[0]>) =>
  watchersOf({ scope: "account", place, ...nothing, ...more }).steps

describe("what looks at the account", () => {
  it.each([
    [{}, []],
    [{ trail: true }, ["bucket/trail", "trail/main"]],
    [{ trail: true, trailKey: true }, ["bucket/trail", "kms-key/trail", "trail/main"]],
    [{ analyzer: true, guardduty: true }, ["analyzer/main", "detector/main"]],
    [{ config: true, securityHub: true }, ["bucket/config", "recorder/main", "security-hub/main"]],
    [{ trailKey: true, securityHub: true, changeAlarms: told }, []],
  ])("is, for %o, %o", (wish, keys) => {
    expect(of(wish).map(keyOf)).toEqual(keys)
  })

  it("has a filter and an alarm for each change, and tells whoever is named", () => {
    const keys = of({ trail: true, changeAlarms: told }).map(keyOf)
    const count = (kind: string) => keys.filter((key) => key.startsWith(`${kind}/`)).length
    expect([count("metric-filter"), count("alarm"), count("subscription"), count("topic")]).toEqual([15, 15, 1, 1])
  })
})

describe("alarms on changes", () => {
  const on = bench("account")
  const steps = of({ trail: true, changeAlarms: told })
  const step = (key: string): AnyStep => there(steps.find((one) => keyOf(one) === key))
  const group = { logGroupName: "/smart0dte/account/trail" }
  const filter = "metric-filter/trail-changes"
  const ringing = async () => {
    const { MetricAlarms = [] } = await on.cloud.cloudwatch.send(new DescribeAlarmsCommand({}))
    return MetricAlarms.filter(({ StateValue }) => StateValue === "ALARM").map(({ AlarmName }) => AlarmName)
  }

  it("ring when what the trail writes fits, and the others stay silent", async () => {
    await on.make(...steps)
    const { trailList: [trail] = [] } = await on.cloud.cloudtrail.send(new DescribeTrailsCommand({}))
    expect(trail?.CloudWatchLogsLogGroupArn).toBe(
      "arn:aws:logs:us-east-1:111122223333:log-group:/smart0dte/account/trail:*",
    )
    expect(trail?.CloudWatchLogsRoleArn).toBe(
      "arn:aws:iam::111122223333:role/smart0dte/account/smart0dte-account-trail-logs",
    )
    expect(await on.make(...steps)).toEqual([])
    const stream = { ...group, logStreamName: "111122223333_CloudTrail_us-east-1" }
    await on.cloud.logs.send(new CreateLogStreamCommand(stream))
    expect(await ringing()).toEqual([])
    const message = JSON.stringify({ eventSource: "cloudtrail.amazonaws.com", eventName: "StopLogging" })
    const { clock } = on.sandbox.world
    // An alarm that is younger than its period has not looked yet.
    clock.advance(300_000)
    const logEvents = [{ timestamp: clock.now() + 30_000, message }]
    await on.cloud.logs.send(new PutLogEventsCommand({ ...stream, logEvents }))
    clock.advance(60_000)
    expect(await ringing()).toEqual(["smart0dte_account_trail-changes"])
  })

  const put = (filterPattern: string, metricNamespace: string, metricName: string, metricValue: string) =>
    on.cloud.logs.send(
      new PutMetricFilterCommand({
        ...group,
        filterName: "smart0dte_account_trail-changes",
        filterPattern,
        metricTransformations: [{ metricName, metricNamespace, metricValue }],
      }),
    )

  it.each([
    ["pattern", (was: Filter) => put("{ ($.eventName = Nothing) }", was.namespace, was.metric, was.value)],
    ["namespace", (was: Filter) => put(was.pattern, "Other", was.metric, was.value)],
    ["metric", (was: Filter) => put(was.pattern, was.namespace, "other", was.value)],
    ["value", (was: Filter) => put(was.pattern, was.namespace, was.metric, "0")],
  ] as const)("see %s of a filter changed, and it is put right", async (field, tamper) => {
    await tamper((await on.live(step(filter))) as Filter)
    expect(fieldsOf(await on.see(step(filter)))).toEqual([field])
    await on.make(step(filter))
    expect((await on.see(step(filter))).state).toBe("same")
  })

  it("see a filter that is gone, and a trail that no longer writes where they look", async () => {
    const filterName = "smart0dte_account_trail-changes"
    await on.cloud.logs.send(new DeleteMetricFilterCommand({ ...group, filterName }))
    expect((await on.see(step(filter))).state).toBe("missing")
    const Name = "smart0dte-account-main"
    const none = { CloudWatchLogsLogGroupArn: "", CloudWatchLogsRoleArn: "" }
    await on.cloud.cloudtrail.send(new UpdateTrailCommand({ Name, ...none }))
    expect(fieldsOf(await on.see(step("trail/main"))).toSorted()).toEqual(["logGroup", "role"])
    await on.make(...steps)
    expect((await on.see(step("trail/main"))).state).toBe("same")
  })

  it("go, all of them", async () => {
    await on.unmake(true, ...steps)
    const left = await Promise.all(
      ["trail/main", filter, "alarm/root-used", "topic/alarms"].map((key) => on.see(step(key))),
    )
    expect(left.map(({ state }) => state)).toEqual(["missing", "missing", "missing", "missing"])
  })
})

interface Filter {
  readonly pattern: string
  readonly namespace: string
  readonly metric: string
  readonly value: string
}
