import type * as Budgets from "@aws-sdk/client-budgets"
import { type Call, handlers, Refusal } from "../../service.ts"
import { pageByName } from "../pages.ts"
import { spentUsd } from "../spending.ts"
import { wholeTags } from "../tags.ts"
import { refuseUnserved } from "../unserved.ts"
import { checkedBudget, checkedNotification, withNotification } from "./checks.ts"
import { type BudgetRecord, budgetOf, budgets, type NotificationRecord, ownAccount } from "./records.ts"

export const budgetHandlers = handlers<typeof Budgets>()({
  CreateBudget: (input, call) => {
    ownAccount(call, input.AccountId)
    const budget = checkedBudget("CreateBudget", input.Budget)
    if (budgets(call).has(budget.name))
      throw new Refusal(
        "DuplicateRecordException",
        `Error creating budget: ${budget.name} - the budget already exists.`,
      )
    const notifications = (input.NotificationsWithSubscribers ?? [])
      .map(({ Notification, Subscribers }) => checkedNotification(Notification, Subscribers))
      .reduce<readonly NotificationRecord[]>(withNotification, [])
    const tags = wholeTags(input.ResourceTags)
    budgets(call).put(budget.name, { ...budget, notifications, tags, changed: call.now })
    return {}
  },

  UpdateBudget: (input, call) => {
    const { name: BudgetName, ...wish } = checkedBudget("UpdateBudget", input.NewBudget)
    const found = budgetOf(call, { AccountId: input.AccountId, BudgetName })
    budgets(call).put(found.name, { ...found, ...wish, changed: call.now })
    return {}
  },

  DescribeBudget: (input, call) => {
    refuseUnserved(input, ["ShowFilterExpression"])
    return { Budget: view(call, budgetOf(call, input)) }
  },

  DescribeBudgets: (input, call) => {
    refuseUnserved(input, ["ShowFilterExpression"])
    ownAccount(call, input.AccountId)
    const refuse = () => new Refusal("InvalidNextTokenException", "The pagination token is invalid.")
    const wish = { size: input.MaxResults ?? 100, token: input.NextToken, refuse }
    const { items, next } = pageByName(budgets(call).all(), ({ name }) => name, wish)
    return { Budgets: items.map((one) => view(call, one)), ...(next !== undefined && { NextToken: next }) }
  },

  DeleteBudget: (input, call) => {
    budgets(call).delete(budgetOf(call, input).name)
    return {}
  },
})

/** What AWS has reckoned so far, and what it expects of the month; of a month without cost it expects nothing. */
const view = (call: Call, { name, amount, unit, timeUnit, type, changed }: BudgetRecord): Budgets.Budget => {
  const spent = spentUsd(call)
  return {
    BudgetName: name,
    BudgetLimit: money(Number(amount), unit),
    TimeUnit: timeUnit,
    BudgetType: type,
    LastUpdatedTime: new Date(changed),
    CalculatedSpend: {
      ActualSpend: money(spent, unit),
      ...(spent > 0 && { ForecastedSpend: money(forecastOf(call, spent), unit) }),
    },
  }
}

/** An amount comes back with a point, however it was sent. */
const money = (amount: number, Unit: string): Budgets.Spend => ({
  Amount: Number.isInteger(amount) ? amount.toFixed(1) : String(amount),
  Unit,
})

/** As if each day of the month cost the same. */
export const forecastOf = (call: Call, spent: number): number => {
  const now = new Date(call.now)
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()]
  const [first, last] = [Date.UTC(year, month), Date.UTC(year, month + 1)]
  return Math.round((spent * (last - first) * 100) / Math.max(call.now - first, 3_600_000)) / 100
}
