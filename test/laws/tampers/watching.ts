import {
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmInput,
} from "@aws-sdk/client-cloudwatch"
import { PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs"
import { ModifyVolumeCommand } from "@aws-sdk/client-ec2"
import { SetTopicAttributesCommand } from "@aws-sdk/client-sns"
import type { Session } from "../../../src/aws/clients.ts"
import { type Alarm, alarmKind } from "../../../src/steps/alarm.ts"
import { dashboardKind } from "../../../src/steps/dashboard.ts"
import { logGroupKind } from "../../../src/steps/log-group.ts"
import { subscriptionKind } from "../../../src/steps/subscription.ts"
import { topicKind } from "../../../src/steps/topic.ts"
import { type Volume, volumeKind } from "../../../src/steps/volume.ts"
import { tampersOf } from "./table.ts"

const name = "it is the name, and nothing is renamed"
const noCall = "AWS has no call that changes it"

/** Puts the alarm anew with something else in it, as the console does. */
const put =
  (other: (was: PutMetricAlarmInput) => Partial<PutMetricAlarmInput>) =>
  async ({ cloudwatch }: Session, { alarmName }: Alarm) => {
    const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [alarmName] }))
    const was = { AlarmName: alarmName, ...MetricAlarms[0] }
    return cloudwatch.send(new PutMetricAlarmCommand({ ...settingsIn(was), ...other(was) }))
  }

/** The same of what it looks at, which stands in a list where something else may keep it quiet. */
const look = (other: Pick<PutMetricAlarmInput, "Namespace" | "MetricName" | "Dimensions" | "Statistic" | "Period">) =>
  put(({ Metrics: [watched, ...rest] = [] }) => {
    if (!watched) return other
    const { Statistic, Period, ...metric } = other
    const { MetricStat: was } = watched
    const Metric = { ...was?.Metric, ...metric }
    return {
      Metrics: [
        { ...watched, MetricStat: { Metric, Period: Period ?? was?.Period, Stat: Statistic ?? was?.Stat } },
        ...rest,
      ],
    }
  })

/** Lets nothing keep it quiet, and says so by an expression. */
const bare = (was: PutMetricAlarmInput): Partial<PutMetricAlarmInput> => {
  const { Metrics, Namespace, MetricName, Dimensions, Period, Statistic } = was
  const MetricStat = Metrics?.[0]?.MetricStat ?? {
    Metric: { Namespace, MetricName, Dimensions },
    Period,
    Stat: Statistic,
  }
  return {
    ...nowhere,
    Metrics: [
      { Id: "watched", MetricStat, ReturnData: false },
      { Id: "quiet", MetricStat, ReturnData: false },
      { Id: "rings", Expression: "watched" },
    ],
  }
}

const nowhere = {
  Namespace: undefined,
  MetricName: undefined,
  Dimensions: undefined,
  Period: undefined,
  Statistic: undefined,
}

/** Without what CloudWatch adds. */
const settingsIn = ({ AlarmName, ...was }: PutMetricAlarmInput): PutMetricAlarmInput => ({
  AlarmName,
  AlarmDescription: was.AlarmDescription,
  ActionsEnabled: was.ActionsEnabled,
  OKActions: was.OKActions,
  AlarmActions: was.AlarmActions,
  ...(was.Metrics && was.Metrics.length > 0
    ? { Metrics: was.Metrics }
    : {
        Namespace: was.Namespace,
        MetricName: was.MetricName,
        Dimensions: was.Dimensions,
        Statistic: was.Statistic,
        Period: was.Period,
      }),
  EvaluationPeriods: was.EvaluationPeriods,
  DatapointsToAlarm: was.DatapointsToAlarm,
  Threshold: was.Threshold,
  ComparisonOperator: was.ComparisonOperator,
  TreatMissingData: was.TreatMissingData,
})

