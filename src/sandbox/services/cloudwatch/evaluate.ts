import type { ComparisonOperator, StateValue } from "@aws-sdk/client-cloudwatch"
import type { Call } from "../../service.ts"
import { type AlarmRecord, metricKey, metrics, type Point } from "./records.ts"

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
  const points = metrics(call).get(metricKey(alarm.namespace, alarm.metric, alarm.dimensions))?.points ?? []
  const windows = Array.from({ length: periods }, (_, n) => call.now - n * span).map((end) =>
    points.filter(({ at }) => at > end - span && at <= end),
  )
  const verdicts = windows.map((window) => verdictOf(alarm, window))
  const breaching = verdicts.filter((verdict) => verdict === "breaching").length
  const known = verdicts.filter((verdict) => verdict !== "missing").length
  const reason = `${breaching} of ${periods} datapoints were breaching the threshold (${alarm.threshold})`
  const since = call.now - ((call.now - changed) % span)
  if (breaching >= (alarm.datapoints ?? periods)) return { value: "ALARM", reason, since }
  return { value: known > 0 ? "OK" : "INSUFFICIENT_DATA", reason, since }
}

const unchecked = "Unchecked: Initial alarm creation"

const verdictOf = (alarm: AlarmRecord, window: readonly Point[]): "breaching" | "fine" | "missing" => {
  if (window.length > 0)
    return exceeds[alarm.comparison]?.(valueIn(alarm, window), alarm.threshold) ? "breaching" : "fine"
  if (alarm.missing === "breaching") return "breaching"
  return alarm.missing === "notBreaching" ? "fine" : "missing"
}

const exceeds: { readonly [Operator in ComparisonOperator]?: (value: number, threshold: number) => boolean } = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
}

const valueIn = ({ statistic }: AlarmRecord, window: readonly Point[]): number =>
  statisticOf(window)[statistic ?? "Average"]

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
