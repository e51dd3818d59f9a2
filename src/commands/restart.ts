import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { System } from "../nodes/systems.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { refuseWhileLive } from "./live-guard.ts"
import { commandLine } from "./next.ts"
import { askNode, findNode, leaving } from "./on-node.ts"
import { open, withAccount } from "./opening.ts"
import { serviceArgument, systemArgument } from "./system.ts"

export interface RestartFlags extends GlobalFlags {
  readonly system: System
  readonly service?: string | undefined
}

export function restartCommand(app: Ending, run = restart) {
  return new Command("restart")
    .description("Restart the containers of a system, or of one of its services. What was deployed stays what runs.")
    .addArgument(systemArgument)
    .addArgument(serviceArgument)
    .addHelpText("after", examples("smart0dte restart smart-0dte", "smart0dte restart mag7-7dte backend --env poc"))
    .action(async (system, service, own, command) =>
      app.exit(await run(app, { ...flagsOf(own, command), system, service })),
    )
}

export async function restart(app: App, flags: RestartFlags): Promise<ExitCode> {
  const { system, service } = flags
  const opened = await open(app, "restart", flags)
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    await refuseWhileLive(account, scope, "restart", [system])
    const place = await findNode(account, scope)
    await app.interrupts.settling(
      (stop) => askNode(account, place, { action: "restart", system, service }, stop),
      leaving,
    )
    opened.report.show({
      type: "facts",
      about: `${service ?? "all services"} of ${system} restarted`,
      facts: { environment: place.scope, node: place.instance },
      next: [commandLine(account, "status"), commandLine(account, `logs ${system}`)],
    })
    return exitCodes.done
  })
}
