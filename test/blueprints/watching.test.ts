import { describe, expect, it } from "vitest"
import { connectionsOf } from "../../src/aws/cloudwatch/connections.ts"
import { metrics } from "../../src/aws/cloudwatch/metrics.ts"
import { single } from "../../src/blueprints/single.ts"
import { wantedOf } from "../../src/engine/compare.ts"
import { fillNeeds, graphOf } from "../../src/engine/order.ts"
import type { AnyStep } from "../../src/engine/types.ts"
import type { Alarm } from "../../src/steps/alarm.ts"
import type { Topic } from "../../src/steps/topic.ts"
import agent from "../../src/templates/node/cloudwatch-agent.json" with { type: "json" }
import health from "../../src/templates/node/health.sh"
import { everything } from "../laws/wishes.ts"

const running = { ...everything, systems: {} }

const documented: Readonly<Record<string, Readonly<Record<string, readonly (readonly string[])[]>>>> = metrics

/** What a step wants, with all that it stands on as it would be. */
function wantedOn(step: AnyStep): Readonly<Record<string, unknown>> {
  return wantedOf(
    step,
    fillNeeds(step, (need) => ({ ...need.kind.blank, ...need.spec })),
  )
}

const stepsOf = (kind: string, wish = running) => graphOf(single(wish)).steps.filter((step) => step.kind.name === kind)

// The kind of the step says of which type its wish is.
const alarmsOf = (wish = running) => stepsOf("alarm", wish).map((step) => wantedOn(step) as unknown as Alarm)

const isDocumented = (namespace: string, metric: string, dimensions: readonly string[]) =>
  (documented[namespace]?.[metric] ?? []).some((set) => [...set].sort().join() === [...dimensions].sort().join())

describe("every alarm", () => {
  it("looks at a metric that is published, under dimensions that it is published under", () => {
    const alarms = alarmsOf()
    expect(alarms.length).toBeGreaterThan(15)
    const lost = alarms.filter(({ namespace, metric, dimensions }) => {
      return !isDocumented(namespace, metric, Object.keys(dimensions))
    })
    expect(lost.map(({ alarmName }) => alarmName)).toEqual([])
  })

  it("tells the topic when it rings and when all is well again, and the topic lets CloudWatch tell it", () => {
    const [topic] = stepsOf("topic").map((step) => wantedOn(step) as unknown as Topic)
    for (const { alarmName, onAlarm, onOk, enabled } of alarmsOf()) {
      expect({ alarmName, onAlarm, onOk, enabled }).toEqual({
        alarmName,
        onAlarm: [topic?.arn],
        onOk: [topic?.arn],
        enabled: true,
      })
    }
    // With the key of SNS itself CloudWatch could publish nothing, whatever the policy says.
    expect(topic?.key).toBe("")
    expect(topic?.policy.Statement).toContainEqual(
      expect.objectContaining({
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topic?.arn,
      }),
    )
  })

  it("says what it means, and what silence means to it", () => {
    const silence = Object.fromEntries(alarmsOf().map(({ alarmName, missing }) => [alarmName.slice(14), missing]))
    expect(silence).toMatchObject({
      "node-cpu": "missing",
      "node-status": "missing",
      "node-memory": "missing",
      "node-disk": "breaching",
      "node-influx-disk": "breaching",
      "node-credits": "notBreaching",
      "database-cpu": "missing",
      "database-storage": "missing",
      "database-connections": "missing",
      "cache-memory": "missing",
      "cache-evictions": "missing",
      "smart-0dte-frontend-unhealthy": "notBreaching",
      "front-5xx": "notBreaching",
      "front-unanswered": "notBreaching",
      "heartbeat-smart-0dte": "breaching",
      "heartbeat-mag7-7dte": "breaching",
    })
    expect(alarmsOf().filter(({ description }) => description.length < 40)).toEqual([])
  })

  it("has a threshold that fits what it watches", () => {
    const of = (name: string) => alarmsOf().find(({ alarmName }) => alarmName.endsWith(`_${name}`))
    expect(of("node-cpu")).toMatchObject({ statistic: "Average", period: 300, periods: 1, threshold: 80 })
    expect(of("database-storage")?.threshold).toBe(5 * 1024 ** 3)
    expect(of("database-connections")?.threshold).toBe(Math.floor(0.8 * (connectionsOf("db.t3.small") ?? 0)))
    expect(of("heartbeat-smart-0dte")).toMatchObject({ comparison: "LessThanThreshold", period: 60, periods: 5 })
  })

  it("rings for a system only after that was well for the first time", () => {
    const [heartbeat] = stepsOf("alarm").filter(({ name }) => name === "heartbeat-smart-0dte")
    const after = [heartbeat?.needs.after ?? []].flat().map(({ kind, name }) => `${kind.name}/${name}`)
    expect(after).toEqual(["system/smart-0dte"])
  })
})

