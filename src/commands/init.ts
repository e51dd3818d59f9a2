import { access } from "node:fs/promises"
import { Command, Option } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import type { Config, Settings } from "../config.ts"
import { type ExitCode, exitCodes, Refused, Usage } from "../errors.ts"
import { systems } from "../nodes/systems.ts"
import type { Report } from "../report/report.ts"
import { amount } from "./billing.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags, type WishFlags, wishOptions, withOptions } from "./flags.ts"
import type { Answers } from "./init-questions.ts"

export interface InitFlags extends GlobalFlags, WishFlags {
  readonly yes?: true
  readonly overwrite?: true
  readonly budget?: number
  readonly repository?: readonly string[]
}

export function initCommand(app: Ending, run = init) {
  return withOptions(new Command("init"), wishOptions)
    .description(
      "Ask what is to be built, with the price of each answer, and write smart0dte.yaml. Changes no account.",
    )
    .addOption(
      new Option("--budget <usd>", "the account's monthly budget in USD (1.15 times the plan)").argParser(amount),
    )
    .addOption(
      new Option("--repository <system=address>", "where a system comes from; may be given for each").argParser(
        (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
      ),
    )
    .option("-y, --yes", "ask nothing: what no flag says is as usual")
    .option("--overwrite", "write it though the file is there already")
    .addHelpText(
      "after",
      examples(
        "smart0dte init",
        "smart0dte init --yes --email ops@example.com --allowed-cidrs 203.0.113.9 --budget 300",
      ),
    )
    .action(async (own, command) => app.exit(await run(app, { ...flagsOf(own, command), ...own })))
}

export async function init(app: App, flags: InitFlags): Promise<ExitCode> {
  const { options } = await app.config({ ...flags }, "file")
  if (options.output === "markdown")
    throw new Usage("init has nothing to say in markdown", { hint: "use text or json" })
  const report = await app.report({ ...options, command: "init", color: flags.color })
  const path = options.config ?? "smart0dte.yaml"
  const there = await isThere(path)
  if (there && !flags.overwrite && !app.terminal.interactive)
    throw new Usage(`${path} is there already`, {
      hint: "write it all the same with --overwrite, or another with --config",
    })
  const { resolveConfig } = await import("../config.ts")
  const usual = await resolveConfig({ flags: {}, env: {} })
  // What the sandbox puts in the place of what is missing is not to be written down.
  const settle = async (answers: Answers): Promise<Settings> => {
    const { settings } = await app.config({ ...flags, ...answers, sandbox: false }, there ? undefined : "file")
    return takenBack(settings, answers, usual)
  }
  const given = givenBy(flags, await settle({}))
  const asking = { settle, given, path, there, report, options }
  const settings = await settle(await answersFor(app, flags, asking))
  if (there && !flags.overwrite && !(await app.ask.confirm(`${path} is there already: overwrite it?`)))
    throw new Refused(`${path} stays as it was`, { hint: "write another one with --config" })
  const [{ commentedFile }, { writeWhole }] = await Promise.all([
    import("../config/commented.ts"),
    import("./init-write.ts"),
  ])
  await writeWhole(
    path,
    commentedFile(settings, usual, "What smart0dte is to build. A # before a key: it is as usual."),
  )
  await showWritten(report, path, settings, options)
  return exitCodes.done
}

/** What was answered with "none" is so, whatever the file or a variable said before. */
function takenBack(settings: Settings, answers: Answers, usual: Settings): Settings {
  const known = new Map(Object.entries(usual))
  const none = Object.keys(answers).filter((key) => answers[key] === undefined)
  return { ...settings, ...Object.fromEntries(none.map((key) => [key, known.get(key)])) }
}

interface Asking extends Pick<Config, "options"> {
  settle(answers: Answers): Promise<Settings>
  readonly given: Answers
  readonly path: string
  readonly there: boolean
  readonly report: Report
}

/** From somebody at a terminal; else all has to be said already. */
async function answersFor(app: App, flags: InitFlags, asking: Asking): Promise<Answers> {
  const { settle, given, path, there, report, options } = asking
  if (!app.terminal.interactive || flags.yes) {
    requireSaid(flags, await settle(given), options.sandbox)
    return given
  }
  if (there)
    report.note(`${path} is there: the questions begin with what it says, and it stays until you say otherwise`)
  const [{ runWizard }, { knowing }, { pricing }] = await Promise.all([
    import("./init-wizard.ts"),
    import("./init-known.ts"),
    import("./init-price.ts"),
  ])
  const know = knowing(app, { config: await app.config({ ...flags }, "file"), report }, flags)
  return runWizard({ app, report, path, know, settle, monthly: pricing() }, given)
}

/** All that lacks at once, so that nobody has to try again for each. */
function requireSaid({ yes }: InitFlags, { allowedCidrs, email, loadBalancer }: Settings, sandbox: boolean): void {
  const missing = [
    ...(yes ? [] : ["--yes"]),
    ...(email.length > 0 ? [] : ["--email"]),
    ...(loadBalancer && allowedCidrs === undefined && !sandbox ? ["--allowed-cidrs"] : []),
  ]
  if (missing.length === 0) return
  throw new Usage(`init asks nothing here, and lacks ${missing.join(", ")}`, {
    hint: "such as: smart0dte init --yes --email ops@example.com --allowed-cidrs 203.0.113.10/32",
  })
}

function givenBy(flags: InitFlags, settings: Settings): Answers {
  const { budget } = flags
  const billing = budget === undefined ? {} : { billing: { ...settings.billing, budget } }
  return { ...billing, ...repositoriesOf(flags, settings) }
}

async function showWritten(
  report: Report,
  path: string,
  settings: Settings,
  options: Config["options"],
): Promise<void> {
  const [{ monthlyFor }, { pricesElsewhere }] = await Promise.all([import("./init-price.ts"), import("./planning.ts")])
  const mark = options.sandbox ? " --sandbox" : ""
  const named = options.config === undefined ? "" : ` --config ${path}`
  for (const note of pricesElsewhere(settings.region)) report.note(note)
  report.show({
    type: "facts",
    about: `${path} is written`,
    facts: { file: path, monthlyUsd: await monthlyFor(settings) },
    next: ["doctor", "bootstrap plan", "plan single"].map((words) => `smart0dte ${words}${named}${mark}`),
  })
}

function repositoriesOf({ repository = [] }: InitFlags, { systems: known }: Settings): Answers {
  if (repository.length === 0) return {}
  const said = repository.map((text) => {
    const [name = "", ...address] = text.split("=")
    const system = systems.find((one) => one === name)
    if (system !== undefined) return [system, { ...known[system], repository: address.join("=") }] as const
    throw new Usage(`--repository ${JSON.stringify(text)} names no system`, {
      hint: `such as --repository ${systems[0]}=https://github.com/someone/something.git`,
    })
  })
  return { systems: { ...known, ...Object.fromEntries(said) } }
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
