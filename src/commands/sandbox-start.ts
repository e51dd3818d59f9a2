import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { engineIn, openSandbox } from "./sandbox-opening.ts"

export function startCommand(app: Ending, run = start) {
  return new Command("start")
    .description("Start it, where it does not run already. Any other command does that too.")
    .option("--docker", "have containers run on this machine's Docker in place of its stand-in, and time go slower")
    .addHelpText(
      "after",
      examples("smart0dte sandbox start --docker", "SMART0DTE_SANDBOX_SPEED=1 smart0dte sandbox start"),
    )
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

interface StartFlags extends GlobalFlags {
  readonly docker?: true
}

async function start(app: App, { docker: wanted, ...flags }: StartFlags): Promise<ExitCode> {
  const { report, sandbox } = await openSandbox(app, "start", { ...flags, ...(wanted && { sandboxDocker: wanted }) })
  const before = await sandbox.running()
  const { url, account, region, speed, pid, dir, docker } = await sandbox.attach()
  report.show({
    type: "facts",
    about: before ? "the sandbox runs already" : "the sandbox runs",
    facts: { url, account, region, speed, pid, dir, docker: engineIn(docker) },
    next: ["smart0dte deploy single --sandbox", 'eval "$(smart0dte sandbox env)" for the aws command line'],
  })
  return exitCodes.done
}
