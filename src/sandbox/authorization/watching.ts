import { anything, both, on, type Row, type Rows, taggedAt, want } from "./needs.ts"

const alarms = on("alarm:{AlarmNames}")
const alarm = on("alarm:{AlarmName}")
/** An account's, in no region. */
const dashboards: Row = (ask) =>
  [ask.input.DashboardName, ask.input.DashboardNames]
    .flat()
    .filter((name): name is string => typeof name === "string")
    .map((name) => want(ask, `arn:${ask.call.partition}:cloudwatch::${ask.call.account}:dashboard/${name}`))

export const cloudwatchRows: Rows = {
  DeleteAlarms: alarms,
  DeleteDashboards: dashboards,
  DescribeAlarms: on("alarm:*"),
  DisableAlarmActions: alarms,
  EnableAlarmActions: alarms,
  GetDashboard: dashboards,
  GetMetricStatistics: anything(),
  ListDashboards: anything(),
  ListMetrics: anything(),
  ListTagsForResource: on("{ResourceARN}"),
  PutDashboard: (ask) => [
    ...dashboards(ask),
    ...(ask.input.Tags === undefined
      ? []
      : dashboards(ask).map((one) => ({ ...one, action: "cloudwatch:TagResource" }))),
  ],
  PutMetricAlarm: both(alarm, taggedAt("alarm:{AlarmName}", "cloudwatch:TagResource")),
  PutMetricData: (ask) => [want(ask, "*", { context: { "cloudwatch:namespace": String(ask.input.Namespace) } })],
  SetAlarmState: alarm,
  TagResource: on("{ResourceARN}"),
  UntagResource: on("{ResourceARN}"),
}

const group = on("log-group:{logGroupName}")
/** Those of all groups, where none is named. */
const filters: Row = (ask) => (ask.input.logGroupName === undefined ? on("log-group:*") : group)(ask)
const stream: Row = (ask) => on(`log-group:{logGroupName}:log-stream:${ask.input.logStreamName}`)(ask)

export const logsRows: Rows = {
  CreateLogGroup: both(group, taggedAt("log-group:{logGroupName}", "logs:TagResource")),
  CreateLogStream: group,
  DeleteLogGroup: group,
  DeleteLogStream: stream,
  DeleteMetricFilter: group,
  DeleteRetentionPolicy: group,
  DescribeLogGroups: on("log-group:*"),
  DescribeLogStreams: group,
  DescribeMetricFilters: filters,
  FilterLogEvents: both(group, on("{logGroupIdentifier}")),
  GetLogEvents: stream,
  ListTagsForResource: on("{resourceArn}"),
  PutLogEvents: stream,
  PutMetricFilter: group,
  PutRetentionPolicy: group,
  TagResource: on("{resourceArn}"),
  UntagResource: on("{resourceArn}"),
}

const topic = on("{TopicArn}")

/** A subscription is no type of resource: what is done with one is judged as if it were done with anything. */
const subscription = anything()

export const snsRows: Rows = {
  ConfirmSubscription: topic,
  CreateTopic: both(on("{Name}"), taggedAt("{Name}", "sns:TagResource")),
  DeleteTopic: topic,
  GetSubscriptionAttributes: subscription,
  GetTopicAttributes: topic,
  ListSubscriptions: anything(),
  ListSubscriptionsByTopic: topic,
  ListTagsForResource: on("{ResourceArn}"),
  ListTopics: anything(),
  Publish: topic,
  SetTopicAttributes: topic,
  Subscribe: topic,
  TagResource: on("{ResourceArn}"),
  Unsubscribe: subscription,
  UntagResource: on("{ResourceArn}"),
}
