import { Command, Option } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, Usage } from "../errors.ts"
import { billingStatusCommand } from "./billing-status.ts"
import { bootstrap } from "./bootstrap.ts"
import type { DeployFlags } from "./deploy.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, withOptions } from "./flags.ts"

export function billingCommand(app: Ending) {
  const billing = new Command("billing")
    .description("What the account spends: alarms and a budget that tell somebody, and how the month stands.")
    .addHelpText("after", examples("smart0dte billing setup --sandbox", "smart0dte billing status"))
  for (const below of [billingSetupCommand, billingStatusCommand]) billing.addCommand(below(app))
  return billing
}

const billingSetupCommand = (app: Ending, run = billingSetup) =>
  withOptions(new Command("setup"), toldOptions)
    .description("Make the alarms and the budget: of all that bootstrap gives an account, this part alone.")
    .option("--prune", "also take away what is ours and no longer wished: amounts, and who is told")
    .option("-y, --yes", "say yes in advance to what creates and changes")
    .option("--confirm <account>", "the same for what --prune takes away: the word account")
    .option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")
    .addHelpText(
      "after",
      `\n${onceOrKept}\n${examples("smart0dte billing setup --email ops@example.com", "smart0dte billing setup --thresholds 50,100 --prune")}`,
    )
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))

const onceOrKept = `A flag counts for this run. What it made stays as it is, unless smart0dte.yaml says otherwise: keep it there
as email, sms, webhook, and billing: { thresholds, budget }.
Who is told (--email, --sms and --webhook together) and the amounts (--thresholds) replace those before: what
is not among them is shown as left over, and stays until --prune takes it away.`

const toldOptions: readonly Option[] = [
  new Option("--email <addresses>", "who is told by e-mail, with commas"),
  new Option("--sms <numbers>", "who is told by text message: +12025550123, with commas"),
  new Option("--webhook <addresses>", "who is told by HTTPS, with commas"),
  new Option(
    "--thresholds <amounts>",
    "the alarms' amounts in USD, with commas (those there, or 100,200,300)",
  ).argParser(amounts),
  new Option("--budget <usd>", "the month's budget in USD (the one there, or 1.15 times the plan)").argParser(amount),
]

export const billingSetup = (app: App, flags: Omit<DeployFlags, "target">): Promise<ExitCode> =>
  bootstrap(app, { ...flags, doing: "billing setup", only: ["spending-alarms", "budget"] })

function amounts(text: string): readonly number[] {
  return text.split(",").map((word) => amount(word.trim()))
}

export function amount(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new Usage(`${JSON.stringify(text)} is no amount`, { hint: "give whole USD from 1 to 999999, such as 100" })
}
