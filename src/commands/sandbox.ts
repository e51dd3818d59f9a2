import { Command } from "@commander-js/extra-typings"
import type { Ending } from "./ends.ts"
import { examples } from "./flags.ts"
import { envCommand } from "./sandbox-env.ts"
import { faultCommand } from "./sandbox-fault.ts"
import { resetCommand } from "./sandbox-reset.ts"
import { startCommand } from "./sandbox-start.ts"
import { statusCommand } from "./sandbox-status.ts"
import { stopCommand } from "./sandbox-stop.ts"
import { traceCommand } from "./sandbox-trace.ts"

export function sandboxCommand(app: Ending) {
  const sandbox = new Command("sandbox")
    .description("The AWS of our own on this machine: start it, stop it, look into it, make it misbehave.")
    .addHelpText("after", examples('eval "$(smart0dte sandbox env)"', "smart0dte sandbox status"))
  const verbs = [startCommand, stopCommand, statusCommand, resetCommand, envCommand, faultCommand, traceCommand]
  for (const verb of verbs) sandbox.addCommand(verb(app))
  return sandbox
}
