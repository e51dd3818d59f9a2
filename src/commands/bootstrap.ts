import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import type { ExitCode } from "../errors.ts"
import { cost } from "./cost.ts"
import { type DeployFlags, deploy } from "./deploy.ts"
import { type DestroyFlags, destroy } from "./destroy.ts"
import { drift } from "./drift.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags, withOptions } from "./flags.ts"
import { type ItemFlags, itemOptions } from "./items.ts"
import { limitOptions } from "./limits.ts"
import { type PlanFlags, plan } from "./plan.ts"
import { requestOptions } from "./requests.ts"
import { status } from "./status.ts"
import { account } from "./target.ts"

export function bootstrapCommand(app: Ending, run = bootstrap) {
  const command = withOptions(new Command("bootstrap"), [...itemOptions, ...requestOptions, ...limitOptions])
    .description("What the account itself should have, whatever runs in it: shown with its price, asked, then made so.")
    .option("-y, --yes", "say yes in advance to what creates and changes")
    .option("--confirm <account>", "the same for what takes things away: the word account")
    .option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")
    .addHelpText("after", examples("smart0dte bootstrap --sandbox", "smart0dte bootstrap --without cost-tags --yes"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
  for (const below of [planBelow, statusBelow, costBelow, driftBelow, destroyBelow]) command.addCommand(below(app))
  return command
}

type Whole<Flags> = Omit<Flags, "target"> & ItemFlags

export const bootstrap = (app: App, flags: Whole<DeployFlags>): Promise<ExitCode> =>
  deploy(app, { doing: "bootstrap", ...flags, target: account })

const planBelow = (app: Ending) =>
  withOptions(new Command("plan"), [...itemOptions, ...requestOptions, ...limitOptions])
    .description("Show what bootstrap would change, and what it costs. Changes nothing and needs no lock.")
    .option("--detailed-exitcode", "exit with 4 when there is something to change")
    .addHelpText("after", examples("smart0dte bootstrap plan", "smart0dte bootstrap plan --with config --output json"))
    .action(async (own, command) =>
      app.exit(await plan(app, { ...(flagsOf(own, command) as Whole<PlanFlags>), target: account })),
    )

const statusBelow = (app: Ending) =>
  withOptions(new Command("status"), itemOptions)
    .description("Show which items the account has, each with its state.")
    .addHelpText("after", examples("smart0dte bootstrap status", "smart0dte bootstrap status --output json"))
    .action(async (own, command) => app.exit(await status(app, onAccount(flagsOf(own, command)))))

const costBelow = (app: Ending) =>
  withOptions(new Command("cost"), itemOptions)
    .description("Show what the account's items cost a month, row by row.")
    .addHelpText("after", examples("smart0dte bootstrap cost", "smart0dte bootstrap cost --with trail-key"))
    .action(async (own, command) => app.exit(await cost(app, onAccount(flagsOf(own, command)))))

const driftBelow = (app: Ending) =>
  withOptions(new Command("drift"), itemOptions)
    .description("Show what differs from what the last bootstrap made, and exit with 4 if anything does.")
    .addHelpText("after", examples("smart0dte bootstrap drift", "smart0dte bootstrap drift --output json"))
    .action(async (own, command) => app.exit(await drift(app, onAccount(flagsOf(own, command)))))

const destroyBelow = (app: Ending) =>
  new Command("destroy")
    .description("Put the account's settings back as they were, and take away what bootstrap made. Asks first.")
    .option("--confirm <account>", "the word account, where there is no terminal to type it at")
    .option("--purge", "also remove what holds data and would otherwise remain")
    .option("--confirm-purge <account>", "the word account once more, for --purge")
    .option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")
    .addHelpText("after", examples("smart0dte bootstrap destroy", "smart0dte bootstrap destroy --confirm=account"))
    .action(async (own, command) =>
      app.exit(await destroy(app, { ...(flagsOf(own, command) as Omit<DestroyFlags, "target">), target: account })),
    )

const onAccount = (flags: GlobalFlags) => ({ ...flags, target: account }) as const
