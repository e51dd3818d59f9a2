import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { observe } from "../engine/observe.ts"
import { planRows } from "../engine/rows.ts"
import { type ExitCode, exitCodes, UserError } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { findDeployed } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { open, withAccount } from "./opening.ts"
import { placeOf } from "./planning.ts"
import { optionalTarget, type Target } from "./target.ts"

export interface OutputsFlags extends GlobalFlags {
  readonly target?: Target | undefined
  readonly name?: string
}

export function outputsCommand(app: Ending, run = outputs) {
  return new Command("outputs")
    .description("Print what other tools want to know: ids and addresses, by name.")
    .addArgument(optionalTarget)
    .option("--name <name>", "print the bare value of this one")
    .addHelpText("after", examples("smart0dte outputs --output json", "smart0dte outputs single --name instanceId"))
    .action(async (target, own, command) => app.exit(await run(app, { ...flagsOf(own, command), target })))
}

export async function outputs(app: App, flags: OutputsFlags): Promise<ExitCode> {
  const opened = await open(app, "outputs", flags)
  return withAccount(app, opened, flags, async (account) => {
    const site = await findDeployed(app, opened, account, flags.target)
    const all = site.outputs(planRows(await observe(account.cloud, site.blueprint, site.kinds)))
    const place = placeOf(account, site.environment)
    if (flags.name === undefined) opened.report.show({ type: "outputs", ...place, outputs: all })
    else opened.report.show({ type: "output", ...place, name: flags.name, value: named(all, flags.name) })
    return exitCodes.done
  })
}

function named(all: Readonly<Record<string, string>>, name: string): string {
  const value = Object.hasOwn(all, name) ? all[name] : undefined
  if (value !== undefined) return value
  throw new UserError(`there is no output ${name}`, { hint: `there are: ${Object.keys(all).join(", ")}` })
}
