import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { operatorsClock } from "../aws/clock.ts"
import type { Config } from "../config.ts"
import { type ExitCode, exitCodes, UserError } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { type Opened, withAccount } from "./opening.ts"
import { type SystemFlags, systemOption, systemsOf } from "./system.ts"

export interface HaltFlags extends GlobalFlags, SystemFlags {
  readonly now?: true
}

export function haltCommand(app: Ending, run = halt) {
  return new Command("halt")
    .description("Stop trading now, on all nodes. No lock, no question, no configuration. Positions stay as they are.")
    .addOption(systemOption)
    .option("--now", "also stop the gateways to the broker that only these systems use")
    .addHelpText("after", examples("smart0dte halt", "smart0dte halt --system smart-0dte --env poc --now"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

/** Asks nobody, waits for no lock, and needs nothing but credentials, a region, and the names of the systems. */
export async function halt(app: App, flags: HaltFlags): Promise<ExitCode> {
  const opened = await openAnyway(app, flags)
  return withAccount(app, opened, flags, async ({ cloud, ...found }) => {
    const account = { ...found, cloud: { ...cloud, clock: operatorsClock(cloud.clock) } }
    const [{ environmentsToHalt }, { haltEnvironment }] = await Promise.all([
      import("./halt-where.ts"),
      import("./halt-environment.ts"),
    ])
    const wish = { systems: systemsOf(flags), now: flags.now ?? false }
    const ends = await app.interrupts.settling(async (stop) => {
      const begun = account.cloud.clock.now()
      const { env } = opened.config.settings
      const scopes = env === undefined ? await environmentsToHalt(account) : [env]
      opened.report.note(`halting ${wish.systems.join(" and ")} of ${scopes.join(", ")}`)
      return Promise.all(
        scopes.map((scope) => haltEnvironment(account, { ...wish, scope, begun, stop, say: opened.report.note })),
      )
    }, "what nodes were told goes on there")
    for (const end of ends) opened.report.show(end)
    return ends.every(({ outcome }) => outcome === "done") ? exitCodes.done : exitCodes.failed
  })
}

/** A configuration with a mistake in it is no reason to go on trading: the flags and variables are enough. */
async function openAnyway(app: App, flags: HaltFlags): Promise<Opened> {
  const { config, trouble } = await configOf(app, flags)
  const { output, sandbox } = config.options
  // It has nothing to say in markdown, and says it all the same.
  const format = output === "json" ? "json" : "text"
  const report = await app.report({ command: "halt", output: format, sandbox, color: flags.color })
  if (trouble !== undefined) report.note(`the configuration is not used: ${trouble}`)
  return { config, report }
}

async function configOf(app: App, flags: HaltFlags): Promise<{ readonly config: Config; readonly trouble?: string }> {
  try {
    return { config: await app.config({ ...flags }) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    // What is wrong with a flag or a variable is wrong without the file too.
    return { config: await app.config({ ...flags }, "file"), trouble: error.message }
  }
}
