import { access, open as openFile, rename, rm } from "node:fs/promises"
import { Command, Option } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import type { Config, Settings } from "../config.ts"
import { type ExitCode, exitCodes, Refused, Usage, UserError } from "../errors.ts"
import { systems } from "../nodes/systems.ts"
import { notSaid } from "./asking.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags, type WishFlags, wishOptions, withOptions } from "./flags.ts"
import type { Answers, Known } from "./init-questions.ts"
import { withAccount } from "./opening.ts"

export interface InitFlags extends GlobalFlags, WishFlags {
  readonly overwrite?: true
  readonly repository?: readonly string[]
}

export function initCommand(app: Ending, run = init) {
  return withOptions(new Command("init"), wishOptions)
    .description(
      "Ask what is to be built, with the price of each answer, and write smart0dte.yaml. Changes no account.",
    )
    .addOption(
      new Option("--repository <system=address>", "where a system comes from; may be given for each").argParser(
        (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
      ),
    )
    .option("--overwrite", "write it though the file is there already")
    .addHelpText(
      "after",
      examples("smart0dte init", "smart0dte init --allowed-cidrs 203.0.113.9 --email ops@example.com --overwrite"),
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
  // What the sandbox puts in the place of what is missing is not to be written down.
  const settle = async (answers: Answers): Promise<Config> =>
    app.config({ ...flags, ...answers, sandbox: false }, there ? undefined : "file")
  const given = repositoriesOf(flags, (await settle({})).settings)
  const { settings } = await settle(await answersFor(app, flags, { settle, given, path, report, options }))
  if (there && !flags.overwrite && !(await app.ask.confirm(`${path} is there already: overwrite it?`)))
    throw new Refused(`${path} stays as it was`, { hint: "write another one with --config" })
  const [{ commentedFile }, { resolveConfig }] = await Promise.all([
    import("../config/commented.ts"),
    import("../config.ts"),
  ])
  const usual = await resolveConfig({ flags: {}, env: {} })
  await write(path, commentedFile(settings, usual, "What smart0dte is to build. A # before a key: it is as usual."))
  const { monthlyFor } = await import("./init-price.ts")
  const mark = options.sandbox ? " --sandbox" : ""
  const named = options.config === undefined ? "" : ` --config ${path}`
  report.show({
    type: "facts",
    about: `${path} is written`,
    facts: { file: path, monthlyUsd: await monthlyFor(settings) },
    next: [`smart0dte doctor${named}${mark}`, `smart0dte plan single${named}${mark}`],
  })
  return exitCodes.done
}

interface Asking {
  settle(answers: Answers): Promise<Config>
  readonly given: Answers
  readonly path: string
  readonly report: Awaited<ReturnType<App["report"]>>
  readonly options: Config["options"]
}

/** From somebody at a terminal; else all has to be said already. */
async function answersFor(
  app: App,
  flags: InitFlags,
  { settle, given, path, report, options }: Asking,
): Promise<Answers> {
  if (!app.terminal.interactive) {
    const { allowedCidrs, loadBalancer } = (await settle(given)).settings
    if (loadBalancer && allowedCidrs === undefined && !options.sandbox) throw notSaid()
    return given
  }
  const [{ runWizard }, known] = await Promise.all([
    import("./init-wizard.ts"),
    knownOf(app, flags, { config: await app.config({ ...flags }, "file"), report }),
  ])
  return runWizard({ app, report, known, path, settle: async (answers) => (await settle(answers)).settings }, given)
}

/** What is out of reach is no reason not to go on. */
async function knownOf(
  app: App,
  flags: InitFlags,
  opened: { readonly config: Config; readonly report: Asking["report"] },
): Promise<Known> {
  const account = withAccount(app, opened, flags, async ({ cloud, arn }) => {
    opened.report.note(`these credentials are of ${arn}`)
    return cloud.account
  }).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error
    opened.report.note(`the account is not known: ${error.message}; ${error.hint ?? ""}`)
    return undefined
  })
  const address = app.ownAddress(opened.config.options.sandbox).catch(() => undefined)
  return { account: await account, address: await address }
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

/** All of it or nothing: who is killed in between has the old file. */
async function write(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.new`
  try {
    const file = await openFile(beside, "wx")
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error)
    throw new UserError(`${path} cannot be written: ${code}`, {
      hint: "name another place with --config",
      cause: error,
    })
  }
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
