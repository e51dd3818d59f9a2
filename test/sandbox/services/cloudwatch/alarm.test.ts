import { describe, expect, test } from "vitest"
import { alarm, alarmArn, type Ground, ground } from "./ground.ts"

const stateOf = (aws: Ground) =>
  aws
    .run("DescribeAlarms", {})
    .MetricAlarms?.map((one) => one.StateValue)
    .join()

const beat = (aws: Ground, Value = 1) => {
  const Dimensions = [...alarm.Dimensions]
  aws.run("PutMetricData", { Namespace: "own", MetricData: [{ MetricName: "Beats", Dimensions, Value }] })
}

describe("an alarm", () => {
  test("is shown as it was put, and overwritten as a whole, but for its tags", () => {
    const aws = ground()
    const topic = "arn:aws:sns:us-east-1:111122223333:alarms"
    aws.run("PutMetricAlarm", { ...alarm, AlarmActions: [topic], OKActions: [topic] })
    expect(aws.run("DescribeAlarms", { AlarmNamePrefix: "bu" }).MetricAlarms).toMatchObject([
      { AlarmName: "busy", AlarmArn: alarmArn, ActionsEnabled: true, AlarmActions: [topic], OKActions: [topic] },
    ])
    aws.run("PutMetricAlarm", { ...alarm, Tags: [{ Key: "scope", Value: "dev" }] })
    expect(aws.run("DescribeAlarms", {}).MetricAlarms?.[0]?.AlarmActions).toEqual([])
    expect(aws.run("ListTagsForResource", { ResourceARN: alarmArn }).Tags).toEqual([{ Key: "scope", Value: "poc" }])
  })

  test("knows nothing at first, then what is put for its metric", () => {
    const aws = ground()
    expect(stateOf(aws)).toBe("INSUFFICIENT_DATA")
    aws.pass(60)
    beat(aws)
    aws.pass(30)
    expect(stateOf(aws)).toBe("OK")
    aws.pass(300)
    expect(stateOf(aws)).toBe("INSUFFICIENT_DATA")
    beat(aws, 0)
    aws.pass(60)
    beat(aws, 0)
    expect(stateOf(aws)).toBe("ALARM")
  })

  test("takes silence for what it was told", () => {
    const aws = ground()
    aws.run("PutMetricAlarm", { ...alarm, TreatMissingData: "breaching" })
    aws.pass(300)
    expect(stateOf(aws)).toBe("ALARM")
    aws.run("PutMetricAlarm", { ...alarm, TreatMissingData: "notBreaching" })
    aws.pass(300)
    expect(stateOf(aws)).toBe("OK")
    aws.run("SetAlarmState", { AlarmName: "busy", StateValue: "ALARM", StateReason: "a drill" })
    expect(stateOf(aws)).toBe("ALARM")
    aws.pass(120)
    expect(stateOf(aws)).toBe("OK")
  })

  test("is silenced and heard again", () => {
    const aws = ground()
    const enabled = () => aws.run("DescribeAlarms", { AlarmNames: ["busy"] }).MetricAlarms?.[0]?.ActionsEnabled
    aws.run("DisableAlarmActions", { AlarmNames: ["busy"] })
    expect(enabled()).toBe(false)
    aws.run("EnableAlarmActions", { AlarmNames: ["busy"] })
    expect(enabled()).toBe(true)
    aws.run("DeleteAlarms", { AlarmNames: ["busy"] })
    expect(enabled()).toBeUndefined()
  })

  test("of many is shown page by page", () => {
    const aws = ground()
    for (let n = 0; n < 4; n++) aws.run("PutMetricAlarm", { ...alarm, AlarmName: `more-${n}` })
    const first = aws.run("DescribeAlarms", { MaxRecords: 3 })
    const rest = aws.run("DescribeAlarms", { MaxRecords: 3, NextToken: first.NextToken })
    expect([first, rest].map(({ MetricAlarms }) => MetricAlarms?.length)).toEqual([3, 2])
    expect(rest.NextToken).toBeUndefined()
  })
})

