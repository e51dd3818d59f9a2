import type * as client from "@aws-sdk/client-cloudwatch"
import { cloudwatch } from "../../../../src/sandbox/services/cloudwatch/index.ts"
import { type Rig, rigOf } from "../rig.ts"

export type Ground = Rig<typeof client>

const dimensions: client.Dimension[] = [{ Name: "System", Value: "one" }]

export const alarm = {
  AlarmName: "busy",
  Namespace: "own",
  MetricName: "Beats",
  Dimensions: dimensions,
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 2,
  Threshold: 1,
  ComparisonOperator: "LessThanThreshold",
} satisfies client.PutMetricAlarmInput

export const alarmArn = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:busy"

/** An alarm `busy` and a dashboard `board`. */
export const ground = (): Ground => {
  const aws = rigOf<typeof client>(cloudwatch)
  aws.run("PutMetricAlarm", { ...alarm, Tags: [{ Key: "scope", Value: "poc" }] })
  aws.run("PutDashboard", { DashboardName: "board", DashboardBody: '{"widgets":[]}' })
  return aws
}
