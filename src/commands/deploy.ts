import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { App } from "../app.ts"
import { apply } from "../engine/apply.ts"
import { planRows } from "../engine/rows.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { PlanResult } from "../report/results.ts"
import { planWhole } from "./asking.ts"
import { agreeToPlan } from "./consent.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags, type WishFlags, wishOptions, withOptions } from "./flags.ts"
import { layGround } from "./groundwork.ts"
import { refuseIfBlocked, refuseIfOther } from "./guards.ts"
import { locked } from "./locked.ts"
import { type Opened, open, withAccount } from "./opening.ts"
import { endWith } from "./outcome.ts"
import { changes, type PlanOptions } from "./planning.ts"
import { type RequestFlags, requestOptions, requestsOf } from "./requests.ts"
import { deployed, nothingToDo } from "./results.ts"
import { environmentOf, type Target, targetArgument } from "./target.ts"

export interface DeployFlags extends GlobalFlags, WishFlags, RequestFlags {
  readonly target: Target
  readonly yes?: true
  readonly confirm?: string
  readonly lockTimeout?: string
}

export function deployCommand(app: Ending, run = deploy) {
  return withOptions(new Command("deploy"), [...requestOptions, ...wishOptions])
    .description("Show the plan with its price, ask, and then make everything so. Run again, it continues.")
    .addArgument(targetArgument)
    .option("-y, --yes", "say yes in advance to what creates and changes")
    .option("--confirm <environment>", "the same for what takes data or things away")
    .option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")
    .addHelpText("after", examples("smart0dte deploy single --sandbox", "smart0dte deploy single --yes --output json"))
    .action(async (target, own, command) => app.exit(await run(app, { ...flagsOf(own, command), target })))
}

export async function deploy(app: App, flags: DeployFlags): Promise<ExitCode> {
  const opened = await open(app, "deploy", flags)
  return withAccount(app, opened, flags, async (account) => {
    const environment = environmentOf(flags.target)
    const requests = requestsOf(flags)
    const { site, plan, unread } = await planWhole(app, opened, account, flags, environment, requests)
    opened.report.show(plan)
    refuseIfBlocked(plan, unread)
    if (!plan.rows.some(changes)) {
      opened.report.show(nothingToDo(account, site, plan))
      return exitCodes.done
    }
    await agreeToPlan(app, opened, plan, flags)
    await layGround(app, opened, account, site)
    return carryOut(app, opened, account, site, plan, requests)
  })
}

async function carryOut(
  app: App,
  { config, report }: Opened,
  account: Account,
  site: Site,
  agreed: PlanResult,
  requests: PlanOptions,
): Promise<ExitCode> {
  const title = `deploy ${site.environment}`
  const { lockTimeout } = config.options
  const ran = await locked(app, { report, account, site, title, lockTimeout }, (run) =>
    apply(run, site.blueprint, site.kinds, {
      ...requests,
      agreed: (observation) => refuseIfOther(agreed.rows, planRows(observation, requests.prune), site),
    }),
  )
  const result = await deployed(account, site, ran)
  report.show(result)
  return endWith(ran, result)
}
