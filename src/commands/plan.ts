import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import { lacksAllowed, nobody, notSaid } from "./asking.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags, type WishFlags, wishOptions, withOptions } from "./flags.ts"
import { savePlan } from "./from-plan.ts"
import { refuseIfBlocked } from "./guards.ts"
import { type LimitFlags, limitOptions, refuseBeyondLimits } from "./limits.ts"
import { commandLine } from "./next.ts"
import { open, withAccount } from "./opening.ts"
import { changes, planDeploy } from "./planning.ts"
import { type RequestFlags, requestOptions, requestsOf } from "./requests.ts"
import { asPath, environmentOf, type Target, targetArgument } from "./target.ts"

export interface PlanFlags extends GlobalFlags, WishFlags, RequestFlags, LimitFlags {
  readonly target: Target
  readonly detailedExitcode?: true
  readonly out?: string
}

export function planCommand(app: Ending, run = plan) {
  return withOptions(new Command("plan"), [...requestOptions, ...limitOptions, ...wishOptions])
    .description("Show what deploy would change, field by field, and what it costs. Changes nothing and needs no lock.")
    .addArgument(targetArgument)
    .option("--out <file>", "save the plan, for deploy to do exactly that or refuse")
    .option("--detailed-exitcode", "exit with 4 when there is something to change")
    .addHelpText("after", examples("smart0dte plan single", "smart0dte plan single --output json --detailed-exitcode"))
    .action(async (target, own, command) => app.exit(await run(app, { ...flagsOf(own, command), target })))
}

export async function plan(app: App, flags: PlanFlags): Promise<ExitCode> {
  const opened = await open(app, "plan", flags)
  return withAccount(app, opened, flags, async (account) => {
    const { settings } = opened.config
    const allowed = account.sandbox ? nobody : undefined
    const site = await app.site(environmentOf(flags.target), settings, account.cloud, allowed)
    const requests = requestsOf(flags)
    const planned = await planDeploy(account, site, requests)
    const { plan: known, unread } = planned
    const lacking = lacksAllowed(planned, opened, account)
    const result = { ...known, notes: lacking ? [...known.notes, unsaid] : known.notes }
    opened.report.show(result)
    // Half a plan must not pass for a whole one.
    if (unread !== undefined) throw unread
    refuseBeyondLimits(result, flags)
    if (flags.out !== undefined) {
      if (lacking) throw notSaid()
      refuseIfBlocked(result, unread)
      await savePlan(app, account, flags.out, { site, settings, allowed, requests, plan: result })
      opened.report.note(`saved; to do exactly this: ${commandLine(account, `deploy ${asPath(flags.out)}`)}`)
    }
    return flags.detailedExitcode && result.rows.some(changes) ? exitCodes.changes : exitCodes.done
  })
}

const unsaid = "nobody has said who may reach the load balancer: deploy asks for it, or takes --allowed-cidrs"