describe("what trades", () => {
  const unhealthy = (wish = running) =>
    Object.fromEntries(
      alarmsOf(wish)
        .filter(({ alarmName }) => alarmName.endsWith("-unhealthy"))
        .map(({ alarmName, quiet }) => [alarmName.slice("smart0dte_poc_".length, -"-unhealthy".length), quiet]),
    )

  it("keeps its alarm quiet while it is halted, and no other", () => {
    const { "smart-0dte-backend": smart, "mag7-7dte-backend": mag7, ...others } = unhealthy()
    expect(others).toEqual({ "smart-0dte-frontend": [], "mag7-7dte-frontend": [] })
    const halted = { metric: "Halted", namespace: "smart0dte", expression: "IF(FILL(quiet, 0) > 0, 0, watched)" }
    expect(smart).toMatchObject([{ ...halted, dimensions: { Scope: "poc", System: "smart-0dte" } }])
    expect(mag7).toMatchObject([{ ...halted, dimensions: { Scope: "poc", System: "mag7-7dte" } }])
    for (const { quiet } of alarmsOf())
      for (const { namespace, metric, dimensions } of quiet)
        expect(isDocumented(namespace, metric, Object.keys(dimensions))).toBe(true)
  })

  it("is what the configuration says", () => {
    const wish = { ...running, systems: { "smart-0dte": { enabled: true, trading: ["executor"] } } }
    expect(unhealthy(wish)["smart-0dte-backend"]).toEqual([])
  })

  it("goes on as it is where the record cannot be read, and somebody is told", () => {
    const [rule] = alarmsOf().filter(({ alarmName }) => alarmName.endsWith("_record-unreadable"))
    expect(rule).toMatchObject({ metric: "RecordUnreadable", dimensions: { Scope: "poc" }, missing: "notBreaching" })
    const none = { ...running, systems: { "smart-0dte": { enabled: false }, "mag7-7dte": { enabled: false } } }
    expect(alarmsOf(none).filter(({ alarmName }) => alarmName.endsWith("_record-unreadable"))).toEqual([])
  })
})

it("the node puts each metric of ours, under the dimensions that alarms look for", () => {
  const puts = [...health.matchAll(/^\s*count (\w+) .*"([A-Za-z]+=[^"]*)"$/gm)].map(([, metric, dimensions = ""]) => [
    metric,
    [dimensions.split(",").map((one) => one.split("=")[0])],
  ])
  expect(Object.fromEntries(puts)).toEqual(metrics.smart0dte)
  expect(health).toContain("--namespace smart0dte ")
})

describe("the agent's metrics", () => {
  const { metrics_collected: collected, append_dimensions: appended, namespace } = agent.metrics

  it("are those that the alarms look at, under the very dimensions that its configuration gives them", () => {
    const disks = alarmsOf().filter(({ metric }) => metric === "disk_used_percent")
    expect(disks.map(({ dimensions }) => dimensions.path).sort()).toEqual([...collected.disk.resources].sort())
    // With the device among them, a metric would change its name with each volume.
    expect(collected.disk.drop_device).toBe(true)
    expect(collected.disk.measurement).toEqual(["used_percent"])
    expect(collected.mem.measurement).toEqual(["mem_used_percent"])
    for (const { dimensions } of disks) {
      expect(Object.keys(dimensions).sort()).toEqual([...Object.keys(appended), "fstype", "path"].sort())
      expect(dimensions.fstype).toBe("xfs")
    }
    expect(alarmsOf().filter((one) => one.namespace === namespace)).toHaveLength(3)
  })
})

describe("every chart", () => {
  it("shows metrics that are published, under their dimensions, in the environment's own region", () => {
    const charts = stepsOf("dashboard").flatMap((step) => wantedOn(step).widgets as readonly Widget[])
    expect(charts.length).toBeGreaterThan(8)
    const lines = charts.flatMap(({ properties }) => properties.metrics)
    const lost = lines.filter(([namespace = "", metric = "", ...rest]) => {
      const dimensions = rest.slice(0, -1).filter((_, index) => index % 2 === 0)
      return !isDocumented(String(namespace), String(metric), dimensions.map(String))
    })
    expect(lost).toEqual([])
    expect(new Set(charts.map(({ properties }) => properties.region))).toEqual(new Set(["us-east-1"]))
    expect(new Set(charts.map(({ x, y }) => `${x} ${y}`)).size).toBe(charts.length)
  })
})

it("without a load balancer there is nothing of it to watch", () => {
  const names = alarmsOf({ ...running, loadBalancer: false }).map(({ alarmName }) => alarmName)
  expect(names.filter((name) => /front|unhealthy/.test(name))).toEqual([])
})

it("who is told is one subscription each, by whatever way", () => {
  expect(stepsOf("subscription").map(({ name }) => name)).toEqual([
    "email/ops@example.com",
    "sms/+12025550123",
    expect.stringMatching(/^https\/hooks\.example\.com-[0-9a-f]{8}$/),
  ])
  expect(stepsOf("subscription", { ...running, email: [], sms: [], webhook: [] })).toEqual([])
})

it.each([
  ["db.t3.small", 173],
  ["db.t3.medium", 346],
  ["db.r6g.2xlarge", 5000],
  ["db.m7g.large", 693],
  ["db.z9.huge", undefined],
])("about how many may connect to a %s is known: %s", (instanceClass, most) => {
  expect(connectionsOf(instanceClass)).toBe(most)
})

interface Widget {
  readonly x: number
  readonly y: number
  readonly properties: { readonly region: string; readonly metrics: readonly (readonly unknown[])[] }
}
