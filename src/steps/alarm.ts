import {
  type ComparisonOperator,
  DeleteAlarmsCommand,
  type MetricAlarm,
  PutMetricAlarmCommand,
  type PutMetricAlarmInput,
  paginateDescribeAlarms,
  type Statistic,
} from "@aws-sdk/client-cloudwatch"
import { flatArn, onAnything } from "../aws/allow.ts"
import { countedNamespace } from "../aws/cloudwatch/measures.ts"
import { looksAt, looksAtOf, type Quiet, quietBy } from "../aws/cloudwatch/quiet.ts"
import { dimensionsOf, type Series, stepsOf } from "../aws/cloudwatch/series.ts"
import { flatName, flatPrefix, identityIn } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { spendingKindOf } from "../aws/spending.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { AnyStep, Scope } from "../engine/types.ts"

/** What rings when a metric stays beyond a threshold. */
export interface Alarm {
  readonly alarmName: string
  readonly description: string
  readonly namespace: string
  readonly metric: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly statistic: string
  readonly period: number
  /** What keeps it quiet; none, if nothing does. */
  readonly quiet: readonly Quiet[]
  readonly periods: number
  /** Of so many periods, so many must be beyond. */
  readonly datapoints: number
  readonly comparison: string
  readonly threshold: number
  /** What a period without data counts as. */
  readonly missing: string
  readonly enabled: boolean
  readonly onAlarm: readonly string[]
  readonly onOk: readonly string[]
  readonly onNothing: readonly string[]
}

export interface AlarmWish {
  readonly scope: Scope
  readonly name: string
  /** What it means and what to do, for whoever it wakes. */
  readonly description: string
  readonly series: Series
  readonly statistic: Statistic
  readonly period: number
  readonly periods: number
  readonly comparison: ComparisonOperator
  readonly threshold: number
  readonly missing: "breaching" | "notBreaching" | "missing"
  readonly topic: Need<{ readonly arn: string }>
  /** While this is above nothing, whatever it watches is well. It has dimensions that are known beforehand. */
  readonly unless?: Series | undefined
  /** What must be so before its silence means anything. */
  readonly after?: readonly AnyStep[] | undefined
}

export const alarm = (wish: AlarmWish) => {
  const { scope, name, description, series, topic, statistic, period, periods, comparison, threshold, missing } = wish
  const watched = stepsOf([series])
  const alarmName = flatName(scope, name)
  const { namespace, metric } = series
  const quiet = wish.unless ? [quietBy(wish.unless, period)] : []
  const rule = {
    description,
    namespace,
    metric,
    statistic,
    period,
    quiet,
    periods,
    datapoints: periods,
    comparison,
    threshold,
  }
  const put = (lives: readonly object[], topicArn: string): PutMetricAlarmInput => ({
    AlarmName: alarmName,
    AlarmDescription: description,
    ...looksAt({ namespace, metric, dimensions: dimensionsOf(series, watched, lives), statistic, period }, quiet),
    EvaluationPeriods: periods,
    DatapointsToAlarm: periods,
    ComparisonOperator: comparison,
    Threshold: threshold,
    TreatMissingData: missing,
    ActionsEnabled: true,
    AlarmActions: [topicArn],
    OKActions: [topicArn],
  })
  return step({
    kind: alarmKind,
    name,
    scope,
    needs: { topic, watched, after: wish.after ?? [] },
    // A name is enough: a database that is still being made has one.
    started: ["watched"],
    spec: { alarmName, ...rule, missing, enabled: true },
    links: ({ topic, watched: lives }) => ({
      dimensions: dimensionsOf(series, watched, lives),
      onAlarm: [topic.arn],
      onOk: [topic.arn],
      onNothing: [],
    }),
    async create(ctx, { topic, watched: lives }, birth) {
      await ctx.cloudwatch.send(new PutMetricAlarmCommand({ ...put(lives, topic.arn), Tags: birthTags(birth) }))
    },
    /** CloudWatch knows no change of a part: all of it is put again. */
    async update(ctx, _, __, { topic, watched: lives }) {
      await ctx.cloudwatch.send(new PutMetricAlarmCommand(put(lives, topic.arn)))
    },
  })
}

export const alarmKind: CloudKind<Alarm> = {
  name: "alarm",
  unique: "name",
  async list(ctx, scopes) {
    const input = { AlarmNamePrefix: flatPrefix, MaxRecords: 100 }
    const alarms = await everyItem(
      paginateDescribeAlarms({ client: ctx.cloudwatch }, input),
      (page) => page.MetricAlarms,
    )
    return alarms.flatMap((one) => {
      const identity = identityIn(scopes, one.AlarmName ?? "")
      return identity ? [{ ...identity, live: liveOf(one), owner: "ours", phase: "ready" } as const] : []
    })
  },
  async destroy(ctx, { alarmName }) {
    await ctx.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [alarmName] }))
    return undefined
  },
  fixed: ["alarmName"],
  blank: {
    alarmName: "",
    description: "",
    namespace: "",
    metric: "",
    dimensions: {},
    statistic: "",
    period: 60,
    quiet: [],
    periods: 1,
    datapoints: 1,
    comparison: "",
    threshold: 0,
    missing: "missing",
    enabled: true,
    onAlarm: [],
    onOk: [],
    onNothing: [],
  },
  allow: [
    onAnything("cloudwatch:DescribeAlarms"),
    {
      action: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:DeleteAlarms"],
      resource: flatArn("cloudwatch", "alarm:"),
    },
  ],
  // A metric that is not AWS's own costs as well, and each of ours is there for its alarm. It costs by the hours in
  // which it was sent: one that counts what happens may have none.
  // On an expression it costs as much as one for each of its metrics. What keeps it quiet is there without it.
  price: ({ namespace, quiet }) => [
    { sku: "cloudwatch/alarm", units: 1 + quiet.length },
    ...(namespace.startsWith("AWS/") || namespace === countedNamespace ? [] : [{ sku: "cloudwatch/metric", units: 1 }]),
  ],
  usually: { create: 2, update: 2, destroy: 1 },
}

const spendingKind = spendingKindOf(alarmKind)

export const spendingAlarmKind: CloudKind<Alarm> = {
  ...spendingKind,
  // Whether AWS publishes what they look at.
  allow: [...spendingKind.allow, onAnything("cloudwatch:ListMetrics")],
}

const liveOf = (one: MetricAlarm): Alarm => ({
  alarmName: one.AlarmName ?? "",
  description: one.AlarmDescription ?? "",
  ...looksAtOf(one),
  periods: one.EvaluationPeriods ?? 0,
  datapoints: one.DatapointsToAlarm ?? one.EvaluationPeriods ?? 0,
  comparison: one.ComparisonOperator ?? "",
  threshold: one.Threshold ?? 0,
  missing: one.TreatMissingData ?? "missing",
  enabled: one.ActionsEnabled ?? true,
  onAlarm: one.AlarmActions ?? [],
  onOk: one.OKActions ?? [],
  onNothing: one.InsufficientDataActions ?? [],
})