const disk =
  (shape: Omit<ConstructorParameters<typeof ModifyVolumeCommand>[0], "VolumeId">) =>
  ({ ec2 }: Session, { id }: Volume) =>
    ec2.send(new ModifyVolumeCommand({ VolumeId: id, ...shape }))

export const watchingTampers = [
  tampersOf(topicKind, {
    fields: {
      policy: ({ sns }, { arn: TopicArn, policy }) => {
        const anyone = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sns:Subscribe", Resource: TopicArn }
        const AttributeValue = JSON.stringify({ ...policy, Statement: [...policy.Statement, anyone] })
        return sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue }))
      },
      // Under this key, which is AWS's own, CloudWatch can tell it nothing.
      key: ({ sns }, { arn: TopicArn }) => {
        const to = { AttributeName: "KmsMasterKeyId", AttributeValue: "alias/aws/sns" }
        return sns.send(new SetTopicAttributesCommand({ TopicArn, ...to }))
      },
    },
    fixed: { arn: name, topicName: name },
  }),
  tampersOf(subscriptionKind, {
    fields: {},
    fixed: { topicArn: noCall, protocol: noCall, endpoint: noCall },
  }),
  tampersOf(alarmKind, {
    fields: {
      description: put(() => ({ AlarmDescription: "nothing to worry about" })),
      namespace: look({ Namespace: "Other" }),
      metric: look({ MetricName: "Other" }),
      dimensions: look({ Dimensions: [{ Name: "InstanceId", Value: "i-0123456789abcdef0" }] }),
      statistic: look({ Statistic: "SampleCount" }),
      period: look({ Period: 3600 }),
      quiet: put(bare),
      periods: [
        {
          // More periods than before let it want fewer.
          does: put(({ EvaluationPeriods = 0 }) => ({ EvaluationPeriods: EvaluationPeriods + 1 })),
          seen: () => ["periods"],
        },
      ],
      datapoints: [
        {
          does: put(({ EvaluationPeriods = 0 }) => ({
            EvaluationPeriods: EvaluationPeriods + 1,
            DatapointsToAlarm: EvaluationPeriods + 1,
          })),
          seen: () => ["periods", "datapoints"],
        },
      ],
      comparison: put(() => ({ ComparisonOperator: "LessThanOrEqualToThreshold" })),
      threshold: put(({ Threshold = 0 }) => ({ Threshold: Threshold + 1 })),
      missing: put(() => ({ TreatMissingData: "ignore" })),
      enabled: ({ cloudwatch }, { alarmName }) =>
        cloudwatch.send(new DisableAlarmActionsCommand({ AlarmNames: [alarmName] })),
      onAlarm: put(() => ({ AlarmActions: [] })),
      onOk: put(() => ({ OKActions: [] })),
      onNothing: put(({ AlarmActions }) => ({ InsufficientDataActions: AlarmActions })),
    },
    fixed: { alarmName: name },
  }),
  tampersOf(dashboardKind, {
    fields: {
      widgets: ({ cloudwatch }, { dashboardName: DashboardName, widgets }) => {
        const DashboardBody = JSON.stringify({ widgets: widgets.slice(1) })
        return cloudwatch.send(new PutDashboardCommand({ DashboardName, DashboardBody }))
      },
    },
    fixed: { dashboardName: name },
  }),
  tampersOf(logGroupKind, {
    fields: {
      retention: ({ logs }, { logGroup: logGroupName }) =>
        logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 })),
    },
    fixed: { logGroup: name },
  }),
  tampersOf(volumeKind, {
    fields: {
      type: [{ does: disk({ VolumeType: "gp2" }), seen: () => ["type", "iops", "throughput"] }],
      iops: disk({ Iops: 4000 }),
      throughput: disk({ Throughput: 250 }),
    },
    fixed: {
      zone: noCall,
      encrypted: noCall,
      gb: "a disk never shrinks again: what is said of one that grew has a test of its own",
      source: "it is what it was made from: what is said where the tag is lost has a test of its own",
    },
  }),
]
