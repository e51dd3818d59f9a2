import type { ComparisonOperator, StateValue } from "@aws-sdk/client-cloudwatch"
import type { Call } from "../../service.ts"
import { formulaOf } from "./math.ts"
import { metricAt } from "./published.ts"
import { type AlarmRecord, dimensionsOf, metricKey, type Point } from "./records.ts"

interface AlarmState {
  readonly value: StateValue
  readonly reason: string
  readonly since: number
}

/** How an alarm stands, from what was put for its metric; computed on reading. */
export const stateOf = (call: Call, alarm: AlarmRecord): AlarmState => {
  const { forced, period, periods, changed } = alarm
  const span = period * 1000
  if (forced && call.now - forced.at < span) return { value: forced.state, reason: forced.reason, since: forced.at }
  // A new one has not looked yet.
  if (call.now - changed < span) return { value: "INSUFFICIENT_DATA", reason: unchecked, since: changed }
  const verdicts = Array.from({ length: periods }, (_, n) => call.now - n * span).map((end) =>
    verdictOf(alarm, valueAt(call, alarm, end - span, end)),
  )
  const breaching = verdicts.filter((verdict) => verdict === "breaching").length
  const known = verdicts.filter((verdict) => verdict !== "missing").length
  const reason = `${breaching} of ${periods} datapoints were breaching the threshold (${alarm.threshold})`
  const since = call.now - ((call.now - changed) % span)
  if (breaching >= (alarm.datapoints ?? periods)) return { value: "ALARM", reason, since }
  return { value: known > 0 ? "OK" : "INSUFFICIENT_DATA", reason, since }
}

const unchecked = "Unchecked: Initial alarm creation"

/** Nothing where nothing was put meanwhile. */
const valueAt = (call: Call, alarm: AlarmRecord, start: number, end: number): number | undefined => {
  const { namespace, metric, dimensions, statistic = "Average", queries } = alarm
  const within = (key: string) => (metricAt(call, key)?.points ?? []).filter(({ at }) => at > start && at <= end)
  const counted = within(metricKey(namespace, metric, dimensions))
  const value = counted.length > 0 ? statisticOf(counted)[statistic] : undefined
  const other = (queries && formulaOf(queries).unless?.MetricStat)?.Metric
  if (value === undefined || !other) return value
  const hushed = within(metricKey(other.Namespace ?? "", other.MetricName ?? "", dimensionsOf(other.Dimensions)))
  return hushed.length > 0 && statisticOf(hushed).Maximum > 0 ? 0 : value
}

const verdictOf = (alarm: AlarmRecord, value: number | undefined): "breaching" | "fine" | "missing" => {
  if (value !== undefined) return exceeds[alarm.comparison]?.(value, alarm.threshold) ? "breaching" : "fine"
  if (alarm.missing === "breaching") return "breaching"
  return alarm.missing === "notBreaching" ? "fine" : "missing"
}

const exceeds: { readonly [Operator in ComparisonOperator]?: (value: number, threshold: number) => boolean } = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
}

export const statisticOf = (points: readonly Point[]) => {
  const Sum = points.reduce((total, { sum }) => total + sum, 0)
  const SampleCount = points.reduce((total, { count }) => total + count, 0)
  return {
    Sum,
    SampleCount,
    Average: SampleCount === 0 ? 0 : Sum / SampleCount,
    Minimum: Math.min(...points.map(({ least }) => least)),
    Maximum: Math.max(...points.map(({ most }) => most)),
  }
}
