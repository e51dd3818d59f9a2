import { DescribeBudgetCommand, paginateDescribeNotificationsForBudget, type Spend } from "@aws-sdk/client-budgets"
import { unlessNotFound } from "../already.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"

/** How a budget stands; AWS reckons it a few times a day, and asks nothing for telling. */
export interface BudgetSeen {
  readonly usd: number
  readonly spentUsd: number
  /** Nothing while AWS has too little to go by. */
  readonly forecastUsd: number | undefined
  readonly notices: readonly NoticeSeen[]
}

interface NoticeSeen {
  readonly of: "actual" | "forecast"
  readonly percent: number
  readonly exceeded: boolean
}

/** Nothing where there is no budget of that name. */
export async function readBudget(ctx: Cloud, BudgetName: string): Promise<BudgetSeen | undefined> {
  const common = { AccountId: ctx.account, BudgetName }
  const found = (await unlessNotFound(ctx.budgets.send(new DescribeBudgetCommand(common))))?.Budget
  if (!found) return undefined
  const { ActualSpend, ForecastedSpend } = found.CalculatedSpend ?? {}
  const pages = paginateDescribeNotificationsForBudget({ client: ctx.budgets }, common)
  const notices = await everyItem(pages, (page) => page.Notifications)
  return {
    usd: amountOf(found.BudgetLimit) ?? 0,
    spentUsd: amountOf(ActualSpend) ?? 0,
    forecastUsd: amountOf(ForecastedSpend),
    notices: notices
      .map(({ NotificationType, NotificationState, Threshold = 0 }) => ({
        of: NotificationType === "ACTUAL" ? ("actual" as const) : ("forecast" as const),
        percent: Threshold,
        exceeded: NotificationState === "ALARM",
      }))
      .toSorted((a, b) => (a.of === b.of ? a.percent - b.percent : a.of < b.of ? -1 : 1)),
  }
}

const amountOf = (spend: Spend | undefined): number | undefined =>
  spend?.Amount === undefined ? undefined : Number(spend.Amount)
