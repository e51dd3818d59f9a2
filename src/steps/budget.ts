import {
  CreateBudgetCommand,
  CreateNotificationCommand,
  DeleteBudgetCommand,
  DeleteNotificationCommand,
  type Notification,
  paginateDescribeBudgets,
  UpdateBudgetCommand,
} from "@aws-sdk/client-budgets"
import { alreadyThere, unlessNotFound } from "../aws/already.ts"
import { type Notice, noticesOf, notificationFor, subscribersFor, telling } from "../aws/budgets/notices.ts"
import type { Cloud } from "../aws/cloud.ts"
import { flatName, identityIn } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

/** What a month may cost, and at which part of it somebody is told. */
export interface Budget {
  readonly budgetName: string
  readonly usd: number
  /** Who is told at what; in an order of their own. */
  readonly notices: readonly Notice[]
}

export interface BudgetWish {
  readonly scope: Scope
  readonly name: string
  readonly usd: number
  /** Percent of it that are spent. */
  readonly actual: readonly number[]
  /** Percent of it that are to be expected by the month's end. */
  readonly forecast: readonly number[]
  readonly topic: Need<{ readonly arn: string }>
}

export const budget = ({ scope, name, usd, actual, forecast, topic }: BudgetWish) => {
  const budgetName = flatName(scope, name)
  const Budget = limitOf(budgetName, usd)
  const noticesTo = (arn: string) => telling({ actual, forecast, topic: arn })
  return step({
    kind: budgetKind,
    name,
    scope,
    needs: { topic },
    spec: { budgetName, usd },
    links: ({ topic }) => ({ notices: noticesTo(topic.arn) }),
    async create(ctx, { topic }, birth) {
      const NotificationsWithSubscribers = noticesTo(topic.arn).map((notice) => ({
        Notification: notificationFor(notice),
        Subscribers: subscribersFor(notice),
      }))
      const ResourceTags = birthTags(birth)
      await ctx.budgets.send(
        new CreateBudgetCommand({ AccountId: ctx.account, Budget, NotificationsWithSubscribers, ResourceTags }),
      )
    },
    async update(ctx, live, changes, { topic }) {
      const changed = new Set(changes.map(({ field }) => field))
      if (changed.has("usd"))
        await ctx.budgets.send(new UpdateBudgetCommand({ AccountId: ctx.account, NewBudget: Budget }))
      if (changed.has("notices")) await setNotices(ctx, live, noticesTo(topic.arn))
    },
  })
}

// Budgets are read and changed under two names, whatever the call is called.
const named = (name: string) => `arn:\${partition}:budgets::\${account}:budget/${name}`

export const budgetKind: CloudKind<Budget> = {
  name: "budget",
  unique: "name",
  async list(ctx, scopes) {
    const pages = paginateDescribeBudgets({ client: ctx.budgets }, { AccountId: ctx.account })
    const found = (await unlessNotFound(everyItem(pages, (page) => page.Budgets))) ?? []
    return found.flatMap(({ BudgetName: budgetName = "", BudgetLimit }) => {
      const identity = identityIn(scopes, budgetName)
      const live = { budgetName, usd: Number(BudgetLimit?.Amount ?? 0), notices: [] }
      return identity ? [{ ...identity, live, owner: "ours", phase: "ready" } as const] : []
    })
  },
  async complete(ctx, found) {
    return { ...found, live: { ...found.live, notices: await noticesOf(ctx, found.live.budgetName) } }
  },
  // Its notices, and who is told of each: at most five.
  completes: 6,
  async destroy(ctx, { budgetName: BudgetName }) {
    await ctx.budgets.send(new DeleteBudgetCommand({ AccountId: ctx.account, BudgetName }))
    return undefined
  },
  fixed: ["budgetName"],
  blank: { budgetName: "", usd: 0, notices: [] },
  allow: [
    { action: "budgets:ViewBudget", resource: named("*") },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
    { action: ["budgets:ModifyBudget", "budgets:TagResource"], resource: named("smart0dte_${scope}_*") },
  ],
  usually: { create: 2, update: 2, destroy: 1 },
}

const limitOf = (BudgetName: string, usd: number) => ({
  BudgetName,
  BudgetLimit: { Amount: String(usd), Unit: "USD" },
  TimeUnit: "MONTHLY" as const,
  BudgetType: "COST" as const,
})

/** What is too much goes first: with what is new beside it there might be more than AWS allows. */
async function setNotices(ctx: Cloud, { budgetName: BudgetName, notices }: Budget, wanted: readonly Notice[]) {
  const common = { AccountId: ctx.account, BudgetName }
  const textOf = (notice: Notice) => JSON.stringify(notice)
  const [has, wants] = [new Set(notices.map(textOf)), new Set(wanted.map(textOf))]
  for (const notice of notices.filter((one) => !wants.has(textOf(one)))) {
    const Notification: Notification = notificationFor(notice)
    await unlessNotFound(ctx.budgets.send(new DeleteNotificationCommand({ ...common, Notification })))
  }
  for (const notice of wanted.filter((one) => !has.has(textOf(one)))) {
    const told = { Notification: notificationFor(notice), Subscribers: subscribersFor(notice) }
    await alreadyThere(ctx.budgets.send(new CreateNotificationCommand({ ...common, ...told })))
  }
}
