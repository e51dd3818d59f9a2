import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { App } from "../app.ts"
import { apply } from "../engine/apply.ts"
import type { Outcome } from "../engine/perform.ts"
import { type ExitCode, UserError } from "../errors.ts"
import type { System } from "../nodes/systems.ts"
import type { Ending } from "./ends.ts"
import { findDeployed } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { refuseWhileLive } from "./live-guard.ts"
import { locked, type Ran } from "./locked.ts"
import { commandLine } from "./next.ts"
import { findNode, lastWords } from "./on-node.ts"
import { type Opened, open, withAccount } from "./opening.ts"
import { withRef } from "./refs.ts"
import { released } from "./released.ts"
import { systemArgument } from "./system.ts"
import { onlySystem, refuseIfMissing, remember } from "./system-steps.ts"

export interface RollbackFlags extends GlobalFlags {
  readonly system: System
  readonly lockTimeout?: string
}

export function rollbackCommand(app: Ending, run = rollback) {
  return new Command("rollback")
    .description("Go back to the version of a system that ran before, with the ref that it followed then.")
    .addArgument(systemArgument)
    .option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")
    .addHelpText("after", examples("smart0dte rollback smart-0dte", "smart0dte rollback mag7-7dte --output json"))
    .action(async (system, own, command) => app.exit(await run(app, { ...flagsOf(own, command), system })))
}

export async function rollback(app: App, flags: RollbackFlags): Promise<ExitCode> {
  const { system } = flags
  const opened = await open(app, "rollback", flags)
  return withAccount(app, opened, flags, async (account) => {
    const site = await findDeployed(app, opened, account)
    await refuseWhileLive(account, site.environment, "rollback", [system])
    await refuseIfMissing(account, site, onlySystem(site.blueprint, system))
    const ran = await goBack(app, opened, account, site, system)
    return released(opened, account, site, { command: "rollback", system, ran })
  })
}

/** The node goes back by itself; what is wanted of it follows what it then reports. */
export async function goBack(app: App, opened: Opened, account: Account, site: Site, system: System): Promise<Ran> {
  const title = `roll ${system} back in ${site.environment}`
  return locked(app, { opened, account, site, title }, async (run): Promise<Outcome> => {
    await refuseWhileLive(account, site.environment, "rollback", [system])
    const ref = await formerOn(account, site, system, run.stop)
    const former = await findDeployed(app, withRef(opened, system, ref), account)
    await remember(account, former, system)
    return apply(run, onlySystem(former.blueprint, system), former.kinds)
  })
}

/** Resolves to the ref that the former version was fetched by. */
async function formerOn(account: Account, site: Site, system: System, stop: AbortSignal): Promise<string> {
  const [{ order, wishOf }, { commandResult }, { filesOfNodes }, { checkoutKind }] = await Promise.all([
    import("../nodes/order.ts"),
    import("../aws/ssm/command-result.ts"),
    import("../nodes/files.ts"),
    import("../nodes/checkout.ts"),
  ])
  const { cloud } = account
  const place = await findNode(account, site.environment, "release")
  const wish = wishOf("rollback", system, cloud.clock.now())
  const sent = await order(cloud, { ...place, action: "rollback", system, wish, files: filesOfNodes().sha })
  const end = await commandResult(cloud, sent, { stop, atMost: 1_800_000 })
  if (!end.succeeded)
    throw new UserError(`${system} could not go back on node ${place.instance}: ${lastWords(end)}`, {
      hint: `see how it stands with: ${commandLine(account, "status")}`,
    })
  const checkouts = await checkoutKind.list?.(cloud, [site.environment])
  return checkouts?.find(({ name }) => name === system)?.live.ref ?? ""
}
