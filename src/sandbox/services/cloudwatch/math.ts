import type { MetricDataQuery, PutMetricAlarmInput } from "@aws-sdk/client-cloudwatch"
import { notServed } from "../unserved.ts"
import { invalid } from "./records.ts"

/** What an alarm on an expression looks at: one metric, and perhaps another while which nothing counts. */
export interface Formula {
  readonly value: MetricDataQuery
  /** While it is above nothing, the value counts as nothing; without data it is taken for nothing itself. */
  readonly unless?: MetricDataQuery | undefined
}

/** The formula of an alarm's metrics, after what CloudWatch refuses has been refused. */
export const formulaOf = (queries: readonly MetricDataQuery[]): Formula => {
  const ids = queries.map(({ Id = "" }) => Id)
  const bad = ids.find((id) => !/^[a-z]\w{0,254}$/.test(id))
  if (bad !== undefined) throw invalid(`Invalid metrics list: the id ${bad} must begin with a small letter`)
  if (new Set(ids).size < ids.length) throw invalid("Invalid metrics list: ids must be unique")
  for (const { Id, MetricStat, Expression } of queries)
    if ((MetricStat === undefined) === (Expression === undefined))
      throw invalid(`Invalid metrics list: ${Id} must have exactly one of MetricStat, Expression`)
  const [rule, ...others] = queries.filter(({ ReturnData = true }) => ReturnData)
  if (!rule || others.length > 0) throw invalid("Exactly one element of the metrics list should return data.")
  if (rule.Expression === undefined) return { value: rule }
  const [, unless, value] = condition.exec(rule.Expression) ?? [
    undefined,
    undefined,
    /^\w+$/.exec(rule.Expression)?.[0],
  ]
  if (value === undefined) throw notServed(`the expression ${rule.Expression}`)
  return { value: named(queries, value), unless: unless === undefined ? undefined : named(queries, unless) }
}

/** A metric as long as another one is nothing, or tells nothing. */
const condition = /^IF\(FILL\((\w+), 0\) > 0, 0, (\w+)\)$/

const named = (queries: readonly MetricDataQuery[], id: string): MetricDataQuery => {
  const found = queries.find((query) => query.Id === id && query.MetricStat)
  if (!found) throw invalid(`Invalid metrics list: the expression names ${id}, which is no metric of it`)
  return found
}

/** What is said of one metric alone cannot be said beside a list of them. */
export const refuseBoth = (input: PutMetricAlarmInput): void => {
  const both = single.find((name) => input[name] !== undefined)
  if (both !== undefined)
    throw invalid(
      `The parameters ${both} and Metrics cannot be specified together: each metric of the list has its own.`,
    )
}

const single = [
  "MetricName",
  "Namespace",
  "Dimensions",
  "Period",
  "Unit",
  "Statistic",
  "ExtendedStatistic",
] as const satisfies readonly (keyof PutMetricAlarmInput)[]
