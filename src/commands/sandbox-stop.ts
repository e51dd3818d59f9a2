import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { openSandbox } from "./sandbox-opening.ts"

export function stopCommand(app: Ending, run = stop) {
  return new Command("stop")
    .description("End it. What it holds stays, and is there again after the next start.")
    .addHelpText("after", examples("smart0dte sandbox stop", "smart0dte sandbox stop --output json"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

async function stop(app: App, flags: GlobalFlags): Promise<ExitCode> {
  const { report, sandbox } = await openSandbox(app, "stop", flags)
  const running = await sandbox.running()
  if (running) await (await sandbox.admin(running)).stop()
  const about = running ? "the sandbox has ended" : "no sandbox runs"
  report.show({ type: "facts", about, facts: { dir: sandbox.dir }, next: [] })
  return exitCodes.done
}
