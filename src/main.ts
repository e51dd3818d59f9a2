import { CommanderError } from "@commander-js/extra-typings"
import { type App, realApp } from "./app.ts"
import { programFor } from "./commands/program.ts"
import { siteFor } from "./commands/site.ts"
import { exitCodes, UserError } from "./errors.ts"
import type { FailureNote } from "./report/failure.ts"
import type { Sink } from "./report/sink.ts"

/** The whole life of the process, from its arguments to its exit code. */
export async function main(process: NodeJS.Process): Promise<void> {
  const app = realApp(process, siteFor)
  const code = await run(app, process.argv.slice(2))
  await Promise.all([written(app.stdout), written(app.stderr)])
  // A question that nobody will answer any more, or a kept connection, would hold the process back.
  process.exit(code)
}

/** Resolves when all of it is out, or nobody reads it any more. */
const written = (sink: Sink): Promise<void> => new Promise((resolve) => sink.write("", () => resolve()))

/** Does what the arguments say, and answers with the exit code; nothing is thrown. */
export async function run(app: App, args: readonly string[]): Promise<number> {
  try {
    return await Promise.race([perform(app, args), app.interrupts.leave])
  } catch (error) {
    return fail(app, args, error)
  }
}

async function perform(app: App, args: readonly string[]): Promise<number> {
  let code: number = exitCodes.done
  const program = programFor({
    ...app,
    exit(told) {
      code = told
    },
  })
  const words = app.terminal.interactive ? await wordsFor(app, args) : args
  if (words !== undefined) await program.parseAsync(words, { from: "user" })
  return signalled(app, code)
}

/** Whoever names no command at a terminal is shown which ones make sense next; nothing where none of them is wanted. */
async function wordsFor(app: App, args: readonly string[]): Promise<readonly string[] | undefined> {
  // With options alone, such as --sandbox, no command is named either.
  if (!args.every((arg) => arg === "--sandbox" || arg === "--no-color")) return args
  const { menu } = await import("./commands/menu.ts")
  const flags = { color: !args.includes("--no-color"), ...(args.includes("--sandbox") && { sandbox: true as const }) }
  const chosen = await menu(app, flags)
  // What is to be tried in the sandbox says so itself.
  return chosen.length === 0 ? undefined : [...args.filter((arg) => !chosen.includes(arg)), ...chosen]
}

/** Interrupted by Ctrl-C or by another signal: each has its own code. */
const signalled = (app: App, code: number): number =>
  (code === exitCodes.interrupted ? app.interrupts.code() : undefined) ?? code

async function fail(app: App, args: readonly string[], error: unknown): Promise<number> {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done
  // No command was given: commander has shown which there are.
  if (error instanceof CommanderError && error.code === "commander.help") return exitCodes.usage
  const said = (flag: string) => args.includes(flag)
  const json =
    said("--output=json") || args[args.indexOf("--output") + 1] === "json" || app.env.SMART0DTE_OUTPUT === "json"
  const report = await app.report({
    command: args.find((arg) => !arg.startsWith("-")) ?? "",
    output: json ? "json" : "text",
    sandbox: said("--sandbox") || /^(1|true|yes|on)$/i.test(app.env.SMART0DTE_SANDBOX ?? ""),
    color: !said("--no-color"),
  })
  const note = noteOf(error, () => namedIn(app, args))
  const exitCode = signalled(app, note.exitCode)
  report.failure({ ...note, exitCode, stack: said("--debug") && error instanceof Error ? error.stack : undefined })
  return exitCode
}

/** The command that the arguments name, as far as they do: `iam create-user`. */
function namedIn(app: App, args: readonly string[]): string {
  let command: { readonly commands: readonly Named[] } = programFor({ ...app, exit: () => {} })
  return args
    .flatMap((arg) => {
      const next = command.commands.find((one) => one.name() === arg)
      if (next) command = next
      return next ? [arg] : []
    })
    .join(" ")
}

interface Named {
  readonly commands: readonly Named[]
  name(): string
}

function noteOf(error: unknown, named: () => string): Omit<FailureNote, "stack"> {
  if (error instanceof CommanderError) return usageNote(error, named())
  if (error instanceof UserError) {
    const { exitCode, message, hint, requestId } = error
    return { exitCode, message, hint, requestId }
  }
  return {
    exitCode: exitCodes.failed,
    message: `this is a bug in smart0dte: ${error instanceof Error ? error.message : String(error)}`,
    hint: "run it once more with --debug and report what it prints",
    requestId: undefined,
  }
}

/** Commander's own words, with its suggestion as the hint. */
function usageNote({ message }: CommanderError, named: string): Omit<FailureNote, "stack"> {
  const [, what = message, meant] = /^(?:error: )?(.*?)\.?(?:\n\((Did you mean .*\?)\))?$/s.exec(message) ?? []
  const hint = meant ? `did${meant.slice(3)}` : `${["smart0dte", named].join(" ").trim()} --help shows what there is`
  return { exitCode: exitCodes.usage, message: what, hint, requestId: undefined }
}