describe("an alarm on an expression", () => {
  const stat = (MetricName: string) => ({
    Metric: { Namespace: "own", MetricName, Dimensions: [...alarm.Dimensions] },
    Period: 60,
    Stat: "Sum",
  })
  const { Namespace: _n, MetricName: _m, Dimensions: _d, Statistic: _s, Period: _p, ...rest } = alarm
  const Metrics = [
    { Id: "watched", MetricStat: stat("Beats"), ReturnData: false },
    { Id: "quiet", MetricStat: stat("Halted"), ReturnData: false },
    { Id: "rings", Expression: "IF(FILL(quiet, 0) > 0, 0, watched)", ReturnData: true },
  ]
  const rings = {
    ...rest,
    EvaluationPeriods: 1,
    ComparisonOperator: "GreaterThanThreshold",
    Threshold: 0,
    Metrics,
  } as const
  const put = (aws: Ground, MetricName: string, Value: number) =>
    aws.run("PutMetricData", {
      Namespace: "own",
      MetricData: [{ MetricName, Dimensions: [...alarm.Dimensions], Value }],
    })

  test("rings by its metric unless another keeps it quiet", () => {
    const aws = ground()
    aws.run("PutMetricAlarm", rings)
    aws.pass(60)
    put(aws, "Beats", 1)
    expect(stateOf(aws)).toBe("ALARM")
    put(aws, "Halted", 0)
    expect(stateOf(aws)).toBe("ALARM")
    put(aws, "Halted", 1)
    expect(stateOf(aws)).toBe("OK")
    aws.pass(61)
    put(aws, "Beats", 1)
    expect(stateOf(aws)).toBe("ALARM")
  })

  test("is shown as it was put, without what is said of one metric alone", () => {
    const aws = ground()
    aws.run("PutMetricAlarm", rings)
    const [shown] = aws.run("DescribeAlarms", {}).MetricAlarms ?? []
    expect(shown?.Metrics).toEqual(Metrics)
    expect([shown?.MetricName, shown?.Namespace, shown?.Period, shown?.Statistic]).toEqual(Array(4).fill(undefined))
    aws.run("PutMetricAlarm", alarm)
    expect(aws.run("DescribeAlarms", {}).MetricAlarms?.[0]?.Metrics).toBeUndefined()
  })

  test.each([
    ["a metric beside the list", { MetricName: "Beats" }, /MetricName and Metrics cannot be specified together/],
    ["no data to return", { Metrics: Metrics.slice(0, 2) }, /Exactly one element of the metrics list/],
    ["two that return data", { Metrics: [...Metrics, { Id: "b", Expression: "watched" }] }, /Exactly one element/],
    ["an id twice", { Metrics: [...Metrics, ...Metrics.slice(0, 1)] }, /ids must be unique/],
    ["a large id", { Metrics: [{ Id: "Big", Expression: "watched" }] }, /must begin with a small letter/],
    ["neither of the two", { Metrics: [{ Id: "a" }] }, /exactly one of MetricStat, Expression/],
    ["a name of nothing", { Metrics: [{ Id: "a", Expression: "b" }] }, /names b, which is no metric of it/],
  ])("with %s is refused", (_, other, refusal) => {
    expect(ground().refused("PutMetricAlarm", { ...rings, ...other })).toMatch(refusal)
  })

  test("of another shape is not served", () => {
    const other = { Metrics: [...Metrics.slice(0, 2), { Id: "rings", Expression: "SUM(METRICS())" }] }
    expect(() => ground().run("PutMetricAlarm", { ...rings, ...other })).toThrow(/the expression SUM/)
  })
})

describe("a metric", () => {
  test("is what was put, by period", () => {
    const aws = ground()
    const StartTime = new Date(Date.UTC(2026, 10, 20))
    beat(aws, 3)
    beat(aws, 5)
    aws.pass(60)
    beat(aws, 7)
    aws.pass(60)
    const EndTime = new Date(Date.UTC(2026, 10, 21, 1))
    const asked = { Namespace: "own", MetricName: "Beats", Dimensions: [...alarm.Dimensions], Period: 86_400 }
    const { Datapoints } = aws.run("GetMetricStatistics", {
      ...asked,
      StartTime,
      EndTime,
      Statistics: ["Sum", "Maximum"],
    })
    expect(Datapoints).toEqual([{ Timestamp: new Date(Date.UTC(2026, 10, 21)), Sum: 15, Maximum: 7 }])
    const { Metrics } = aws.run("ListMetrics", { Namespace: "own" })
    expect(Metrics).toEqual([{ Namespace: "own", MetricName: "Beats", Dimensions: alarm.Dimensions }])
    expect(aws.run("ListMetrics", { MetricName: "Others" }).Metrics).toEqual([])
  })
})

describe("a dashboard", () => {
  test("is kept with its faults, which are told", () => {
    const aws = ground()
    const put = (widget: object) =>
      aws.run("PutDashboard", { DashboardName: "board", DashboardBody: JSON.stringify({ widgets: [widget] }) })
        .DashboardValidationMessages?.length
    expect(put({ type: "pie", properties: {} })).toBe(1)
    expect(put({ type: "metric", properties: {} })).toBe(1)
    expect(put({ type: "metric", properties: { region: "us-east-1" } })).toBe(0)
    expect(aws.run("GetDashboard", { DashboardName: "board" }).DashboardBody).toContain("us-east-1")
    expect(aws.run("ListDashboards", { DashboardNamePrefix: "bo" }).DashboardEntries).toMatchObject([
      { DashboardName: "board", DashboardArn: "arn:aws:cloudwatch::111122223333:dashboard/board" },
    ])
  })

  test("goes only if all that are named can go", () => {
    const aws = ground()
    expect(aws.refused("DeleteDashboards", { DashboardNames: ["board", "none"] })).toMatch(/^DashboardNotFoundError/)
    expect(aws.run("ListDashboards", {}).DashboardEntries).toHaveLength(1)
    aws.run("DeleteDashboards", { DashboardNames: ["board"] })
    expect(aws.run("ListDashboards", {}).DashboardEntries).toEqual([])
  })
})
