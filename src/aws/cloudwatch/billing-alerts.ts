import { ListMetricsCommand } from "@aws-sdk/client-cloudwatch"
import type { Cloud } from "../cloud.ts"
import { spentUsd } from "./measures.ts"

/**
 * Whether AWS publishes what the account spends, which alarms look at. No call says so but that the metric is there,
 * and after it was switched on that takes some hours.
 */
export async function publishesSpending({ spending }: Pick<Cloud, "spending">): Promise<boolean> {
  const { namespace: Namespace, metric: MetricName } = spentUsd
  const { Metrics = [] } = await spending.send(new ListMetricsCommand({ Namespace, MetricName }))
  return Metrics.length > 0
}

/** In words, where it does not. */
export const howToPublish =
  "billing alerts are off, so no alarm on spending can ring: in the console, as the root user or with access to " +
  "billing, open Billing and Cost Management, Billing preferences, Alert preferences, and switch on " +
  "CloudWatch billing alerts; the first figure comes within some hours"
