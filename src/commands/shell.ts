import { access } from "node:fs/promises"
import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import type { Settings } from "../config.ts"
import { type ExitCode, exitCodes, Usage } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { refuseWhileLive } from "./live-guard.ts"
import { findNode } from "./on-node.ts"
import { open, withAccount } from "./opening.ts"
import { pluginFor } from "./plugin.ts"

export interface ShellFlags extends GlobalFlags {
  readonly ssh?: true
}

export function shellCommand(app: Ending, run = shell) {
  return new Command("shell")
    .description("Open a shell on the node through Session Manager: no port is open, and AWS notes who did it.")
    .option("--ssh", "by SSH over the same session, with the key pair of publicKey")
    .addHelpText("after", examples("smart0dte shell", "smart0dte shell --ssh --env poc"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function shell(app: App, flags: ShellFlags): Promise<ExitCode> {
  const opened = await open(app, "shell", flags)
  if (!app.terminal.interactive)
    throw new Usage("a shell wants a terminal, and there is none", {
      hint: "for a single command: smart0dte exec SYSTEM SERVICE -- COMMAND",
    })
  return withAccount(app, opened, flags, async (account) => {
    const { endSession, requirePlugin, startSession } = await import("../aws/ssm/session.ts")
    const { runSession, sshOver } = await import("../aws/ssm/run-session.ts")
    const program = pluginFor(app, opened.config)
    await requirePlugin(program)
    const scope = await findEnvironment(account, opened.config)
    await refuseWhileLive(account, scope, "shell")
    const { instance } = await findNode(account, scope)
    const document = flags.ssh ? ({ document: "AWS-StartSSHSession", parameters: { portNumber: "22" } } as const) : {}
    const session = await startSession(account.cloud, { instance, reason: "smart0dte shell", program, ...document })
    opened.report.note(`a shell on node ${instance}; exit leaves it`)
    try {
      const key = await privateKey(opened.config.settings)
      const code = await app.interrupts.handingOn((stop) =>
        runSession(flags.ssh ? sshOver(session, instance, key) : session, stop),
      )
      if (app.interrupts.code() !== undefined) return exitCodes.interrupted
      return code === 0 ? exitCodes.done : exitCodes.failed
    } finally {
      await endSession(account.cloud, session)
    }
  })
}

/** Beside the public one, if it is there; else SSH asks its agent and tries what it knows. */
async function privateKey({ publicKey }: Settings): Promise<string | undefined> {
  const path = publicKey?.replace(/\.pub$/, "")
  if (path === undefined || path === publicKey) return undefined
  return access(path).then(
    () => path,
    () => undefined,
  )
}
