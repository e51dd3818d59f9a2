import { anything, each, on, type Row, type Rows, requestTags, want } from "./needs.ts"

/** What the account has but once: nothing of it has an ARN that a request could name. */
export const accountRows: Rows = each(
  anything(),
  ...["DeleteAlternateContact", "GetAlternateContact", "PutAlternateContact"],
)

export const costRows: Rows = each(
  anything(),
  "ListCostAllocationTags",
  "UpdateCostAllocationTagsStatus",
  "GetCostAndUsage",
  "GetCostForecast",
)

export const publicAccessRows: Rows = {
  DeletePublicAccessBlock: anything("s3:PutAccountPublicAccessBlock"),
  GetPublicAccessBlock: anything("s3:GetAccountPublicAccessBlock"),
  PutPublicAccessBlock: anything("s3:PutAccountPublicAccessBlock"),
}

const budget =
  (action: string): Row =>
  (ask) => {
    const { Budget, NewBudget, BudgetName = Object(Budget ?? NewBudget).BudgetName ?? "*" } = ask.input
    const arn = `arn:${ask.call.partition}:budgets::${ask.call.account}:budget/${String(BudgetName)}`
    const tags = [ask.input.ResourceTags ?? []].flat()
    const tagging = want(ask, arn, { action: "budgets:TagResource", context: requestTags(tags) })
    return [want(ask, arn, { action: `budgets:${action}` }), ...(tags.length > 0 ? [tagging] : [])]
  }

/** Budgets are read and changed by two actions, whatever the operation is called. */
export const budgetRows: Rows = {
  ...each(
    budget("ModifyBudget"),
    ...["CreateBudget", "CreateNotification", "CreateSubscriber", "DeleteBudget", "DeleteNotification"],
    ...["DeleteSubscriber", "UpdateBudget", "UpdateNotification", "UpdateSubscriber"],
  ),
  ...each(
    budget("ViewBudget"),
    ...["DescribeBudget", "DescribeBudgets", "DescribeNotificationsForBudget", "DescribeSubscribersForNotification"],
  ),
  ListTagsForResource: on("{ResourceARN}"),
  TagResource: on("{ResourceARN}"),
  UntagResource: on("{ResourceARN}"),
}

export const quotaRows: Rows = each(anything(), "GetAWSDefaultServiceQuota", "GetServiceQuota", "ListServiceQuotas")
