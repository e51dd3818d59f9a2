import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { engineIn, openSandbox, policiesAre } from "./sandbox-opening.ts"

export function startCommand(app: Ending, run = start) {
  return new Command("start")
    .description("Start it, where it does not run already. Any other command does that too.")
    .option("--docker", "have containers run on this machine's Docker in place of its stand-in, and time go slower")
    .option("--enforce", "judge each call by the policies of whoever signs it; its own keys may do everything")
    .option("--no-enforce", "let everybody do everything again")
    .addHelpText("after", examples("smart0dte sandbox start --docker", "smart0dte sandbox start --enforce"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

interface StartFlags extends GlobalFlags {
  readonly docker?: true
  readonly enforce?: boolean
}

async function start(app: App, { docker: wanted, enforce, ...flags }: StartFlags): Promise<ExitCode> {
  const { report, sandbox } = await openSandbox(app, "start", { ...flags, ...(wanted && { sandboxDocker: wanted }) })
  const before = await sandbox.running()
  const connection = await sandbox.attach()
  const { url, account, region, speed, pid, dir, docker } = connection
  const admin = await sandbox.admin(connection)
  // Nothing that is there depends on it: a running one is switched over.
  if (enforce !== undefined) await admin.enforce(enforce)
  const { enforced } = await admin.status()
  report.show({
    type: "facts",
    about: before ? "the sandbox runs already" : "the sandbox runs",
    facts: { url, account, region, speed, pid, dir, docker: engineIn(docker), policies: policiesAre(enforced) },
    next: ["smart0dte deploy single --sandbox", 'eval "$(smart0dte sandbox env)" for the aws command line'],
  })
  return exitCodes.done
}
