import { expect, test } from "vitest"
import { cloudwatch } from "../../../../src/sandbox/services/cloudwatch/index.ts"
import { unheeded } from "../heeding.ts"
import { alarm, alarmArn, type Ground, ground } from "./ground.ts"

const busy = { AlarmNames: ["busy"] }

const goesThrough: readonly (readonly [Parameters<Ground["run"]>[0], object])[] = [
  ["DeleteAlarms", busy],
  ["DeleteDashboards", { DashboardNames: ["board"] }],
  ["DescribeAlarms", {}],
  ["DisableAlarmActions", busy],
  ["EnableAlarmActions", busy],
  ["GetDashboard", { DashboardName: "board" }],
  [
    "GetMetricStatistics",
    {
      Namespace: "own",
      MetricName: "Beats",
      StartTime: new Date(0),
      EndTime: new Date(60_000),
      Period: 60,
      Statistics: ["Sum"],
    },
  ],
  ["ListDashboards", {}],
  ["ListMetrics", {}],
  ["ListTagsForResource", { ResourceARN: alarmArn }],
  ["PutDashboard", { DashboardName: "new", DashboardBody: '{"widgets":[]}', Tags: [{ Key: "a", Value: "b" }] }],
  ["PutMetricAlarm", { ...alarm, AlarmName: "new", Tags: [{ Key: "a", Value: "b" }] }],
  ["PutMetricData", { Namespace: "own", MetricData: [{ MetricName: "Beats", Value: 1 }] }],
  ["SetAlarmState", { AlarmName: "busy", StateValue: "OK", StateReason: "x" }],
  ["TagResource", { ResourceARN: alarmArn, Tags: [{ Key: "a", Value: "b" }] }],
  ["UntagResource", { ResourceARN: alarmArn, TagKeys: ["a"] }],
]

// How fine a metric is kept, and in which unit, makes no difference to what is answered here.
const indifferent = [".MetricData.Unit", ".MetricData.StorageResolution", ".StateReasonData"]

test.each(goesThrough)("%s heeds all that a caller can say", (name, input) => {
  const aws = ground()
  // One operation's input after another: their types have nothing in common.
  const left = unheeded(cloudwatch, name, input, (watched) => aws.run(name, watched as never))
  expect(left.filter((path) => !indifferent.includes(path))).toEqual([])
})

test("every operation that is served is among them", () => {
  expect(goesThrough.map(([name]) => name).sort()).toEqual(Object.keys(cloudwatch.handlers).sort())
})
