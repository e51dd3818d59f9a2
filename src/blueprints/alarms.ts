import { connectionsOf } from "../aws/cloudwatch/connections.ts"
import {
  diskOf,
  haltedOf,
  heartbeatOf,
  memoryOf,
  ofBalancer,
  ofCache,
  ofDatabase,
  ofNode,
  ofTarget,
  unreadableOf,
} from "../aws/cloudwatch/measures.ts"
import type { Need } from "../aws/step.ts"
import type { AnyStep } from "../engine/types.ts"
import type { AlarmWish } from "../steps/alarm.ts"

/** An alarm without what all of an environment share. */
export type Rule = Omit<AlarmWish, "scope" | "topic">

export interface WatchedNode {
  readonly step: Need<{ readonly id: string }>
  readonly instanceType: string
  /** Where its volumes are mounted. */
  readonly mounts: readonly { readonly name: string; readonly path: string }[]
}

export const nodeRules = ({ step, instanceType, mounts }: WatchedNode): readonly Rule[] => [
  {
    name: "node-cpu",
    description:
      "The node's processor has been busy by more than 80 % for five minutes: see what runs with `smart0dte ps`.",
    series: ofNode("CPUUtilization", step),
    ...above("Average", 80),
    // A machine that is stopped has no data: its status and the heartbeats tell of that.
    missing: "missing",
  },
  {
    name: "node-status",
    description: "AWS says that the node or what it stands on is broken: stopping and starting it moves it elsewhere.",
    series: ofNode("StatusCheckFailed", step),
    ...above("Maximum", 0),
    period: 60,
    periods: 3,
    missing: "missing",
  },
  {
    name: "node-memory",
    description:
      "The node has used more than 90 % of its memory for five minutes: Linux ends processes when it is full.",
    series: memoryOf(step),
    ...above("Average", 90),
    missing: "missing",
  },
  ...mounts.map(({ name, path }) => ({
    name: `node-${name}`,
    description: `The node's disk at ${path} is more than 85 % full, or its agent has told nothing for fifteen minutes.`,
    series: diskOf(step, path),
    ...above("Maximum", 85),
    periods: 3,
    // An agent that is silent would hide a disk that fills up.
    missing: "breaching" as const,
  })),
  ...(/^t\d/.test(instanceType) ? [surplus("node", ofNode("CPUSurplusCreditsCharged", step))] : []),
]

export interface WatchedDatabase {
  readonly step: Need<{ readonly identifier: string }>
  readonly instanceClass: string
  readonly storageGb: number
}

export const databaseRules = ({ step, instanceClass, storageGb }: WatchedDatabase): readonly Rule[] => {
  const most = connectionsOf(instanceClass)
  return [
    {
      name: "database-cpu",
      description: "The database's processor has been busy by more than 80 % for fifteen minutes.",
      series: ofDatabase("CPUUtilization", step),
      ...above("Average", 80),
      periods: 3,
      // During its weekly maintenance a database tells nothing for minutes.
      missing: "missing",
    },
    {
      name: "database-storage",
      description:
        "The database has less than a tenth of its storage left, and has not grown by itself: see its limit.",
      series: ofDatabase("FreeStorageSpace", step),
      ...above("Minimum", Math.round(0.1 * storageGb * 1024 ** 3)),
      comparison: "LessThanThreshold",
      periods: 3,
      missing: "missing",
    },
    ...(most === undefined
      ? []
      : [
          {
            name: "database-connections",
            description: `More than 80 % of about ${most} connections of the database are taken: it refuses more.`,
            series: ofDatabase("DatabaseConnections", step),
            ...above("Maximum", Math.floor(0.8 * most)),
            missing: "missing" as const,
          },
        ]),
    ...(/^db\.t\d/.test(instanceClass) ? [surplus("database", ofDatabase("CPUSurplusCreditsCharged", step))] : []),
  ]
}

export const cacheRules = (cache: Need<{ readonly identifier: string }>): readonly Rule[] => [
  {
    name: "cache-memory",
    description: "The cache has used more than 80 % of its memory for five minutes: when it is full it forgets.",
    series: ofCache("DatabaseMemoryUsagePercentage", cache),
    ...above("Maximum", 80),
    missing: "missing",
  },
  {
    name: "cache-evictions",
    description: "The cache forgot something that it was to keep, because it is full.",
    series: ofCache("Evictions", cache),
    ...above("Sum", 0),
    missing: "missing",
  },
]

export interface WatchedFront {
  readonly loadBalancer: Need<{ readonly id: string }>
  readonly targets: readonly WatchedTarget[]
}

interface WatchedTarget {
  readonly name: string
  readonly step: Need<{ readonly id: string }>
  /** The system that trades by it: while that is halted, it answers nothing, and is as it should be. */
  readonly trades?: string | undefined
}

export const frontRules = (scope: string, { loadBalancer, targets }: WatchedFront): readonly Rule[] => [
  ...targets.map(({ name, step, trades }) => ({
    name: `${name.replaceAll(" ", "-")}-unhealthy`,
    description: `The load balancer gets no good answer from ${name}: see \`smart0dte status\` and \`smart0dte logs\`.`,
    series: ofTarget("UnHealthyHostCount", loadBalancer, step),
    ...above("Maximum", 0),
    period: 60,
    periods: 5,
    // Without a target there is nothing to count.
    missing: "notBreaching" as const,
    unless: trades === undefined ? undefined : haltedOf(scope, trades),
  })),
  {
    name: "front-5xx",
    description: "More than ten answers in five minutes were errors of the applications.",
    series: ofBalancer("HTTPCode_Target_5XX_Count", loadBalancer),
    ...above("Sum", 10),
    // What did not happen is not counted.
    missing: "notBreaching",
  },
  {
    name: "front-unanswered",
    description: "More than ten requests in five minutes were not answered by any application.",
    series: ofBalancer("HTTPCode_ELB_5XX_Count", loadBalancer),
    ...above("Sum", 10),
    missing: "notBreaching",
  },
]

export interface WatchedSystem {
  readonly name: string
  /** It is well for the first time: before that, its silence means nothing. */
  readonly ready?: AnyStep | undefined
}

export const systemRule = (environment: string, { name, ready }: WatchedSystem): Rule => ({
  name: `heartbeat-${name}`,
  description: `Nothing has been heard from ${name} for five minutes, or it is not well: see \`smart0dte status\`.`,
  series: heartbeatOf(environment, name),
  ...above("Sum", 1),
  comparison: "LessThanThreshold",
  period: 60,
  periods: 5,
  missing: "breaching",
  after: ready ? [ready] : [],
})

/** What trades goes on as it is then, and nothing that trades is started. */
export const recordRule = (scope: string): Rule => ({
  name: "record-unreadable",
  description:
    "For three minutes the node could not read how its systems are to trade: what runs goes on as it is. See `smart0dte mode`.",
  series: unreadableOf(scope),
  ...above("Minimum", 0),
  period: 60,
  periods: 3,
  // A node that is silent rings by its heartbeats.
  missing: "notBreaching",
})

/** Five minutes long, if nothing else is said. */
const above = (statistic: Rule["statistic"], threshold: number) =>
  ({ statistic, period: 300, periods: 1, comparison: "GreaterThanThreshold", threshold }) as const

const surplus = (what: string, series: Rule["series"]): Rule => ({
  name: `${what}-credits`,
  description: `The ${what} is busier than what its class pays for: AWS charges for surplus credits, and a larger class may cost less.`,
  series,
  ...above("Sum", 0),
  // Charged for seldom, and told of only then.
  missing: "notBreaching",
})
