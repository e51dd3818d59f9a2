import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { System } from "../nodes/systems.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { refuseWhileLive } from "./live-guard.ts"
import { holding } from "./locked.ts"
import { commandLine } from "./next.ts"
import { askNode, findNode, leaving } from "./on-node.ts"
import { open, withAccount } from "./opening.ts"
import { systemArgument } from "./system.ts"

export interface RestartFlags extends GlobalFlags {
  readonly system: System
  readonly lockTimeout?: string
}

export function restartCommand(app: Ending, run = restartOf) {
  return new Command("restart")
    .description("Start a system's gateway anew, with the credentials as they are now. It logs in once more.")
    .addArgument(systemArgument)
    .option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")
    .addHelpText(
      "after",
      examples("smart0dte gateway restart smart-0dte", "smart0dte gateway restart mag7-7dte --env poc"),
    )
    .action(async (system, own, command) => app.exit(await run(app, { ...flagsOf(own, command), system })))
}

export async function restartOf(app: App, flags: RestartFlags): Promise<ExitCode> {
  const { system } = flags
  const opened = await open(app, "gateway restart", flags)
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    await refuseWhileLive(account, scope, "gateway restart")
    const place = await findNode(account, scope)
    const title = `restart the gateway of ${system}`
    await holding(app, { opened, account, scopes: [scope], title }, async () => {
      // Whoever had the lock before may have gone live.
      await refuseWhileLive(account, scope, "gateway restart")
      const doing = { action: "gateway-restart", system } as const
      return app.interrupts.settling((stop) => askNode(account, place, doing, stop), leaving)
    })
    opened.report.show({
      type: "facts",
      about: `the gateway of ${system} was started anew`,
      facts: { environment: scope, node: place.instance },
      next: ["status", "login"].map((word) => commandLine(account, `gateway ${word} --env ${scope}`)),
    })
    return exitCodes.done
  })
}
