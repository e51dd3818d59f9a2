import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import { groupOf, readAccess } from "./access-change.ts"
import { accessFacts } from "./access-facts.ts"
import type { Ending } from "./ends.ts"
import { findDeployed } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { open, withAccount } from "./opening.ts"

export function listCommand(app: Ending, run = listAccess) {
  return new Command("list")
    .description("Show who may reach the load balancer, and until when.")
    .addHelpText("after", examples("smart0dte access list", "smart0dte access list --output json"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function listAccess(app: App, flags: GlobalFlags): Promise<ExitCode> {
  const opened = await open(app, "access list", flags)
  return withAccount(app, opened, flags, async (account) => {
    const site = await findDeployed(app, opened, account)
    groupOf(account, site)
    opened.report.show(accessFacts(account, site, await readAccess(account, site)))
    return exitCodes.done
  })
}
