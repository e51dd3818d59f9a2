import type { Place } from "../aws/cloud.ts"
import {
  diskOf,
  heartbeatOf,
  memoryOf,
  ofBalancer,
  ofCache,
  ofDatabase,
  ofNode,
  ofTarget,
} from "../aws/cloudwatch/measures.ts"
import type { Series } from "../aws/cloudwatch/series.ts"
import type { Chart } from "../aws/cloudwatch/widgets.ts"
import type { Need } from "../aws/step.ts"
import type { AnyStep, Scope } from "../engine/types.ts"
import { alarm } from "../steps/alarm.ts"
import { dashboard } from "../steps/dashboard.ts"
import { logGroup } from "../steps/log-group.ts"
import { type SubscriptionWish, subscription } from "../steps/subscription.ts"
import { alarmTopicOf } from "../steps/topic.ts"
import {
  cacheRules,
  databaseRules,
  frontRules,
  nodeRules,
  recordRule,
  systemRule,
  type WatchedDatabase,
  type WatchedFront,
  type WatchedNode,
  type WatchedSystem,
} from "./alarms.ts"

/** Who is told, and how long logs are kept. */
export interface WatchingWish {
  readonly email: readonly string[]
  /** Telephone numbers. */
  readonly sms: readonly string[]
  readonly webhook: readonly string[]
  readonly logDays: number
}

export interface WatchingGiven extends WatchingWish {
  readonly place: Place
  readonly scope: Scope
  readonly node: WatchedNode
  readonly database?: WatchedDatabase | undefined
  readonly cache?: Need<{ readonly identifier: string }> | undefined
  readonly front?: WatchedFront | undefined
  readonly systems: readonly WatchedSystem[]
  /** Those that write logs, or did so once: a system that is switched off keeps what it wrote. */
  readonly logs: readonly string[]
}

/** What tells somebody when something is wrong, and shows to everybody how things are. */
export function watchingOf(given: WatchingGiven) {
  const { place, scope, node, database, cache, front, systems } = given
  const topic = alarmTopicOf({ place, scope })
  const rules = [
    ...nodeRules(node),
    ...(database ? databaseRules(database) : []),
    ...(cache ? cacheRules(cache) : []),
    ...(front ? frontRules(scope, front) : []),
    ...systems.map((system) => systemRule(scope, system)),
    ...(systems.length > 0 ? [recordRule(scope)] : []),
  ]
  const steps: readonly AnyStep[] = [
    topic,
    ...endpointsOf(given).map((endpoint) => subscription({ scope, topic, endpoint })),
    ...rules.map((rule) => alarm({ ...rule, scope, topic })),
    dashboard({ scope, name: "overview", region: place.region, charts: chartsOf(given) }),
    ...given.logs.map((name) => logGroup({ scope, name, retention: given.logDays })),
  ]
  return { topic, steps }
}

export const endpointsOf = ({
  email,
  sms,
  webhook,
}: Omit<WatchingWish, "logDays">): readonly SubscriptionWish["endpoint"][] => [
  ...email.map((address) => ({ protocol: "email" as const, address })),
  ...sms.map((address) => ({ protocol: "sms" as const, address })),
  ...webhook.map((address) => ({ protocol: "https" as const, address })),
]

function chartsOf({ scope, node, database, cache, front, systems }: WatchingGiven): readonly Chart[] {
  const { step, mounts } = node
  return [
    chart("Systems: heartbeats a minute", ...systems.map(({ name }) => line(heartbeatOf(scope, name), "Sum", name))),
    chart("Node: processor, %", line(ofNode("CPUUtilization", step), "Average", "busy")),
    chart(
      "Node: memory and disks, %",
      line(memoryOf(step), "Average", "memory"),
      ...mounts.map(({ path }) => line(diskOf(step, path), "Maximum", path)),
    ),
    chart(
      "Node: network, bytes",
      line(ofNode("NetworkIn", step), "Sum", "in"),
      line(ofNode("NetworkOut", step), "Sum", "out"),
    ),
    ...(database ? databaseCharts(database) : []),
    ...(cache ? [cacheChart(cache)] : []),
    ...(front ? frontCharts(front) : []),
  ]
}

const databaseCharts = ({ step }: WatchedDatabase): readonly Chart[] => [
  chart("Database: processor, %", line(ofDatabase("CPUUtilization", step), "Average", "busy")),
  chart("Database: connections", line(ofDatabase("DatabaseConnections", step), "Maximum", "connections")),
  chart("Database: free storage, bytes", line(ofDatabase("FreeStorageSpace", step), "Minimum", "free")),
]

const cacheChart = (cache: Need<{ readonly identifier: string }>): Chart =>
  chart(
    "Cache: memory, %, and evictions",
    line(ofCache("DatabaseMemoryUsagePercentage", cache), "Maximum", "memory"),
    line(ofCache("Evictions", cache), "Sum", "evictions"),
  )

const frontCharts = ({ loadBalancer, targets }: WatchedFront): readonly Chart[] => [
  chart(
    "Load balancer: requests and errors",
    line(ofBalancer("RequestCount", loadBalancer), "Sum", "requests"),
    line(ofBalancer("HTTPCode_Target_5XX_Count", loadBalancer), "Sum", "errors of applications"),
    line(ofBalancer("HTTPCode_ELB_5XX_Count", loadBalancer), "Sum", "not answered"),
  ),
  chart(
    "Load balancer: healthy targets",
    ...targets.map(({ name, step }) => line(ofTarget("HealthyHostCount", loadBalancer, step), "Minimum", name)),
  ),
]

const chart = (title: string, ...lines: Chart["lines"]): Chart => ({ title, lines })

const line = (series: Series, statistic: string, label: string) => ({ series, statistic, label })
