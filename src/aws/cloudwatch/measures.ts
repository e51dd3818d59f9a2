import type { Need } from "../step.ts"
import type { MetricOf } from "./metrics.ts"
import { dimensionOf, fixedDimension, type Series } from "./series.ts"

type Machine = Need<{ readonly id: string }>

export const ofNode = (metric: MetricOf<"AWS/EC2">, node: Machine): Series => ({
  namespace: "AWS/EC2",
  metric,
  dimensions: [byInstance(node)],
})

export const memoryOf = (node: Machine): Series => ({
  namespace: "CWAgent",
  metric: "mem_used_percent" satisfies MetricOf<"CWAgent">,
  dimensions: [byInstance(node)],
})

/** Amazon Linux has xfs on its own disk, and the node's scripts make the same of the volume for InfluxDB. */
export const diskOf = (node: Machine, path: string): Series => ({
  namespace: "CWAgent",
  metric: "disk_used_percent" satisfies MetricOf<"CWAgent">,
  dimensions: [byInstance(node), fixedDimension("path", path), fixedDimension("fstype", "xfs")],
})

export const ofDatabase = (metric: MetricOf<"AWS/RDS">, database: Need<{ readonly identifier: string }>): Series => ({
  namespace: "AWS/RDS",
  metric,
  dimensions: [dimensionOf("DBInstanceIdentifier", database, ({ identifier }) => identifier)],
})

/** Of the first node of a group, which is the only one or the first primary. */
export const ofCache = (metric: MetricOf<"AWS/ElastiCache">, cache: Need<{ readonly identifier: string }>): Series => ({
  namespace: "AWS/ElastiCache",
  metric,
  dimensions: [dimensionOf("CacheClusterId", cache, ({ identifier }) => `${identifier}-001`)],
})

type Arn = Need<{ readonly id: string }>

export const ofBalancer = (metric: MetricOf<"AWS/ApplicationELB">, balancer: Arn): Series => ({
  namespace: "AWS/ApplicationELB",
  metric,
  dimensions: [byBalancer(balancer)],
})

export const ofTarget = (metric: MetricOf<"AWS/ApplicationELB">, balancer: Arn, target: Arn): Series => ({
  namespace: "AWS/ApplicationELB",
  metric,
  dimensions: [byBalancer(balancer), dimensionOf("TargetGroup", target, ({ id }) => id.split(":").at(-1) ?? "")],
})

/** Each minute, 1 where a system is well. */
export const heartbeatOf = (scope: string, system: string): Series => ofSystem("Healthy", scope, system)

/** Each minute, 1 where a system's node lets nothing of it trade. */
export const haltedOf = (scope: string, system: string): Series => ofSystem("Halted", scope, system)

const ofSystem = (metric: MetricOf<"smart0dte">, scope: string, system: string): Series => ({
  namespace: "smart0dte",
  metric,
  dimensions: [fixedDimension("Scope", scope), fixedDimension("System", system)],
})

/** Each minute, 1 where a node cannot read how its systems are to trade. */
export const unreadableOf = (scope: string): Series => ({
  namespace: "smart0dte",
  metric: "RecordUnreadable" satisfies MetricOf<"smart0dte">,
  dimensions: [fixedDimension("Scope", scope)],
})

/** Where filters of logs count what happens in the account. A metric there has a value only when something was counted. */
export const countedNamespace = "smart0dte/account"

const byInstance = (node: Machine) => dimensionOf("InstanceId", node, ({ id }) => id)

/** `app/name/0123456789abcdef`, as the end of its ARN is. */
const byBalancer = (balancer: Arn) =>
  dimensionOf("LoadBalancer", balancer, ({ id }) => id.split(":loadbalancer/").at(-1) ?? "")

/** What the whole account has cost this month so far: published in us-east-1 alone, and only where somebody asked for it. */
export const spentUsd: Series = {
  namespace: "AWS/Billing",
  metric: "EstimatedCharges",
  dimensions: [fixedDimension("Currency", "USD")],
}
