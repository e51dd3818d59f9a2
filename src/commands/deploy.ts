import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { App } from "../app.ts"
import { apply } from "../engine/apply.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { PlanResult } from "../report/results.ts"
import { planWhole, type Whole } from "./asking.ts"
import { agreeToPlan } from "./consent.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags, type WishFlags, wishOptions, withOptions } from "./flags.ts"
import { openPlan, planSaved } from "./from-plan.ts"
import { layGround } from "./groundwork.ts"
import { asAgreed, refuseIfBlocked, refuseIfOther } from "./guards.ts"
import { type LimitFlags, limitOptions, refuseBeyondLimits } from "./limits.ts"
import { refuseWhileLive } from "./live-guard.ts"
import { locked } from "./locked.ts"
import { type Opened, open, withAccount } from "./opening.ts"
import { endWith } from "./outcome.ts"
import { changes, type PlanOptions } from "./planning.ts"
import { type RequestFlags, requestOptions, requestsOf } from "./requests.ts"
import { deployed, nothingToDo } from "./results.ts"
import { environmentOf, type PlanFile, type Target, targetOrFile } from "./target.ts"

export interface DeployFlags extends GlobalFlags, WishFlags, RequestFlags, LimitFlags {
  readonly target: Target | PlanFile
  readonly yes?: true
  readonly confirm?: string
  readonly lockTimeout?: string
  /** What it is called where it is another command that deploys. */
  readonly doing?: string
}

export function deployCommand(app: Ending, run = deploy) {
  return withOptions(new Command("deploy"), [...requestOptions, ...limitOptions, ...wishOptions])
    .description("Show the plan with its price, ask, and then make everything so. Run again, it continues.")
    .addArgument(targetOrFile)
    .option("-y, --yes", "say yes in advance to what creates and changes")
    .option("--confirm <environment>", "the same for what takes data or things away")
    .option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")
    .addHelpText(
      "after",
      examples("smart0dte deploy single --sandbox", "smart0dte deploy ./poc.plan --yes --output json"),
    )
    .action(async (target, own, command) => app.exit(await run(app, { ...flagsOf(own, command), target })))
}

export async function deploy(app: App, flags: DeployFlags): Promise<ExitCode> {
  const { doing = "deploy" } = flags
  const opened = await open(app, doing, flags)
  const plans = await planner(app, opened, flags)
  return withAccount(app, opened, flags, async (account) => {
    const { site, plan, unread, requests, promised } = await plans(account)
    opened.report.show(plan)
    refuseIfBlocked(plan, unread)
    if (promised) refuseIfOther(promised, plan.rows, site)
    refuseBeyondLimits(plan, flags)
    // What an earlier run began and did not see the end of is waited for.
    if (!plan.rows.some((row) => changes(row) || row.phase === "pending")) {
      opened.report.show(nothingToDo(account, site, plan))
      return exitCodes.done
    }
    await refuseWhileLive(account, site.environment, "deploy")
    await agreeToPlan(app, opened, plan, flags)
    await layGround(app, opened, account, site)
    return carryOut(app, opened, account, site, plan, { ...requests, doing })
  })
}

/** What is to be planned: what the command line wishes, or what a saved plan says. */
async function planner(app: App, opened: Opened, flags: DeployFlags): Promise<(account: Account) => Promise<Whole>> {
  const { target } = flags
  if (typeof target === "string")
    return (account) => planWhole(app, opened, account, flags, environmentOf(target), requestsOf(flags))
  const saved = await openPlan(opened, target.file, flags)
  return (account) => planSaved(app, account, saved)
}

async function carryOut(
  app: App,
  opened: Opened,
  account: Account,
  site: Site,
  agreed: PlanResult,
  { doing, ...requests }: PlanOptions & { readonly doing: string },
): Promise<ExitCode> {
  const title = `${doing} ${site.environment}`
  const ran = await locked(app, { opened, account, site, title }, async (run) => {
    await refuseWhileLive(account, site.environment, "deploy")
    return apply(run, site.blueprint, site.kinds, asAgreed(agreed, requests, site))
  })
  const result = await deployed(account, site, ran)
  opened.report.show(result)
  return endWith(ran, result)
}
