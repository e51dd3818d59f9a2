import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { ContainerRow } from "../report/results/node.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { findNode, leaving, refusedBy, tellNode } from "./on-node.ts"
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
    const said = await app.interrupts.settling(
      (stop) =>
        Promise.all(
          systemsOf(flags).map(async (system) => {
            const doing = { action: "ps", system } as const
            return { doing, end: await tellNode(account, place, doing, stop) }
          }),
        ),
      leaving,
    )
    // That one system is not there must not hide the other one.
    for (const { doing, end } of said.filter((one) => one.end.succeeded)) {
      const { system } = doing
      const where = { ...placeOf(account, scope), node: place.instance, system }
      opened.report.show({ type: "containers", ...where, rows: containersIn(end.output) })
    }
    const refused = said.filter((one) => !one.end.succeeded)
    if (refused.length > 0) throw refusedBy(account, place, refused)
    return exitCodes.done
  })
}

/** A line for each container, as the node's script prints it. */
const containersIn = (output: string): readonly ContainerRow[] =>
  output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [service = "", state = "", health = "", ports = "-"] = line.split("\t")
      return { service, state, health: healthOf(health), ports: ports === "-" ? [] : ports.split(",") }
    })

const healthOf = (text: string): ContainerRow["health"] =>
  text === "healthy" || text === "unhealthy" ? text : "unknown"
