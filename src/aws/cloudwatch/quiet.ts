import type { MetricAlarm, MetricDataQuery, PutMetricAlarmInput } from "@aws-sdk/client-cloudwatch"
import { dimensionsOf, type Series } from "./series.ts"

/** One metric, as an alarm looks at it. */
interface Measured {
  readonly namespace: string
  readonly metric: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly statistic: string
  readonly period: number
}

/** A second metric, and how it keeps an alarm quiet. */
export interface Quiet extends Measured {
  readonly expression: string
}

// Where it says nothing it keeps nothing quiet: a silence that hides a failure would be worse than an alarm too many.
const expression = "IF(FILL(quiet, 0) > 0, 0, watched)"

export const quietBy = (unless: Series, period: number): Quiet => ({
  expression,
  namespace: unless.namespace,
  metric: unless.metric,
  dimensions: dimensionsOf(unless, [], []),
  statistic: "Maximum",
  period,
})

/** What CloudWatch is told to look at: one metric, or an expression of two. */
export function looksAt(watched: Measured, [quiet]: readonly Quiet[]): Partial<PutMetricAlarmInput> {
  const { Stat, Period, Metric } = statOf(watched)
  // The five that are known by name are texts like any others in a list of metrics.
  if (!quiet) return { ...Metric, Statistic: Stat as PutMetricAlarmInput["Statistic"], Period }
  return {
    Metrics: [
      { Id: "watched", MetricStat: statOf(watched), ReturnData: false },
      { Id: "quiet", MetricStat: statOf(quiet), ReturnData: false },
      { Id: "rings", Expression: quiet.expression, Label: watched.metric, ReturnData: true },
    ],
  }
}

const statOf = ({ namespace, metric, dimensions, statistic, period }: Measured) => ({
  Metric: {
    Namespace: namespace,
    MetricName: metric,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  },
  Period: period,
  Stat: statistic,
})

/** As it is found; an expression of another shape is one that differs. */
export function looksAtOf(alarm: MetricAlarm): Measured & { readonly quiet: readonly Quiet[] } {
  const { Metrics = [], Statistic, ExtendedStatistic, Period = 0 } = alarm
  if (Metrics.length === 0) return { ...measured(alarm, Statistic ?? ExtendedStatistic, Period), quiet: [] }
  const of = (id: string) => {
    const { Metric = {}, Stat, Period: every = 0 } = Metrics.find(({ Id }) => Id === id)?.MetricStat ?? {}
    return measured(Metric, Stat, every)
  }
  const { Expression = "" }: Partial<MetricDataQuery> = Metrics.find(({ ReturnData }) => ReturnData) ?? {}
  return { ...of("watched"), quiet: [{ ...of("quiet"), expression: Expression }] }
}

const measured = (
  { Namespace = "", MetricName = "", Dimensions = [] }: Pick<MetricAlarm, "Namespace" | "MetricName" | "Dimensions">,
  statistic = "",
  period = 0,
): Measured => ({
  namespace: Namespace,
  metric: MetricName,
  dimensions: Object.fromEntries(Dimensions.map(({ Name = "", Value = "" }) => [Name, Value])),
  statistic,
  period,
})
