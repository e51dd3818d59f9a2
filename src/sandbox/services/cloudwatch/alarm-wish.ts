import type { PutMetricAlarmInput } from "@aws-sdk/client-cloudwatch"
import { notServed, refuseUnserved } from "../unserved.ts"
import { formulaOf, refuseBoth } from "./math.ts"
import { type AlarmRecord, dimensionsOf, invalid } from "./records.ts"

type Wish = Omit<AlarmRecord, "arn" | "changed" | "Tags">

/** An alarm as it is asked for, after what CloudWatch refuses has been refused. */
export const alarmOf = (input: PutMetricAlarmInput): Wish => {
  if (!input.Metrics || input.Metrics.length === 0) return plainOf(input)
  refuseBoth(input)
  const { Metric, Period, Stat, Unit } = formulaOf(input.Metrics).value.MetricStat ?? {}
  const { Metrics, ...rest } = input
  const { Namespace, MetricName, Dimensions } = Metric ?? {}
  // Its statistic is a text of any kind; what is none of the five is not served.
  const Statistic = statistics.find((one) => one === Stat)
  if (!Statistic) throw notServed(`the statistic ${Stat}`)
  const counted = { Namespace, MetricName, Dimensions, Period, Statistic, Unit }
  return { ...plainOf({ ...rest, ...counted }), queries: Metrics }
}

const statistics = ["Average", "Maximum", "Minimum", "SampleCount", "Sum"] as const

const plainOf = (input: PutMetricAlarmInput): Wish => {
  refuseUnserved(input, [
    "ThresholdMetricId",
    "EvaluateLowSampleCountPercentile",
    "EvaluationCriteria",
    "EvaluationInterval",
    "EvaluationWindow",
    "WarmUpConfiguration",
    "ActionConfiguration",
  ])
  const { AlarmName: name = "", ComparisonOperator: comparison, Namespace: namespace, MetricName: metric } = input
  if (metric === undefined) throw invalid("At least one of the parameters Metrics, MetricName must be specified.")
  if (namespace === undefined) throw invalid("Namespace must not be null")
  if (!comparison) throw invalid("ComparisonOperator must not be null")
  if (anomalies.test(comparison)) throw invalid(`${comparison} can only be used with a ThresholdMetricId`)
  if (input.Threshold === undefined) throw invalid("The parameter Threshold must be specified.")
  if ((input.Statistic === undefined) === (input.ExtendedStatistic === undefined))
    throw invalid("Exactly one of the parameters Statistic, ExtendedStatistic must be specified.")
  return {
    ...timesOf(input),
    name,
    namespace,
    metric,
    comparison,
    description: input.AlarmDescription,
    enabled: input.ActionsEnabled ?? true,
    onAlarm: actionsOf(input.AlarmActions),
    onOk: actionsOf(input.OKActions),
    onNothing: actionsOf(input.InsufficientDataActions),
    dimensions: dimensionsOf(input.Dimensions),
    statistic: input.Statistic,
    extended: input.ExtendedStatistic,
    unit: input.Unit,
    threshold: input.Threshold,
    missing: missingOf(input.TreatMissingData),
  }
}

/** These compare with a band that CloudWatch learns. */
const anomalies = /(Lower|Upper)Threshold$/

const timesOf = (input: PutMetricAlarmInput): Pick<Wish, "period" | "periods" | "datapoints"> => {
  const { Period: period, EvaluationPeriods: periods, DatapointsToAlarm: datapoints } = input
  if (period === undefined) throw invalid("The parameter Period must be specified.")
  if (periods === undefined) throw invalid("EvaluationPeriods must not be null")
  if (![10, 20, 30].includes(period) && period % 60 !== 0)
    throw invalid(`Period must be 10, 20, 30 or a multiple of 60, and is ${period}`)
  const longest = period >= 3600 ? 7 * DAY : DAY
  if (period * periods > longest)
    throw invalid(`Metrics cannot be checked across more than ${longest / DAY} day(s) (EvaluationPeriods * Period)`)
  if (datapoints !== undefined && datapoints > periods)
    throw invalid("DatapointsToAlarm must be less than or equal to EvaluationPeriods.")
  return { period, periods, datapoints }
}

const DAY = 86_400

const actionsOf = (actions: readonly string[] = []): readonly string[] => {
  const bad = actions.find((action) => !known.test(action))
  if (bad !== undefined) throw invalid(`Invalid arn syntax: ${bad}`)
  if (new Set(actions).size < actions.length) throw invalid("An action may be given only once")
  return actions
}

const known =
  /^arn:aws[\w-]*:(sns:[\w-]+:\d{12}:[\w-]+|automate:[\w-]+:ec2:(stop|terminate|recover|reboot)|(autoscaling|lambda|ssm|ssm-incidents|swf):.+)$/

const missingOf = (asked: string | undefined): string | undefined => {
  if (asked === undefined || ["breaching", "notBreaching", "ignore", "missing"].includes(asked)) return asked
  throw invalid(`Option ${asked} for parameter TreatMissingData is not valid.`)
}
