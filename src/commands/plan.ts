import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import { lacksAllowed, nobody } from "./asking.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags, type WishFlags, wishOptions, withOptions } from "./flags.ts"
import { open, withAccount } from "./opening.ts"
import { changes, planDeploy } from "./planning.ts"
import { type RequestFlags, requestOptions, requestsOf } from "./requests.ts"
import { environmentOf, type Target, targetArgument } from "./target.ts"

export interface PlanFlags extends GlobalFlags, WishFlags, RequestFlags {
  readonly target: Target
  readonly detailedExitcode?: true
}

export function planCommand(app: Ending, run = plan) {
  return withOptions(new Command("plan"), [...requestOptions, ...wishOptions])
    .description("Show what deploy would change, field by field, and what it costs. Changes nothing and needs no lock.")
    .addArgument(targetArgument)
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
    const planned = await planDeploy(account, site, requestsOf(flags))
    const { plan: known, unread } = planned
    const notes = lacksAllowed(planned, opened, account) ? [...known.notes, unsaid] : known.notes
    const result = { ...known, notes }
    opened.report.show(result)
    // Half a plan must not pass for a whole one.
    if (unread !== undefined) throw unread
    return flags.detailedExitcode && result.rows.some(changes) ? exitCodes.changes : exitCodes.done
  })
}

const unsaid = "nobody has said who may reach the load balancer: deploy asks for it, or takes --allowed-cidrs"
