import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import { backupRow, backupsOf } from "./backups.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { commandLine } from "./next.ts"
import { open, withAccount } from "./opening.ts"
import { placeOf } from "./planning.ts"

export function backupListCommand(app: Ending, run = backupList) {
  return new Command("list")
    .description("Show what is kept: by whom, since when, how large, and what it costs at the most.")
    .addHelpText("after", examples("smart0dte backup list", "smart0dte backup list --env poc --output json"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function backupList(app: App, flags: GlobalFlags): Promise<ExitCode> {
  const opened = await open(app, "backup list", flags)
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    const rows = (await backupsOf(account.cloud, scope)).map((one) => backupRow(account, one))
    const next = rows.length === 0 ? [commandLine(account, `backup create --env ${scope}`)] : []
    opened.report.show({ type: "backups", ...placeOf(account, scope), rows, failed: [], next })
    return exitCodes.done
  })
}
