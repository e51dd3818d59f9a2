import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { BillingResult } from "../report/results/billing.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { commandLine } from "./next.ts"
import { open, withAccount } from "./opening.ts"

export const billingStatusCommand = (app: Ending, run = billingStatus) =>
  new Command("status")
    .description("Show what is spent and expected this month, at what somebody is told, and who has not confirmed yet.")
    .addHelpText("after", examples("smart0dte billing status", "smart0dte billing status --output json"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))

export async function billingStatus(app: App, flags: GlobalFlags): Promise<ExitCode> {
  const opened = await open(app, "billing status", flags)
  return withAccount(app, opened, flags, async (account) => {
    opened.report.show(await spendingOf(account))
    return exitCodes.done
  })
}

async function spendingOf(account: Account): Promise<BillingResult> {
  const { cloud } = account
  const [{ readBudget }, { publishesSpending, howToPublish }, { spendingAlarms }, { flatName }, subscriptions] =
    await Promise.all([
      import("../aws/budgets/spent.ts"),
      import("../aws/cloudwatch/billing-alerts.ts"),
      import("../aws/cloudwatch/spending-alarms.ts"),
      import("../aws/names.ts"),
      import("../steps/subscription.ts"),
    ])
  const [budget, alarms, publishes, told] = await Promise.all([
    readBudget(cloud, flatName("account", "month")),
    spendingAlarms(cloud),
    publishesSpending(cloud),
    subscriptions.spendingSubscriptionKind.list?.(cloud, ["account"]) ?? [],
  ])
  const known = told.map(({ live: { protocol, endpoint, confirmed } }) => ({ protocol, endpoint, confirmed }))
  const open = known.filter(({ confirmed }) => !confirmed).map(({ endpoint }) => endpoint)
  const isSet = budget !== undefined || alarms.length > 0
  return {
    type: "billing",
    account: cloud.account,
    budget,
    alarms,
    publishes,
    told: known,
    notes: [
      ...(publishes ? [] : [howToPublish]),
      ...(isSet && known.length === 0 ? ["nobody is told: say who with --email, --sms or --webhook"] : []),
      ...(open.length > 0
        ? [`${open.join(", ")} did not confirm yet, and is told nothing until then: see the message from AWS there`]
        : []),
    ],
    next: budget !== undefined && alarms.length > 0 ? [] : [commandLine(account, "billing setup")],
  }
}
