import { Argument, Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import type { Allowed } from "../aws/ec2/allowed.ts"
import { type ExitCode, exitCodes, Refused, UserError } from "../errors.ts"
import { type Access, changeVisitors, groupOf } from "./access-change.ts"
import { accessFacts } from "./access-facts.ts"
import type { Ending } from "./ends.ts"
import { findDeployed } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { commandLine } from "./next.ts"
import { open, withAccount } from "./opening.ts"

export interface RemoveFlags extends GlobalFlags {
  readonly range: string
  readonly lockTimeout?: string
}

export function removeCommand(app: Ending, run = removeAccess) {
  return new Command("remove")
    .description("Send away whom access add-me let in.")
    .addArgument(new Argument("<range>", "as access list shows it; an address alone is enough"))
    .option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")
    .addHelpText("after", examples("smart0dte access remove 203.0.113.77", "smart0dte access remove 203.0.113.77/32"))
    .action(async (range, own, command) => app.exit(await run(app, { ...flagsOf(own, command), range })))
}

export async function removeAccess(app: App, flags: RemoveFlags): Promise<ExitCode> {
  const opened = await open(app, "access remove", flags)
  return withAccount(app, opened, flags, async (account) => {
    const site = await findDeployed(app, opened, account)
    groupOf(account, site)
    const range = flags.range.includes("/") ? flags.range : `${flags.range}/32`
    const access = await changeVisitors(app, opened, account, site, (there) => without(account, there, range))
    opened.report.show(accessFacts(account, site, access))
    return exitCodes.done
  })
}

function without(account: Account, { residents, visitors }: Access, range: string): readonly Allowed[] {
  const others = visitors.filter((one) => one.range !== range)
  if (others.length < visitors.length) return others
  if (residents.some((one) => one.range === range))
    throw new Refused(`${range} is one of those that the environment was made for`, {
      hint: `say who is to come in, with --allowed-cidrs or in smart0dte.yaml: ${commandLine(account, "deploy single")}`,
    })
  throw new UserError(`${range} is not among those that were let in`, {
    hint: `see who is: ${commandLine(account, "access list")}`,
  })
}
