import {
  type ComparisonOperator,
  type Notification,
  type NotificationType,
  paginateDescribeNotificationsForBudget,
  paginateDescribeSubscribersForNotification,
  type Subscriber,
  type ThresholdType,
} from "@aws-sdk/client-budgets"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"

/** At what somebody is told of a budget. */
export interface Notice {
  /** What is spent, or what is to be expected by the month's end. */
  readonly of: NotificationType
  readonly comparison: ComparisonOperator
  readonly at: number
  readonly unit: ThresholdType
  /** A topic, or addresses, in the order of the alphabet. */
  readonly tells: readonly string[]
}

export interface Telling {
  readonly actual: readonly number[]
  readonly forecast: readonly number[]
  /** The topic's ARN. */
  readonly topic: string
}

export const telling = ({ actual, forecast, topic }: Telling): readonly Notice[] => {
  const notice = (of: NotificationType) => (at: number) =>
    ({ of, comparison: "GREATER_THAN", at, unit: "PERCENTAGE", tells: [topic] }) as const
  return inOrder([...[...new Set(actual)].map(notice("ACTUAL")), ...[...new Set(forecast)].map(notice("FORECASTED"))])
}

export const notificationFor = ({ of, comparison, at, unit }: Notice): Notification => ({
  NotificationType: of,
  ComparisonOperator: comparison,
  Threshold: at,
  ThresholdType: unit,
})

export const subscribersFor = ({ tells }: Notice): Subscriber[] =>
  tells.map((Address) => ({ SubscriptionType: Address.startsWith("arn:") ? "SNS" : "EMAIL", Address }))

/** As they are, each with those it tells. */
export async function noticesOf(ctx: Cloud, BudgetName: string): Promise<readonly Notice[]> {
  const config = { client: ctx.budgets }
  const common = { AccountId: ctx.account, BudgetName }
  const pages = paginateDescribeNotificationsForBudget(config, common)
  const found = await everyItem(pages, (page) => page.Notifications)
  const notices = found.map(async ({ NotificationState: _state, ...Notification }): Promise<Notice> => {
    const told = paginateDescribeSubscribersForNotification(config, { ...common, Notification })
    const tells = (await everyItem(told, (page) => page.Subscribers)).map(({ Address = "" }) => Address)
    const { NotificationType: of = "ACTUAL", ComparisonOperator: comparison = "GREATER_THAN" } = Notification
    const { Threshold: at = 0, ThresholdType: unit = "PERCENTAGE" } = Notification
    return { of, comparison, at, unit, tells: tells.toSorted() }
  })
  return inOrder(await Promise.all(notices))
}

const inOrder = (notices: readonly Notice[]): readonly Notice[] =>
  notices.toSorted((a, b) => (a.of === b.of ? a.at - b.at : a.of < b.of ? -1 : 1))
