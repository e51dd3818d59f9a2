import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { observe } from "../engine/observe.ts"
import type { PlanRow } from "../engine/plan.ts"
import { planRows } from "../engine/rows.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { findDeployed } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags, type WishFlags, wishOptions, withOptions } from "./flags.ts"
import { commandLine, wordsFor } from "./next.ts"
import { open, withAccount } from "./opening.ts"
import { placeOf } from "./planning.ts"
import { optionalTarget, type Target } from "./target.ts"

export interface DriftFlags extends GlobalFlags, WishFlags {
  readonly target?: Target | undefined
}

export function driftCommand(app: Ending, run = drift) {
  return withOptions(new Command("drift"), wishOptions)
    .description("Show what differs from what the last deploy made, and exit with 4 if anything does.")
    .addArgument(optionalTarget)
    .addHelpText("after", examples("smart0dte drift", "smart0dte drift single --output json"))
    .action(async (target, own, command) => app.exit(await run(app, { ...flagsOf(own, command), target })))
}

export async function drift(app: App, flags: DriftFlags): Promise<ExitCode> {
  const opened = await open(app, "drift", flags)
  return withAccount(app, opened, flags, async (account) => {
    const site = await findDeployed(app, opened, account, flags.target)
    const rows = planRows(await observe(account.cloud, site.blueprint, site.kinds))
    const drifted = rows.filter(hasDrifted)
    opened.report.show({
      type: "drift",
      ...placeOf(account, site.environment),
      rows: drifted,
      pending: rows.filter((row) => row.cause === "pending").length,
      next: drifted.length > 0 ? [`${commandLine(account, wordsFor("deploy", site.environment))} puts it back`] : [],
    })
    return drifted.length > 0 ? exitCodes.changes : exitCodes.done
  })
}

/** What cannot be read, or has failed, is not as it was made either. */
const hasDrifted = ({ cause, action }: PlanRow) => cause === "drift" || action === "blocked"
