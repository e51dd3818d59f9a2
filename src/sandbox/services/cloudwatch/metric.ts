import type * as CloudWatch from "@aws-sdk/client-cloudwatch"
import { type Call, handlers, Refusal } from "../../service.ts"
import { pageByName } from "../pages.ts"
import { refuseUnserved } from "../unserved.ts"
import { statisticOf } from "./evaluate.ts"
import { allMetrics, metricAt } from "./published.ts"
import { badValue, dimensionsOf, type MetricRecord, metricKey, metrics, type Point } from "./records.ts"

export const metricHandlers = handlers<typeof CloudWatch>()({
  PutMetricData: (input, call) => {
    refuseUnserved(input, ["EntityMetricData", "StrictEntityValidation"])
    const { Namespace: namespace = "", MetricData = [] } = input
    if (/^AWS\//.test(namespace)) throw badValue("The value AWS/ for parameter Namespace is invalid.")
    for (const datum of MetricData) {
      const dimensions = dimensionsOf(datum.Dimensions)
      const metric = datum.MetricName ?? ""
      const key = metricKey(namespace, metric, dimensions)
      const points = [...(metrics(call).get(key)?.points ?? []), pointOf(call, datum)].slice(-KEPT)
      metrics(call).put(key, { namespace, metric, dimensions, points })
    }
    return {}
  },

  GetMetricStatistics: (input, call) => {
    refuseUnserved(input, ["ExtendedStatistics", "Unit"])
    const { Namespace = "", MetricName = "", Period = 60, Statistics = [] } = input
    const [start, end] = [input.StartTime?.getTime() ?? 0, input.EndTime?.getTime() ?? 0]
    if (start >= end) {
      const message = "The parameter StartTime must be less than the parameter EndTime."
      throw new Refusal("InvalidParameterCombinationException", message)
    }
    if (Statistics.length === 0)
      throw new Refusal("MissingRequiredParameterException", "Statistics or ExtendedStatistics must be given.")
    const step = Period * 1000
    if ((end - start) / step > MOST_POINTS)
      throw new Refusal(
        "InvalidParameterCombinationException",
        `You have requested more than ${MOST_POINTS} datapoints`,
      )
    const points = metricAt(call, metricKey(Namespace, MetricName, dimensionsOf(input.Dimensions)))?.points ?? []
    const within = points.filter(({ at }) => at >= start && at < end)
    const starts = [...new Set(within.map(({ at }) => Math.floor(at / step) * step))]
    const Datapoints = starts.map((at) => {
      const all = statisticOf(within.filter((point) => point.at >= at && point.at < at + step))
      return { Timestamp: new Date(at), ...Object.fromEntries(Statistics.map((name) => [name, all[name]])) }
    })
    return { Label: MetricName, Datapoints }
  },

  ListMetrics: (input, call) => {
    refuseUnserved(input, ["RecentlyActive", "IncludeLinkedAccounts", "OwningAccount"])
    const { Namespace, MetricName, Dimensions = [] } = input
    const fits = ({ namespace, metric, dimensions }: MetricRecord) =>
      (Namespace === undefined || namespace === Namespace) &&
      (MetricName === undefined || metric === MetricName) &&
      Dimensions.every(({ Name, Value }) =>
        dimensions.some((one) => one.Name === Name && (Value === undefined || one.Value === Value)),
      )
    const found = allMetrics(call).filter(fits)
    const nameOf = ({ namespace, metric, dimensions }: MetricRecord) => metricKey(namespace, metric, dimensions)
    const wish = { size: 500, token: input.NextToken, refuse: () => badValue("NextToken") }
    const { items, next } = pageByName(found, nameOf, wish)
    return { Metrics: items.map(view), ...(next !== undefined && { NextToken: next }) }
  },
})

/** Per metric: more than any alarm looks at. */
const KEPT = 1440
const MOST_POINTS = 1440

const pointOf = (call: Call, { Timestamp, Value, Values, StatisticValues, Counts }: CloudWatch.MetricDatum): Point => {
  const at = Timestamp?.getTime() ?? call.now
  if (StatisticValues) {
    const { Sum = 0, SampleCount = 0, Minimum = 0, Maximum = 0 } = StatisticValues
    return { at, sum: Sum, count: SampleCount, least: Minimum, most: Maximum }
  }
  const values = Value === undefined ? (Values ?? []) : [Value]
  if (values.length === 0) {
    const message = "At least one of the parameters Value, Values, StatisticValues must be specified."
    throw new Refusal("MissingRequiredParameterException", message)
  }
  const counts = values.map((_, index) => Counts?.[index] ?? 1)
  return {
    at,
    sum: values.reduce((total, value, index) => total + value * (counts[index] ?? 1), 0),
    count: counts.reduce((total, count) => total + count, 0),
    least: Math.min(...values),
    most: Math.max(...values),
  }
}

const view = ({ namespace, metric, dimensions }: MetricRecord): CloudWatch.Metric => ({
  Namespace: namespace,
  MetricName: metric,
  Dimensions: dimensions.map((one) => ({ ...one })),
})
