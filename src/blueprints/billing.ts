import type { Place } from "../aws/cloud.ts"
import { spentUsd } from "../aws/cloudwatch/measures.ts"
import { inSpending, spendingPlace, spendingScope } from "../aws/spending.ts"
import type { AnyStep, Scope } from "../engine/types.ts"
import { alarm, spendingAlarmKind } from "../steps/alarm.ts"
import { budget } from "../steps/budget.ts"
import { spendingSubscriptionKind, subscription } from "../steps/subscription.ts"
import { spendingTopicKind, spendingTopicOf } from "../steps/topic.ts"
import { endpointsOf, type WatchingWish } from "./watching.ts"

/** At what somebody is told. */
export interface SpendingMarks {
  /** USD. */
  readonly thresholds: readonly number[]
  /** Percent of the budget. */
  readonly actual: readonly number[]
  readonly forecast: readonly number[]
}

export interface BillingWish extends Omit<WatchingWish, "logDays"> {
  readonly billing: SpendingMarks
  /** What the month may cost. */
  readonly budgetUsd: number
}

interface BillingGiven extends BillingWish {
  readonly place: Place
  readonly scope: Scope
  readonly alarms: boolean
  readonly budget: boolean
}

/** Who is told when the month becomes dear: by alarms on what was spent, and by a budget, which also looks ahead. */
export function billingOf(given: BillingGiven): readonly AnyStep[] {
  const { place, scope, billing, budgetUsd } = given
  if (!given.alarms && !given.budget) return []
  const home = spendingPlace(place)
  const topic = inSpending(spendingTopicOf({ place: home, scope: spendingScope }), spendingTopicKind)
  const told = endpointsOf(given).map((endpoint) =>
    inSpending(subscription({ scope: spendingScope, topic, endpoint }), spendingSubscriptionKind),
  )
  const { actual, forecast } = billing
  return [
    topic,
    ...told,
    ...(given.alarms ? [...new Set(billing.thresholds)].map((usd) => spendingAlarm(topic, usd)) : []),
    ...(given.budget ? [budget({ scope, name: "month", usd: budgetUsd, actual, forecast, topic })] : []),
  ]
}

type Topic = Parameters<typeof alarm>[0]["topic"]

const spendingAlarm = (topic: Topic, usd: number) =>
  inSpending(
    alarm({
      scope: spendingScope,
      name: `${usd}-usd`,
      description: `This month has cost more than ${usd} USD so far: see \`smart0dte billing status\`.`,
      series: spentUsd,
      statistic: "Maximum",
      // As often as AWS publishes it.
      period: 21_600,
      periods: 1,
      comparison: "GreaterThanThreshold",
      threshold: usd,
      missing: "missing",
      topic,
    }),
    spendingAlarmKind,
  )
