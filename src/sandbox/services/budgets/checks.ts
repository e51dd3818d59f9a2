import type * as Budgets from "@aws-sdk/client-budgets"
import { Refusal } from "../../service.ts"
import { serveOnly } from "../unserved.ts"
import {
  type BudgetRecord,
  invalid,
  type NotificationRecord,
  type SubscriberRecord,
  sameNotification,
} from "./records.ts"

/** What a wish makes of a budget; what AWS works out by itself cannot be wished. */
export const checkedBudget = (
  operation: string,
  wish: Budgets.Budget | undefined,
): Pick<BudgetRecord, "name" | "amount" | "unit" | "timeUnit" | "type"> => {
  if (!wish) throw invalid("A budget is required.")
  serveOnly(operation, wish, ["BudgetName", "BudgetLimit", "TimeUnit", "BudgetType"])
  const { BudgetName: name = "", BudgetLimit, TimeUnit: timeUnit = "MONTHLY", BudgetType: type = "COST" } = wish
  if (!BudgetLimit) throw invalid("A budget of this type needs a limit.")
  const { Amount: amount = "", Unit: unit = "" } = BudgetLimit
  if (!(Number(amount) > 0)) throw invalid(`The limit amount ${amount} must be greater than 0.`)
  if (type === "COST" && unit !== "USD") throw invalid(`The unit ${unit} is not valid for a cost budget: use USD.`)
  return { name, amount, unit, timeUnit, type }
}

export const checkedNotification = (
  wish: Budgets.Notification | undefined,
  subscribers: readonly Budgets.Subscriber[] | undefined,
): NotificationRecord => {
  if (!wish) throw invalid("A notification is required.")
  const { NotificationType, ComparisonOperator, Threshold = 0, ThresholdType = "PERCENTAGE" } = wish
  if (!NotificationType || !ComparisonOperator) throw invalid("A notification needs a type and an operator.")
  if (!(Threshold > 0)) throw invalid("The threshold must be greater than 0.")
  const told = (subscribers ?? []).map(checkedSubscriber)
  if (told.length === 0) throw invalid("A notification needs at least one subscriber.")
  return {
    NotificationType,
    ComparisonOperator,
    Threshold,
    ThresholdType,
    subscribers: told.reduce<readonly SubscriberRecord[]>(withSubscriber, []),
  }
}

export const checkedSubscriber = (wish: Budgets.Subscriber | undefined): SubscriberRecord => {
  const { SubscriptionType, Address = "" } = wish ?? {}
  if (!SubscriptionType) throw invalid("A subscriber needs a type.")
  const good = SubscriptionType === "SNS" ? /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+$/ : /^[^@\s]+@[^@\s]+\.[^@\s]+$/
  if (!good.test(Address)) throw invalid(`The address ${Address} is not one for ${SubscriptionType}.`)
  return { SubscriptionType, Address }
}

export const withNotification = (
  present: readonly NotificationRecord[],
  added: NotificationRecord,
): readonly NotificationRecord[] => {
  if (present.some((one) => sameNotification(one, added)))
    throw new Refusal("DuplicateRecordException", "Error creating notification - the notification already exists.")
  if (present.length >= MOST_NOTIFICATIONS)
    throw new Refusal(
      "CreationLimitExceededException",
      `Unable to create notification - the budget has ${MOST_NOTIFICATIONS} already.`,
    )
  return [...present, added]
}

/** One topic and ten addresses are all that a notification tells. */
export const withSubscriber = (
  present: readonly SubscriberRecord[],
  added: SubscriberRecord,
): readonly SubscriberRecord[] => {
  const same = present.filter((one) => one.SubscriptionType === added.SubscriptionType)
  if (same.some(({ Address }) => Address === added.Address))
    throw new Refusal("DuplicateRecordException", "Error creating subscriber - the subscriber already exists.")
  if (same.length >= (added.SubscriptionType === "SNS" ? 1 : 10))
    throw new Refusal("CreationLimitExceededException", `Too many subscribers of type ${added.SubscriptionType}.`)
  return [...present, added]
}

const MOST_NOTIFICATIONS = 5
