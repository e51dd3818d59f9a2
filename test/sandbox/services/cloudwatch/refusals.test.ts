import type { PutMetricAlarmInput } from "@aws-sdk/client-cloudwatch"
import { provesRefusals, type Row } from "../refusal-table.ts"
import { alarm, alarmArn, type Ground, ground } from "./ground.ts"

const api = (operation: string) => `CloudWatch API reference: ${operation}`
const ours = "the sandbox's own: not served"

const put = (aws: Ground, other: Partial<PutMetricAlarmInput>) =>
  aws.refused("PutMetricAlarm", { ...alarm, Dimensions: [...alarm.Dimensions], ...other })

const board = (aws: Ground, DashboardBody: string, DashboardName = "board") =>
  aws.refused("PutDashboard", { DashboardName, DashboardBody })

const data = (aws: Ground, datum: object, Namespace = "own") =>
  aws.refused("PutMetricData", { Namespace, MetricData: [{ MetricName: "Beats", ...datum }] })

const statistics = (aws: Ground, other: object) =>
  aws.refused("GetMetricStatistics", {
    Namespace: "own",
    MetricName: "Beats",
    StartTime: new Date(0),
    EndTime: new Date(3_600_000),
    Period: 60,
    Statistics: ["Sum"],
    ...other,
  })

const tags = (count: number) => Array.from({ length: count }, (_, n) => ({ Key: `k${n}`, Value: "v" }))

const rules: readonly Row<Ground>[] = [
  [
    "of no metric",
    "ValidationException: MetricName",
    api("PutMetricAlarm"),
    (aws) => put(aws, { MetricName: undefined }),
  ],
  [
    "of no namespace",
    "ValidationException: Namespace",
    api("PutMetricAlarm"),
    (aws) => put(aws, { Namespace: undefined }),
  ],
  [
    "without a comparison",
    "ValidationException: ComparisonOperator",
    api("PutMetricAlarm"),
    (aws) => put(aws, { ComparisonOperator: undefined }),
  ],
  [
    "with a band that nothing gives",
    "ValidationException: ThresholdMetricId",
    api("PutMetricAlarm"),
    (aws) => put(aws, { ComparisonOperator: "GreaterThanUpperThreshold" }),
  ],
  [
    "without a threshold",
    "ValidationException: Threshold",
    api("PutMetricAlarm"),
    (aws) => put(aws, { Threshold: undefined }),
  ],
  [
    "with two statistics",
    "ValidationException: Exactly one",
    api("PutMetricAlarm"),
    (aws) => put(aws, { ExtendedStatistic: "p99" }),
  ],
  ["without a period", "ValidationException: Period", api("PutMetricAlarm"), (aws) => put(aws, { Period: undefined })],
  [
    "with a period of 45 s",
    "ValidationException: multiple of 60",
    api("PutMetricAlarm"),
    (aws) => put(aws, { Period: 45 }),
  ],
  [
    "without a number of periods",
    "ValidationException: EvaluationPeriods",
    api("PutMetricAlarm"),
    (aws) => put(aws, { EvaluationPeriods: undefined }),
  ],
  [
    "over more than a day",
    "ValidationException: cannot be checked across more than 1 day",
    api("PutMetricAlarm"),
    (aws) => put(aws, { Period: 300, EvaluationPeriods: 289 }),
  ],
  [
    "with more datapoints than periods",
    "ValidationException: DatapointsToAlarm",
    api("PutMetricAlarm"),
    (aws) => put(aws, { DatapointsToAlarm: 3 }),
  ],
  [
    "to no ARN",
    "ValidationException: Invalid arn syntax",
    api("PutMetricAlarm"),
    (aws) => put(aws, { AlarmActions: ["ops@example.com"] }),
  ],
  [
    "to one topic twice",
    "ValidationException: only once",
    api("PutMetricAlarm"),
    (aws) => put(aws, { AlarmActions: Array.from({ length: 2 }, () => "arn:aws:sns:us-east-1:111122223333:a") }),
  ],
  [
    "with silence as something else",
    "ValidationException: TreatMissingData",
    api("PutMetricAlarm"),
    (aws) => put(aws, { TreatMissingData: "fine" }),
  ],
  [
    "with one dimension twice",
    "ValidationException: twice",
    api("PutMetricAlarm"),
    (aws) => put(aws, { Dimensions: [...alarm.Dimensions, ...alarm.Dimensions] }),
  ],
  [
    "with a formula that nobody needed yet",
    "NotImplemented",
    ours,
    (aws) => {
      const { AlarmName, EvaluationPeriods, Threshold, ComparisonOperator } = alarm
      const Metrics = [{ Id: "all", Expression: "SUM(METRICS())" }]
      return aws.refused("PutMetricAlarm", { AlarmName, EvaluationPeriods, Threshold, ComparisonOperator, Metrics })
    },
  ],
  [
    "beyond the quota",
    "LimitExceededFault",
    api("PutMetricAlarm"),
    (aws) => {
      aws.quotas.set("Alarms", 1)
      return put(aws, { AlarmName: "more" })
    },
  ],
]

