import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { engineIn, openSandbox, policiesAre } from "./sandbox-opening.ts"

export function statusCommand(app: Ending, run = status) {
  return new Command("status")
    .description("Whether it runs, where, how fast its time goes, and what it holds.")
    .addHelpText("after", examples("smart0dte sandbox status", "smart0dte sandbox status --output json"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

async function status(app: App, flags: GlobalFlags): Promise<ExitCode> {
  const { report, sandbox } = await openSandbox(app, "status", flags)
  const running = await sandbox.running()
  if (!running) {
    report.show({ type: "facts", about: "no sandbox runs", facts: { dir: sandbox.dir }, next: [] })
    return exitCodes.done
  }
  const { url, dir, docker } = running
  const admin = await sandbox.admin(running)
  const { account, region, speed, pid, now, services, enforced, machines, records } = await admin.status()
  const time = new Date(now).toISOString()
  const held = Object.fromEntries(Object.entries(records).filter(([, number]) => number > 0))
  report.show({
    type: "facts",
    about: "the sandbox runs",
    facts: {
      url,
      account,
      region,
      speed,
      pid,
      dir,
      docker: engineIn(docker),
      policies: policiesAre(enforced),
      time,
      services: services.join(", "),
      machines: machines.map(({ id, commands }) => `${id}${commands > 0 ? ` (${commands} commands)` : ""}`).join(", "),
      ...held,
    },
    next: [],
  })
  return exitCodes.done
}
