import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { openSandbox } from "./sandbox-opening.ts"

export function resetCommand(app: Ending, run = reset) {
  return new Command("reset")
    .description("Forget all that it holds, and all faults.")
    .addHelpText("after", examples("smart0dte sandbox reset", "smart0dte sandbox reset --output json"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

async function reset(app: App, flags: GlobalFlags): Promise<ExitCode> {
  const { report, sandbox } = await openSandbox(app, "reset", flags)
  await (await sandbox.admin(await sandbox.attach())).reset()
  report.show({ type: "facts", about: "the sandbox is empty", facts: { dir: sandbox.dir }, next: [] })
  return exitCodes.done
}
