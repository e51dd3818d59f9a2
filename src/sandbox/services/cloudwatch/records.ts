import type * as CloudWatch from "@aws-sdk/client-cloudwatch"
import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { regional } from "../regional.ts"
import type { Tag } from "../tags.ts"

export interface Dimension {
  readonly Name: string
  readonly Value: string
}

/** What it looks at, and when it rings; as it was last put. */
export interface AlarmRecord {
  readonly name: string
  readonly arn: string
  readonly description: string | undefined
  readonly enabled: boolean
  readonly onAlarm: readonly string[]
  readonly onOk: readonly string[]
  readonly onNothing: readonly string[]
  /** Of one on an expression: what that is made of. Then all that is said of a metric here is of the one that counts. */
  readonly queries?: readonly CloudWatch.MetricDataQuery[] | undefined
  readonly namespace: string
  readonly metric: string
  readonly dimensions: readonly Dimension[]
  readonly statistic: CloudWatch.Statistic | undefined
  readonly extended: string | undefined
  readonly unit: CloudWatch.StandardUnit | undefined
  readonly period: number
  readonly periods: number
  readonly datapoints: number | undefined
  readonly threshold: number
  readonly comparison: CloudWatch.ComparisonOperator
  readonly missing: string | undefined
  readonly changed: number
  /** Set by hand, until the next look at the metric. */
  readonly forced?: { readonly state: CloudWatch.StateValue; readonly reason: string; readonly at: number } | undefined
  readonly Tags: readonly Tag[]
}

export interface DashboardRecord {
  readonly name: string
  readonly body: string
  readonly changed: number
  readonly Tags: readonly Tag[]
}

export interface MetricRecord {
  readonly namespace: string
  readonly metric: string
  readonly dimensions: readonly Dimension[]
  readonly points: readonly Point[]
}

export interface Point {
  readonly at: number
  readonly sum: number
  readonly count: number
  readonly least: number
  readonly most: number
}

export const alarms = (call: Call): Table<AlarmRecord> => regional(call, "cloudwatch/alarm")
/** An account's, whichever region asks. */
export const dashboards = (call: Call): Table<DashboardRecord> =>
  call.store.table<DashboardRecord>("cloudwatch/dashboard")
export const metrics = (call: Call): Table<MetricRecord> => regional(call, "cloudwatch/metric")

export const alarmArn = ({ partition, region, account }: Call, name: string): string =>
  `arn:${partition}:cloudwatch:${region}:${account}:alarm:${name}`

export const dashboardArn = ({ partition, account }: Call, name: string): string =>
  `arn:${partition}:cloudwatch::${account}:dashboard/${name}`

/** The dimensions in an order of their own: it makes no difference in which they are given. */
export const metricKey = (namespace: string, metric: string, dimensions: readonly Dimension[]): string =>
  JSON.stringify([namespace, metric, dimensions.map(({ Name, Value }) => [Name, Value]).sort()])

export const dimensionsOf = (given: readonly CloudWatch.Dimension[] = []): readonly Dimension[] => {
  const dimensions = given.map(({ Name = "", Value = "" }) => ({ Name, Value }))
  if (new Set(dimensions.map(({ Name }) => Name)).size < dimensions.length)
    throw invalid("The parameter Dimensions names a dimension twice.")
  return dimensions
}

export const invalid = (message: string): Refusal => new Refusal("ValidationException", message)

export const badValue = (message: string): Refusal => new Refusal("InvalidParameterValueException", message)
