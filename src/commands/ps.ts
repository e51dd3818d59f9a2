import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { askNode, findNode } from "./on-node.ts"
import { open, withAccount } from "./opening.ts"
import { placeOf } from "./planning.ts"
import { type SystemFlags, systemOption, systemsOf } from "./system.ts"

export interface PsFlags extends GlobalFlags, SystemFlags {}

export function psCommand(app: Ending, run = ps) {
  return new Command("ps")
    .description("Show the containers of both systems, or of one, as they are on the node now.")
    .addOption(systemOption)
    .addHelpText("after", examples("smart0dte ps", "smart0dte ps --system smart-0dte --output json"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function ps(app: App, flags: PsFlags): Promise<ExitCode> {
  const opened = await open(app, "ps", flags)
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    const place = await findNode(account, scope)
    const said = await app.interrupts.settling((stop) =>
      Promise.all(
        systemsOf(flags).map(async (system) => {
          const { output } = await askNode(account, place, { action: "ps", system }, stop)
          return { system, lines: linesOf(output) }
        }),
      ),
    )
    for (const { system, lines } of said)
      opened.report.show({
        type: "printed",
        ...placeOf(account, scope),
        node: place.instance,
        system,
        about: `${system} on node ${place.instance}`,
        lines,
      })
    return exitCodes.done
  })
}

export const linesOf = (text: string): readonly string[] => text.replace(/\n$/, "").split("\n")
