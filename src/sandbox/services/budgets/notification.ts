import type * as Budgets from "@aws-sdk/client-budgets"
import { type Call, handlers, Refusal } from "../../service.ts"
import { pageByName } from "../pages.ts"
import { spentUsd } from "../spending.ts"
import { forecastOf } from "./budget.ts"
import { checkedNotification, checkedSubscriber, withNotification, withSubscriber } from "./checks.ts"
import {
  type BudgetRecord,
  budgetOf,
  budgets,
  invalid,
  type NotificationRecord,
  notificationIn,
  type SubscriberRecord,
} from "./records.ts"

export const notificationHandlers = handlers<typeof Budgets>()({
  CreateNotification: (input, call) => {
    const budget = budgetOf(call, input)
    const added = checkedNotification(input.Notification, input.Subscribers)
    return save(call, budget, withNotification(budget.notifications, added))
  },

  DeleteNotification: (input, call) => {
    const budget = budgetOf(call, input)
    const gone = notificationIn(budget, input.Notification)
    return save(
      call,
      budget,
      budget.notifications.filter((one) => one !== gone),
    )
  },

  DescribeNotificationsForBudget: (input, call) => {
    const budget = budgetOf(call, input)
    const { items, next } = pageByName(budget.notifications, nameOf, pageWish(input))
    return {
      Notifications: items.map((one) => view(call, budget, one)),
      ...(next !== undefined && { NextToken: next }),
    }
  },

  CreateSubscriber: (input, call) => {
    const budget = budgetOf(call, input)
    const told = notificationIn(budget, input.Notification)
    const subscribers = withSubscriber(told.subscribers, checkedSubscriber(input.Subscriber))
    return save(call, budget, replaced(budget, told, { ...told, subscribers }))
  },

  DeleteSubscriber: (input, call) => {
    const budget = budgetOf(call, input)
    const told = notificationIn(budget, input.Notification)
    const gone = checkedSubscriber(input.Subscriber)
    const subscribers = told.subscribers.filter((one) => !isSame(one, gone))
    if (subscribers.length === told.subscribers.length)
      throw new Refusal("NotFoundException", "Unable to find subscriber - the subscriber does not exist.")
    if (subscribers.length === 0) throw invalid("A notification needs at least one subscriber.")
    return save(call, budget, replaced(budget, told, { ...told, subscribers }))
  },

  DescribeSubscribersForNotification: (input, call) => {
    const { subscribers } = notificationIn(budgetOf(call, input), input.Notification)
    const { items, next } = pageByName(
      subscribers,
      ({ SubscriptionType, Address }) => `${SubscriptionType} ${Address}`,
      {
        ...pageWish(input),
      },
    )
    return { Subscribers: items.map((one) => ({ ...one })), ...(next !== undefined && { NextToken: next }) }
  },
})

const save = (call: Call, budget: BudgetRecord, notifications: readonly NotificationRecord[]) => {
  budgets(call).put(budget.name, { ...budget, notifications })
  return {}
}

const replaced = (budget: BudgetRecord, old: NotificationRecord, fresh: NotificationRecord) =>
  budget.notifications.map((one) => (one === old ? fresh : one))

const isSame = (one: SubscriberRecord, other: SubscriberRecord) =>
  one.SubscriptionType === other.SubscriptionType && one.Address === other.Address

const nameOf = ({ NotificationType, ComparisonOperator, Threshold, ThresholdType }: NotificationRecord) =>
  `${NotificationType} ${ComparisonOperator} ${ThresholdType} ${Threshold}`

const pageWish = ({
  MaxResults = 100,
  NextToken: token,
}: {
  MaxResults?: number | undefined
  NextToken?: string | undefined
}) => ({
  size: MaxResults,
  token,
  refuse: () => new Refusal("InvalidNextTokenException", "The pagination token is invalid."),
})

const view = (call: Call, { amount }: BudgetRecord, one: NotificationRecord): Budgets.Notification => {
  const { subscribers: _told, ...notification } = one
  const spent = spentUsd(call)
  const value = one.NotificationType === "ACTUAL" ? spent : spent > 0 ? forecastOf(call, spent) : 0
  const limit = one.ThresholdType === "PERCENTAGE" ? (Number(amount) * one.Threshold) / 100 : one.Threshold
  const beyond = {
    GREATER_THAN: value > limit,
    LESS_THAN: value < limit,
    EQUAL_TO: value === limit,
  }[one.ComparisonOperator]
  return { ...notification, NotificationState: beyond ? "ALARM" : "OK" }
}
