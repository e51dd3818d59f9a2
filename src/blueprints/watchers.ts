import type { Cloud, Place } from "../aws/cloud.ts"
import { countedNamespace } from "../aws/cloudwatch/measures.ts"
import type { AnyStep, Scope } from "../engine/types.ts"
import { alarm } from "../steps/alarm.ts"
import { analyzer } from "../steps/analyzer.ts"
import { configBucket, trailBucket } from "../steps/bucket.ts"
import { detector } from "../steps/detector.ts"
import { trailKey } from "../steps/kms-key.ts"
import { logGroup } from "../steps/log-group.ts"
import { metricFilter } from "../steps/metric-filter.ts"
import { recorder } from "../steps/recorder.ts"
import { trailLogsRole } from "../steps/role.ts"
import { securityHub } from "../steps/security-hub.ts"
import { subscription } from "../steps/subscription.ts"
import { alarmTopicOf } from "../steps/topic.ts"
import { type TrailLogs, trail } from "../steps/trail.ts"
import { changeRules } from "./changes.ts"
import { endpointsOf, type WatchingWish } from "./watching.ts"

/** What looks at an account; each is wished for by itself. */
export interface WatchersWish {
  readonly scope: Scope
  readonly place: Place
  /** Who did what, in all regions. */
  readonly trail: boolean
  /** A key for what the trail writes; nothing without `trail`. */
  readonly trailKey?: boolean | undefined
  /** Who is told when somebody changes what guards the account; nothing without `trail`. */
  readonly changeAlarms?: Omit<WatchingWish, "logDays"> | undefined
  /** What of the account others can reach. */
  readonly analyzer: boolean
  /** What is there, written down whenever it changes. */
  readonly config: boolean
  /** What brings about the role that is linked to AWS Config. */
  readonly configRole: readonly AnyStep<Cloud>[]
  /** What looks for signs of a break-in. */
  readonly guardduty: boolean
  /** What holds the account against standards; nothing without `config`. */
  readonly securityHub: boolean
}

export function watchersOf(wish: WatchersWish): { readonly steps: readonly AnyStep<Cloud>[] } {
  const { scope } = wish
  return {
    steps: [
      ...(wish.trail ? trailOf(wish) : []),
      ...(wish.analyzer ? [analyzer({ scope, name })] : []),
      ...(wish.config ? recordingOf(wish) : []),
      ...(wish.guardduty ? [detector({ scope, name })] : []),
    ],
  }
}

/** An account has one of each. */
const name = "main"

function trailOf(wish: WatchersWish): readonly AnyStep<Cloud>[] {
  const { scope, place, changeAlarms } = wish
  const bucket = trailBucket({ place, scope, trail: name })
  const key = wish.trailKey ? trailKey({ place, scope, name: "trail" }) : undefined
  // What is not yet looked at is found in the bucket.
  const group = logGroup({ scope, name: "trail", retention: 30 })
  const logs = changeAlarms
    ? { group, role: trailLogsRole({ place, scope, name: "trail-logs", group: group.spec.logGroup }) }
    : undefined
  const writes = trail({ place, scope, name, bucket, key, logs })
  return [
    bucket,
    ...(key ? [key] : []),
    writes,
    ...(changeAlarms && logs ? changesOf(wish, changeAlarms, logs, writes) : []),
  ]
}

function changesOf(
  { scope, place }: WatchersWish,
  told: Omit<WatchingWish, "logDays">,
  { group }: TrailLogs,
  writes: AnyStep<Cloud>,
): readonly AnyStep<Cloud>[] {
  const topic = alarmTopicOf({ place, scope })
  const namespace = countedNamespace
  const rings = changeRules.flatMap(({ name, control, what, pattern }) => {
    const counts = metricFilter({ scope, name, group, pattern, namespace })
    const bell = alarm({
      scope,
      name,
      description: `${what} See CloudTrail's event history for who and when (CIS ${control}).`,
      series: { namespace, metric: name, dimensions: [] },
      statistic: "Sum",
      period: 300,
      periods: 1,
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      // What did not happen is not counted.
      missing: "notBreaching",
      topic,
      after: [counts, writes],
    })
    return [counts, bell]
  })
  return [topic, ...endpointsOf(told).map((endpoint) => subscription({ scope, topic, endpoint })), ...rings]
}

function recordingOf({
  scope,
  place,
  configRole: roles,
  securityHub: checks,
}: WatchersWish): readonly AnyStep<Cloud>[] {
  const bucket = configBucket({ place, scope })
  const main = recorder({ place, scope, name, bucket, roles })
  return [bucket, main, ...(checks ? [securityHub({ place, scope, name, recorder: main })] : [])]
}
