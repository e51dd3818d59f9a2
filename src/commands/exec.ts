import { Argument, Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes, Usage, UserError } from "../errors.ts"
import type { System } from "../nodes/systems.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { refuseWhileLive } from "./live-guard.ts"
import { commandLine } from "./next.ts"
import { findNode, lastWords, leaving, tellNode } from "./on-node.ts"
import { open, withAccount } from "./opening.ts"
import { placeOf } from "./planning.ts"
import { neededService, systemArgument } from "./system.ts"

export interface ExecFlags extends GlobalFlags {
  readonly system: System
  readonly service: string
  readonly words: readonly string[]
}

export function execCommand(app: Ending, run = exec) {
  return new Command("exec")
    .description(
      "Run a command in a service's container, and print what it says. AWS keeps the command: no secret in it.",
    )
    .addArgument(systemArgument)
    .addArgument(neededService)
    .addArgument(new Argument("<words...>", "the command, after --"))
    .addHelpText(
      "after",
      examples(
        "smart0dte exec smart-0dte backend -- python --version",
        "smart0dte exec mag7-7dte backend -- ls -l /app",
      ),
    )
    .action(async (system, service, words, own, command) =>
      app.exit(await run(app, { ...flagsOf(own, command), system, service, words })),
    )
}

export async function exec(app: App, flags: ExecFlags): Promise<ExitCode> {
  const { system, service, words } = flags
  const { longestCommand, shellLine } = await import("../nodes/compose-order.ts")
  if (Buffer.byteLength(shellLine(words)) > longestCommand)
    throw new Usage(`the command has ${Buffer.byteLength(shellLine(words))} bytes, and ${longestCommand} can be sent`, {
      hint: "put what is long into a file of the project, or use smart0dte shell",
    })
  const opened = await open(app, "exec", flags)
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    await refuseWhileLive(account, scope, "exec", [system])
    const place = await findNode(account, scope, "exec")
    const doing = { action: "exec", system, service, command: words } as const
    const end = await app.interrupts.settling((stop) => tellNode(account, place, doing, stop), leaving)
    if (end.errors !== "" && end.succeeded) opened.report.note(end.errors.trimEnd())
    if (end.output !== "")
      opened.report.show({
        type: "printed",
        ...placeOf(account, place.scope),
        node: place.instance,
        system,
        lines: end.output.replace(/\n$/, "").split("\n"),
      })
    if (end.succeeded) return exitCodes.done
    const why = lastWords({ ...end, output: "" })
    // One that the node never began, or that was cut off, has no code of its own.
    const told =
      end.code > 0 ? `ended with code ${end.code}${end.errors === "" ? "" : `: ${why}`}` : `did not end: ${why}`
    throw new UserError(`${words[0]} in ${service} of ${system} ${told}`, {
      hint: `see how it stands with: ${commandLine(account, `ps --system ${system}`)}`,
    })
  })
}
