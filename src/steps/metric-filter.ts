import {
  DeleteMetricFilterCommand,
  type MetricFilter as Described,
  PutMetricFilterCommand,
  paginateDescribeMetricFilters,
} from "@aws-sdk/client-cloudwatch-logs"
import { logGroupArn, onAnything } from "../aws/allow.ts"
import { flatName, flatPrefix, identityIn } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import type { Scope } from "../engine/types.ts"

/** What counts the lines of a log that fit a pattern. */
export interface MetricFilter {
  readonly filterName: string
  readonly logGroup: string
  readonly pattern: string
  readonly namespace: string
  readonly metric: string
  readonly value: string
}

export interface MetricFilterWish {
  readonly scope: Scope
  readonly name: string
  readonly group: Need<{ readonly logGroup: string }>
  /** In CloudWatch's own language. */
  readonly pattern: string
  readonly namespace: string
}

/** The metric has the step's name, and a value only when something was counted: until then it costs nothing. */
export const metricFilter = ({ scope, name, group, pattern, namespace }: MetricFilterWish) => {
  const filterName = flatName(scope, name)
  const metricTransformations = [{ metricName: name, metricNamespace: namespace, metricValue: "1" }]
  const put = (logGroupName: string) =>
    new PutMetricFilterCommand({ logGroupName, filterName, filterPattern: pattern, metricTransformations })
  return step({
    kind: metricFilterKind,
    name,
    scope,
    needs: { group },
    spec: { filterName, pattern, namespace, metric: name, value: "1" },
    links: ({ group }) => ({ logGroup: group.logGroup }),
    async create(ctx, { group }) {
      await ctx.logs.send(put(group.logGroup))
    },
    async update(ctx, live) {
      await ctx.logs.send(put(live.logGroup))
    },
  })
}

export const metricFilterKind: CloudKind<MetricFilter> = {
  name: "metric-filter",
  // One of the same name is put in its place.
  unique: "name",
  async list(ctx, scopes) {
    const filters = await everyItem(
      paginateDescribeMetricFilters({ client: ctx.logs }, {}),
      (page) => page.metricFilters,
    )
    return filters.flatMap((one) => {
      const identity = one.filterName?.startsWith(flatPrefix) ? identityIn(scopes, one.filterName) : undefined
      return identity ? [{ ...identity, live: liveOf(one), owner: "ours", phase: "ready" } as const] : []
    })
  },
  async destroy(ctx, { logGroup, filterName }) {
    await ctx.logs.send(new DeleteMetricFilterCommand({ logGroupName: logGroup, filterName }))
    return undefined
  },
  fixed: ["filterName", "logGroup"],
  blank: { filterName: "", logGroup: "", pattern: "", namespace: "", metric: "", value: "" },
  allow: [
    onAnything("logs:DescribeMetricFilters"),
    { action: ["logs:PutMetricFilter", "logs:DeleteMetricFilter"], resource: logGroupArn },
  ],
  usually: { create: 1, update: 1, destroy: 1 },
}

/** What counts into several metrics differs from ours in the first of them, or in none. */
const liveOf = ({ filterName = "", logGroupName = "", filterPattern = "", metricTransformations }: Described) => {
  const [{ metricNamespace = "", metricName = "", metricValue = "" } = {}] = metricTransformations ?? []
  return {
    filterName,
    logGroup: logGroupName,
    pattern: filterPattern,
    namespace: metricNamespace,
    metric: metricName,
    value: metricValue,
  }
}
