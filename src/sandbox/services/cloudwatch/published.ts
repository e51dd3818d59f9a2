import type { Call } from "../../service.ts"
import { spentUsd } from "../spending.ts"
import { type MetricRecord, metricKey, metrics } from "./records.ts"

/** What there is of a metric: what somebody put, or what AWS itself publishes. */
export const metricAt = (call: Call, key: string): MetricRecord | undefined =>
  metrics(call).get(key) ?? spendingOf(call).find((one) => keyOf(one) === key)

export const allMetrics = (call: Call): readonly MetricRecord[] => [...metrics(call).all(), ...spendingOf(call)]

/** The month's cost so far, every six hours: in this region alone, and only where the account's owner has asked for it. */
const spendingOf = (call: Call): readonly MetricRecord[] => {
  if (call.region !== "us-east-1" || call.fault("no-billing-alerts")) return []
  const latest = Math.floor(call.now / EVERY) * EVERY
  const spent = spentUsd(call)
  const points = [3, 2, 1, 0].map((ago) => ({
    at: latest - ago * EVERY,
    sum: spent,
    count: 1,
    least: spent,
    most: spent,
  }))
  return [
    { namespace: "AWS/Billing", metric: "EstimatedCharges", dimensions: [{ Name: "Currency", Value: "USD" }], points },
  ]
}

const keyOf = ({ namespace, metric, dimensions }: MetricRecord) => metricKey(namespace, metric, dimensions)

const EVERY = 6 * 3_600_000
