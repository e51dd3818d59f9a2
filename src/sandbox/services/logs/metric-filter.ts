import type * as Logs from "@aws-sdk/client-cloudwatch-logs"
import { type Call, handlers, Refusal } from "../../service.ts"
import { metricKey, metrics } from "../cloudwatch/records.ts"
import { pageByName } from "../pages.ts"
import { refuseUnserved } from "../unserved.ts"
import { fitsPattern } from "./pattern.ts"
import { type FilterRecord, filterKey, filters, groupOf, invalid } from "./records.ts"

export const metricFilterHandlers = handlers<typeof Logs>()({
  /** Makes one, or puts another in its place. */
  PutMetricFilter: (input, call) => {
    refuseUnserved(input, ["applyOnTransformedLogs", "fieldSelectionCriteria", "emitSystemFieldDimensions"])
    const { name: group } = groupOf(call, input.logGroupName)
    const { filterName: name = "", filterPattern: pattern = "", metricTransformations = [] } = input
    const [asked, ...more] = metricTransformations
    if (!asked || more.length > 0) throw invalid("A metric filter has one metric transformation.")
    refuseUnserved(asked, ["dimensions", "unit", "defaultValue"])
    const { metricName: metric = "", metricNamespace: namespace = "", metricValue: value = "" } = asked
    if (/^AWS\//.test(namespace)) throw invalid("The namespace of a metric filter must not begin with AWS/.")
    if (!/^\d+(\.\d+)?$/.test(value)) throw invalid(`Invalid metric transformation: the value ${value} is no number.`)
    fitsPattern(pattern)
    const key = filterKey(group, name)
    if (!filters(call).has(key) && filtersOf(call, group).length >= call.quota("MetricFilters", 100))
      throw new Refusal("LimitExceededException", "Resource limit exceeded.")
    filters(call).put(key, { group, name, pattern, metric, namespace, value: Number(value), created: call.now })
    return {}
  },

  DescribeMetricFilters: (input, call) => {
    const { logGroupName, filterNamePrefix = "", metricName, metricNamespace } = input
    if ((metricName === undefined) !== (metricNamespace === undefined))
      throw invalid("metricName and metricNamespace must be given together.")
    const all = logGroupName === undefined ? filters(call).all() : filtersOf(call, groupOf(call, logGroupName).name)
    const shown = all.filter(
      ({ name, metric, namespace }) =>
        (logGroupName === undefined || name.startsWith(filterNamePrefix)) &&
        (metricName === undefined || (metric === metricName && namespace === metricNamespace)),
    )
    const refuse = () => invalid("The specified nextToken is invalid.")
    const wish = { size: input.limit ?? 50, token: input.nextToken, refuse }
    const { items, next } = pageByName(shown, ({ group, name }) => filterKey(group, name), wish)
    return { metricFilters: items.map(view), ...(next !== undefined && { nextToken: next }) }
  },

  DeleteMetricFilter: (input, call) => {
    const { name: group } = groupOf(call, input.logGroupName)
    if (!filters(call).delete(filterKey(group, input.filterName ?? "")))
      throw new Refusal("ResourceNotFoundException", "The specified metric filter does not exist.")
    return {}
  },
})

const filtersOf = (call: Call, group: string): readonly FilterRecord[] =>
  filters(call)
    .all()
    .filter((one) => one.group === group)

/** Counts what was just written, as CloudWatch does: lines from before a filter was made are not looked at. */
export const countLines = (
  call: Call,
  group: string,
  lines: readonly { readonly at: number; readonly message: string }[],
): void => {
  for (const { pattern, namespace, metric, value } of filtersOf(call, group)) {
    const fits = fitsPattern(pattern)
    const fresh = lines.filter(({ message }) => fits(message)).map(({ at }) => pointAt(at, value))
    if (fresh.length === 0) continue
    const key = metricKey(namespace, metric, [])
    const points = [...(metrics(call).get(key)?.points ?? []), ...fresh].slice(-KEPT)
    metrics(call).put(key, { namespace, metric, dimensions: [], points })
  }
}

const KEPT = 1440

const pointAt = (at: number, value: number) => ({ at, count: 1, sum: value, least: value, most: value })

const view = ({ group, name, pattern, metric, namespace, value, created }: FilterRecord): Logs.MetricFilter => ({
  filterName: name,
  filterPattern: pattern,
  metricTransformations: [{ metricName: metric, metricNamespace: namespace, metricValue: String(value) }],
  creationTime: created,
  logGroupName: group,
})
