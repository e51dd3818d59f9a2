import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { commandLine } from "./next.ts"
import { findNode, leaving } from "./on-node.ts"
import { open, withAccount } from "./opening.ts"
import { placeOf } from "./planning.ts"
import { type SystemFlags, systemOption, systemsOf } from "./system.ts"

export interface StatusFlags extends GlobalFlags, SystemFlags {}

export function statusCommand(app: Ending, run = statusOf) {
  return new Command("status")
    .description("Show which gateways run, the account that each is logged in to, and when the next login is due.")
    .addOption(systemOption)
    .addHelpText("after", examples("smart0dte gateway status", "smart0dte gateway status --output json"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function statusOf(app: App, flags: StatusFlags): Promise<ExitCode> {
  const opened = await open(app, "gateway status", flags)
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    const [{ gatewaysOn }, { nextForcedLogin }, { easternTime }] = await Promise.all([
      import("./gateway-rows.ts"),
      import("../market/gateway-login.ts"),
      import("../market/eastern.ts"),
    ])
    const place = await findNode(account, scope)
    const system = systemsOf(flags)[0] ?? "smart-0dte"
    const rows = await app.interrupts.settling((stop) => gatewaysOn(account, place, system, stop), leaving)
    const { day, time, zone } = easternTime().wallAt(nextForcedLogin(account.cloud.clock.now()))
    const out = rows.some(({ state, account: logged }) => state !== "none" && logged === "")
    opened.report.show({
      type: "gateways",
      ...placeOf(account, scope),
      rows,
      nextLogin: `${day} ${time} ${zone}`,
      next: out ? [commandLine(account, `gateway login --env ${scope}`)] : [],
    })
    return exitCodes.done
  })
}
