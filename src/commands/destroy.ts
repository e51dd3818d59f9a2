import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { App } from "../app.ts"
import { survey, destroy as takeDown } from "../engine/destroy.ts"
import { graphOf } from "../engine/order.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { PlanResult } from "../report/results.ts"
import { agreeToLoss } from "./consent.ts"
import { doomedRows } from "./doomed.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { formerRows } from "./former-rows.ts"
import { layGround } from "./groundwork.ts"
import { refuseIfOther } from "./guards.ts"
import { withEveryItem } from "./items.ts"
import { refuseWhileLive } from "./live-guard.ts"
import { locked } from "./locked.ts"
import { type Opened, open, withAccount } from "./opening.ts"
import { endWith } from "./outcome.ts"
import { planResult } from "./planning.ts"
import { destroyed, nothingThere } from "./results.ts"
import { account as accountScope, environmentOf, type Target, targetArgument } from "./target.ts"

export interface DestroyFlags extends GlobalFlags {
  readonly target: Target
  readonly confirm?: string
  readonly purge?: true
  readonly confirmPurge?: string
  readonly lockTimeout?: string
}

export function destroyCommand(app: Ending, run = destroy) {
  return new Command("destroy")
    .description("Take an environment down again, and say what remains. Asks for its name first.")
    .addArgument(targetArgument)
    .option("--confirm <environment>", "the environment's name, where there is no terminal to type it at")
    .option("--purge", "also remove what holds data and would otherwise remain")
    .option("--confirm-purge <environment>", "the environment's name once more, for --purge")
    .option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")
    .addHelpText("after", examples("smart0dte destroy single", "smart0dte destroy single --confirm=poc"))
    .action(async (target, own, command) => app.exit(await run(app, { ...flagsOf(own, command), target })))
}

export async function destroy(app: App, flags: DestroyFlags): Promise<ExitCode> {
  const opened = await open(app, "destroy", flags)
  return withAccount(app, opened, flags, async (account) => {
    const { settings } = opened.config
    const environment = environmentOf(flags.target)
    const whole = environment === accountScope ? withEveryItem(settings) : settings
    const site = await app.site(environment, whole, account.cloud)
    const purge = flags.purge ?? false
    const plan = await planDestroy(account, site, purge)
    if (plan.rows.length === 0) {
      opened.report.show(nothingThere(account, site))
      return exitCodes.done
    }
    opened.report.show(plan)
    await refuseWhileLive(account, site.environment, "destroy")
    await agree(app, opened, site, flags)
    await layGround(app, opened, account, site)
    return carryOut(app, opened, account, site, plan, purge)
  })
}

async function planDestroy(account: Account, site: Site, purge: boolean): Promise<PlanResult> {
  const { blueprint, kinds } = site
  const doomed = await survey(account.cloud, blueprint, kinds)
  const own = graphOf(blueprint).steps.filter(({ scope }) => blueprint.scopes.includes(scope))
  const former = await formerRows(account, own, "update")
  return planResult(account, site, "destroy", [...former, ...doomedRows(doomed, purge)])
}

async function agree(app: App, opened: Opened, { environment }: Site, flags: DestroyFlags): Promise<void> {
  const { confirm, purge, confirmPurge } = flags
  const what = `destroying ${environment === "account" ? "the account's baseline" : environment}`
  await agreeToLoss(app, opened, environment, { flag: "--confirm", given: confirm, what })
  if (!purge) return
  const purging = `removing what holds data of ${environment} for good`
  await agreeToLoss(app, opened, environment, { flag: "--confirm-purge", given: confirmPurge, what: purging })
}

/** What cannot be read any more is no reason to call a run failed that is over. */
const keptThere = (site: Site): Promise<readonly string[]> =>
  site
    .kept()
    .catch((error: unknown) => [`backups: not read (${error instanceof Error ? error.message : String(error)})`])

async function carryOut(
  app: App,
  opened: Opened,
  account: Account,
  site: Site,
  agreed: PlanResult,
  purge: boolean,
): Promise<ExitCode> {
  const title = `destroy ${site.environment}`
  const ran = await locked(app, { opened, account, site, title }, async (run) => {
    await refuseWhileLive(account, site.environment, "destroy")
    return takeDown(run, site.blueprint, site.kinds, {
      purge,
      agreed: (doomed) => refuseIfOther(agreed.rows, doomedRows(doomed, purge), site),
    })
  })
  const result = destroyed(account, site, ran, await keptThere(site))
  opened.report.show(result)
  return endWith(ran, result)
}
