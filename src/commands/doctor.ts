import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes, NoAccess, Refused, Usage, UserError } from "../errors.ts"
import type { DoctorCheck } from "../report/results/doctor.ts"
import { type ComposeFlags, composeOption } from "./compose-files.ts"
import { checked } from "./doctor-check.ts"
import type { Examined } from "./doctor-deploy.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags, type WishFlags, wishOptions, withOptions } from "./flags.ts"
import { type Opened, open, withAccount } from "./opening.ts"
import { pluginFor } from "./plugin.ts"
import { type SystemFlags, systemOption } from "./system.ts"

export interface DoctorFlags extends GlobalFlags, WishFlags, SystemFlags, ComposeFlags {
  readonly apps?: true
}

export function doctorCommand(app: Ending, run = doctor) {
  return withOptions(new Command("doctor"), wishOptions)
    .description("Check whether a deploy can go well, and say how to mend what would stop it. Changes nothing.")
    .option("--apps", "the two Compose projects instead: colliding ports, variables that do not arrive, code mounts")
    .addOption(systemOption)
    .addOption(composeOption)
    .addHelpText(
      "after",
      examples("smart0dte doctor", "smart0dte doctor --apps --compose smart-0dte=../smart-0dte/docker-compose.yml"),
    )
    .action(async (own, command) => app.exit(await run(app, { ...flagsOf(own, command), ...own })))
}

export async function doctor(app: App, flags: DoctorFlags): Promise<ExitCode> {
  if (flags.apps) return (await import("./doctor-apps.ts")).doctorApps(app, flags)
  const { opened, configuration } = await openAnyway(app, flags)
  const plugin = checkPlugin(app, opened)
  const { configuration: found, checks, missing = [], policy } = await examine(app, opened, flags)
  const configurations =
    found === undefined ? [configuration] : configuration.state === "ok" ? [found] : [configuration, found]
  const all = [...configurations, ...checks, await plugin]
  const failed = all.some(({ state }) => state === "failed")
  const { sandbox } = opened.config.options
  const next = [`smart0dte ${failed ? "doctor" : "plan single"}${sandbox ? " --sandbox" : ""}`]
  opened.report.show({ type: "doctor", checks: all, missing, policy, next })
  return failed ? exitCodes.failed : exitCodes.done
}

/** What is wrong with the file is one finding, and no reason to look at nothing else. */
async function openAnyway(app: App, flags: DoctorFlags) {
  const name = "configuration"
  try {
    const opened = await open(app, "doctor", flags)
    return { opened, configuration: { name, state: "ok", text: "it has no mistakes" } satisfies DoctorCheck }
  } catch (error) {
    if (!(error instanceof Usage)) throw error
    // With the flags and variables alone: what is wrong with these is thrown again.
    const config = await app.config({ ...flags }, "file")
    const { output, sandbox } = config.options
    if (output === "markdown") throw error
    const report = await app.report({ command: "doctor", output, sandbox, color: flags.color })
    const text = `${error.message}; what follows is without the file`
    return { opened: { config, report }, configuration: { name, state: "failed", text, fix: error.hint } as const }
  }
}

/** All that only the account knows; where it cannot be reached, why. */
async function examine(app: App, opened: Opened, flags: GlobalFlags): Promise<Examined> {
  let entered = false
  try {
    return await withAccount(app, opened, flags, async (account) => {
      entered = true
      const { examineAccount } = await import("./doctor-deploy.ts")
      return examineAccount(app, opened, account)
    })
  } catch (error) {
    if (entered || !(error instanceof UserError)) throw error
    const name = error instanceof Refused ? "account" : error instanceof NoAccess ? "credentials" : "reaching AWS"
    const rest: DoctorCheck = {
      name: "everything else in the account",
      state: "unknown",
      text: "it cannot be looked at before that is mended",
    }
    return { checks: [{ name, state: "failed", text: error.message, fix: error.hint }, rest] }
  }
}

/** Only shells and tunnels want it, so that a deploy can do without. */
function checkPlugin(app: App, { config }: Opened): Promise<DoctorCheck> {
  return checked("Session Manager plugin", "advice", async () => {
    const { requirePlugin } = await import("../aws/ssm/session.ts")
    await requirePlugin(pluginFor(app, config))
    return { state: "ok", text: "it is installed" }
  })
}
