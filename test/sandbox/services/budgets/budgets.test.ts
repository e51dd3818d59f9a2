import type * as client from "@aws-sdk/client-budgets"
import { describe, expect, it } from "vitest"
import { budgets } from "../../../../src/sandbox/services/budgets/index.ts"
import { provesRefusals, type Row } from "../refusal-table.ts"
import { type Rig, rigOf } from "../rig.ts"

type Ground = Rig<typeof client>

const AccountId = "111122223333"
const BudgetName = "month"
const Budget = {
  BudgetName,
  BudgetLimit: { Amount: "280", Unit: "USD" },
  TimeUnit: "MONTHLY",
  BudgetType: "COST",
} as const

const notice = (Threshold: number) =>
  ({ NotificationType: "ACTUAL", ComparisonOperator: "GREATER_THAN", Threshold, ThresholdType: "PERCENTAGE" }) as const
const email = (Address: string) => ({ SubscriptionType: "EMAIL", Address }) as const

/** A budget that tells one address at 80 %. */
const ground = (): Ground => {
  const aws = rigOf<typeof client>(budgets)
  const told = [{ Notification: notice(80), Subscribers: [email("ops@example.com")] }]
  aws.run("CreateBudget", { AccountId, Budget, NotificationsWithSubscribers: told })
  return aws
}

const api = (operation: string) => `AWS Budgets API reference: ${operation}`

const create = (aws: Ground, other: object) =>
  aws.refused("CreateBudget", { AccountId, Budget: { ...Budget, BudgetName: "other", ...other } })

const tell = (aws: Ground, Notification: client.Notification, ...Subscribers: client.Subscriber[]) =>
  aws.refused("CreateNotification", { AccountId, BudgetName, Notification, Subscribers })

const rows: readonly Row<Ground>[] = [
  [
    "another account",
    "AccessDeniedException",
    api("CommonErrors"),
    (aws) => aws.refused("DescribeBudgets", { AccountId: "444455556666" }),
  ],
  ["the same name", "DuplicateRecordException: already exists", api("CreateBudget"), (aws) => create(aws, Budget)],
  [
    "no such budget",
    "NotFoundException: doesn't exist",
    api("DescribeBudget"),
    (aws) => aws.refused("DescribeBudget", { AccountId, BudgetName: "other" }),
  ],
  [
    "no amount",
    "InvalidParameterException: greater than 0",
    api("Spend"),
    (aws) => create(aws, { BudgetLimit: { Amount: "0", Unit: "USD" } }),
  ],
  [
    "another currency",
    "InvalidParameterException: use USD",
    api("Spend"),
    (aws) => create(aws, { BudgetLimit: { Amount: "1", Unit: "EUR" } }),
  ],
  ["what is not served", "NotImplemented", "the sandbox's own: not served", (aws) => create(aws, { CostFilters: {} })],
  [
    "the same notification",
    "DuplicateRecordException",
    api("CreateNotification"),
    (aws) => tell(aws, notice(80), email("a@example.com")),
  ],
  ["nobody told", "InvalidParameterException: at least one", api("CreateNotification"), (aws) => tell(aws, notice(90))],
  [
    "no address",
    "InvalidParameterException: address",
    api("Subscriber"),
    (aws) => tell(aws, notice(90), email("nobody")),
  ],
  [
    "a sixth notification",
    "CreationLimitExceededException",
    "AWS Budgets user guide: quotas",
    (aws) => {
      for (const at of [10, 20, 30, 40])
        aws.run("CreateNotification", {
          AccountId,
          BudgetName,
          Notification: notice(at),
          Subscribers: [email("a@example.com")],
        })
      return tell(aws, notice(50), email("a@example.com"))
    },
  ],
  [
    "a second topic",
    "CreationLimitExceededException: SNS",
    "AWS Budgets user guide: quotas",
    (aws) => {
      const topic = (name: string) =>
        ({ SubscriptionType: "SNS", Address: `arn:aws:sns:us-east-1:111122223333:${name}` }) as const
      return tell(aws, notice(90), topic("a"), topic("b"))
    },
  ],
  [
    "no such notification",
    "NotFoundException: notification",
    api("DeleteNotification"),
    (aws) => aws.refused("DeleteNotification", { AccountId, BudgetName, Notification: notice(81) }),
  ],
  [
    "the last one told",
    "InvalidParameterException: at least one",
    api("DeleteSubscriber"),
    (aws) =>
      aws.refused("DeleteSubscriber", {
        AccountId,
        BudgetName,
        Notification: notice(80),
        Subscriber: email("ops@example.com"),
      }),
  ],
  [
    "one who is not told",
    "NotFoundException: subscriber",
    api("DeleteSubscriber"),
    (aws) =>
      aws.refused("DeleteSubscriber", {
        AccountId,
        BudgetName,
        Notification: notice(80),
        Subscriber: email("else@example.com"),
      }),
  ],
  [
    "a token that no page gave",
    "InvalidNextTokenException",
    api("DescribeBudgets"),
    (aws) => aws.refused("DescribeBudgets", { AccountId, NextToken: "x" }),
  ],
]

provesRefusals(new URL("../../../../src/sandbox/services/budgets/", import.meta.url), rows, ground)

describe("a budget", () => {
  it("comes back with its amount as AWS writes it, and what was spent", () => {
    const aws = ground()
    aws.quotas.set("spent-usd", 70)
    const { Budget: seen } = aws.run("DescribeBudget", { AccountId, BudgetName })
    expect(seen).toMatchObject({
      BudgetLimit: { Amount: "280.0", Unit: "USD" },
      // The 21st of November begins: twenty of thirty days have passed.
      CalculatedSpend: { ActualSpend: { Amount: "70.0" }, ForecastedSpend: { Amount: "105.0" } },
    })
  })

  it("has no forecast of a month without cost", () => {
    const { Budget: seen } = ground().run("DescribeBudget", { AccountId, BudgetName })
    expect(seen?.CalculatedSpend?.ForecastedSpend).toBeUndefined()
  })

  it("says of each notification whether it is exceeded", () => {
    const aws = ground()
    const states = () =>
      aws
        .run("DescribeNotificationsForBudget", { AccountId, BudgetName })
        .Notifications?.map(({ NotificationState }) => NotificationState)
    expect(states()).toEqual(["OK"])
    aws.quotas.set("spent-usd", 225)
    expect(states()).toEqual(["ALARM"])
  })
})