const others: readonly Row<Ground>[] = [
  [
    "by names and a prefix",
    "InvalidParameterCombinationException",
    api("DescribeAlarms"),
    (aws) => aws.refused("DescribeAlarms", { AlarmNames: ["busy"], AlarmNamePrefix: "b" }),
  ],
  [
    "a page that was never offered",
    "InvalidNextToken",
    api("DescribeAlarms"),
    (aws) => aws.refused("DescribeAlarms", { NextToken: "?" }),
  ],
  [
    "an alarm that is none goes",
    "ResourceNotFound",
    api("DeleteAlarms"),
    (aws) => aws.refused("DeleteAlarms", { AlarmNames: ["busy", "none"] }),
  ],
  [
    "an alarm that is none is set",
    "ResourceNotFound",
    api("SetAlarmState"),
    (aws) => aws.refused("SetAlarmState", { AlarmName: "none", StateValue: "OK", StateReason: "x" }),
  ],
  ["a body that is no JSON", "DashboardInvalidInputError", api("PutDashboard"), (aws) => board(aws, "{")],
  ["a body without widgets", "DashboardInvalidInputError: widgets", api("PutDashboard"), (aws) => board(aws, "{}")],
  [
    "a dashboard's name with a blank",
    "DashboardInvalidInputError: other than letters",
    api("PutDashboard"),
    (aws) => board(aws, '{"widgets":[]}', "a b"),
  ],
  [
    "a dashboard that is none",
    "DashboardNotFoundError",
    api("GetDashboard"),
    (aws) => aws.refused("GetDashboard", { DashboardName: "none" }),
  ],
  [
    "a metric of AWS's own",
    "InvalidParameterValueException: AWS/",
    api("PutMetricData"),
    (aws) => data(aws, { Value: 1 }, "AWS/EC2"),
  ],
  ["a datum without a value", "MissingRequiredParameterException", api("PutMetricData"), (aws) => data(aws, {})],
  [
    "no statistic",
    "MissingRequiredParameterException",
    api("GetMetricStatistics"),
    (aws) => statistics(aws, { Statistics: [] }),
  ],
  [
    "time backwards",
    "InvalidParameterCombinationException: StartTime",
    api("GetMetricStatistics"),
    (aws) => statistics(aws, { EndTime: new Date(0) }),
  ],
  [
    "more points than an answer holds",
    "InvalidParameterCombinationException: 1440",
    api("GetMetricStatistics"),
    (aws) => statistics(aws, { EndTime: new Date(90_000_000) }),
  ],
  [
    "tags of nothing",
    "ResourceNotFoundException",
    api("ListTagsForResource"),
    (aws) => aws.refused("ListTagsForResource", { ResourceARN: alarmArn.replace("busy", "none") }),
  ],
  [
    "51 tags",
    "InvalidParameterValueException: 50",
    api("TagResource"),
    (aws) => aws.refused("TagResource", { ResourceARN: alarmArn, Tags: tags(50) }),
  ],
  [
    "a tag of AWS's",
    "InvalidParameterValueException: aws:",
    api("TagResource"),
    (aws) => aws.refused("TagResource", { ResourceARN: alarmArn, Tags: [{ Key: "aws:a", Value: "v" }] }),
  ],
]

provesRefusals(new URL("../../../../src/sandbox/services/cloudwatch/", import.meta.url), [...rules, ...others], ground)
