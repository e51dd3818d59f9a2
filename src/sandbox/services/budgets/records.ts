import type * as Budgets from "@aws-sdk/client-budgets"
import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import type { Tag } from "../tags.ts"

export interface SubscriberRecord {
  readonly SubscriptionType: Budgets.SubscriptionType
  readonly Address: string
}

export interface NotificationRecord {
  readonly NotificationType: Budgets.NotificationType
  readonly ComparisonOperator: Budgets.ComparisonOperator
  readonly Threshold: number
  readonly ThresholdType: Budgets.ThresholdType
  readonly subscribers: readonly SubscriberRecord[]
}

export interface BudgetRecord {
  readonly name: string
  readonly amount: string
  readonly unit: string
  readonly timeUnit: Budgets.TimeUnit
  readonly type: Budgets.BudgetType
  readonly changed: number
  readonly notifications: readonly NotificationRecord[]
  readonly tags: readonly Tag[]
}

/** An account's, whichever region asks. */
export const budgets = (call: Call): Table<BudgetRecord> => call.store.table("budgets/budget")

interface Asked {
  readonly AccountId?: string | undefined
  readonly BudgetName?: string | undefined
}

export const budgetOf = (call: Call, asked: Asked): BudgetRecord => {
  ownAccount(call, asked.AccountId)
  const found = budgets(call).get(asked.BudgetName ?? "")
  if (found) return found
  throw new Refusal("NotFoundException", `Unable to get budget: ${asked.BudgetName} - the budget doesn't exist.`)
}

export const ownAccount = (call: Call, id: string | undefined): void => {
  if (id === call.account) return
  throw new Refusal("AccessDeniedException", `Account ${id} is not authorized to be accessed by ${call.account}`)
}

export const invalid = (message: string): Refusal => new Refusal("InvalidParameterException", message)

export const sameNotification = (one: NotificationRecord, other: Budgets.Notification | undefined): boolean =>
  one.NotificationType === other?.NotificationType &&
  one.ComparisonOperator === other.ComparisonOperator &&
  one.Threshold === other.Threshold &&
  one.ThresholdType === (other.ThresholdType ?? "PERCENTAGE")

export const notificationIn = (budget: BudgetRecord, asked: Budgets.Notification | undefined): NotificationRecord => {
  const found = budget.notifications.find((one) => sameNotification(one, asked))
  if (found) return found
  throw new Refusal("NotFoundException", `Unable to find notification - the notification does not exist.`)
}
