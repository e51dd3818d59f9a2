import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { App } from "../app.ts"
import { apply } from "../engine/apply.ts"
import { type ExitCode, Usage, UserError } from "../errors.ts"
import type { System } from "../nodes/systems.ts"
import { anew } from "./anew.ts"
import type { Ending } from "./ends.ts"
import { findDeployed } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { refuseWhileLive } from "./live-guard.ts"
import { locked, type Ran } from "./locked.ts"
import { type Opened, open, withAccount } from "./opening.ts"
import { withRef } from "./refs.ts"
import { released } from "./released.ts"
import { goBack } from "./rollback.ts"
import { systemArgument } from "./system.ts"
import { onlySystem, refuseIfMissing, remember } from "./system-steps.ts"

export interface ReleaseFlags extends GlobalFlags {
  readonly system: System
  readonly ref?: string
  readonly lockTimeout?: string
}

export function releaseCommand(app: Ending, run = release) {
  return new Command("release")
    .description("Fetch a system's source anew, build it, start it, and return to what ran if it does not get well.")
    .addArgument(systemArgument)
    .option("--ref <ref>", "the branch, tag or commit from now on; left out, the one it follows already", readRef)
    .option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")
    .addHelpText(
      "after",
      examples("smart0dte release smart-0dte", "smart0dte release mag7-7dte --ref v1.4.2 --env poc"),
    )
    .action(async (system, own, command) => app.exit(await run(app, { ...flagsOf(own, command), system })))
}

export async function release(app: App, flags: ReleaseFlags): Promise<ExitCode> {
  const { system, ref } = flags
  const opened = await open(app, "release", flags)
  sayIfOther(opened, system, ref)
  return withAccount(app, opened, flags, async (account) => {
    const site = await findDeployed(app, withRef(opened, system, ref), account)
    const own = anew(onlySystem(site.blueprint, system), `checkout/${system}`)
    await refuseWhileLive(account, site.environment, "release", [system])
    await refuseIfMissing(account, site, own)
    const title = `release ${system} in ${site.environment}`
    const ran = await locked(app, { opened, account, site, title }, async (run) => {
      await refuseWhileLive(account, site.environment, "release", [system])
      await remember(account, site, system)
      return apply(run, own, site.kinds)
    })
    const back = await backAfter(app, opened, account, site, system, ran)
    return released(opened, account, site, { command: "release", system, ran, back })
  })
}

/** What did not get well is not what the next deploy is to make: the source goes back to what runs. */
async function backAfter(app: App, opened: Opened, account: Account, site: Site, system: System, ran: Ran) {
  if (ran.outcome.failed.length === 0 || ran.stopped || ran.lost !== undefined) return undefined
  try {
    return await goBack(app, opened, account, site, system)
  } catch (error) {
    // One that never ran before has nothing to go back to; why it did not start is what is to be told.
    if (!(error instanceof UserError)) throw error
    opened.report.note(error.message)
    return undefined
  }
}

/** A file that says otherwise wins at the next deploy. */
function sayIfOther({ config, report }: Opened, system: System, ref: string | undefined): void {
  const written = config.settings.systems[system]?.ref
  if (ref === undefined || written === undefined || written === ref) return
  report.note(`the configuration says ref: ${written} for ${system}; change it to ${ref}, or the next deploy goes back`)
}

function readRef(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._/@+-]*$/.test(text)) return text
  throw new Usage(`--ref is ${JSON.stringify(text)}`, { hint: "give a branch, a tag or a commit" })
}
