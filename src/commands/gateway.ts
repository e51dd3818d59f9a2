import { Command } from "@commander-js/extra-typings"
import type { Ending } from "./ends.ts"
import { examples } from "./flags.ts"
import { loginCommand } from "./gateway-login.ts"
import { restartCommand } from "./gateway-restart.ts"
import { statusCommand } from "./gateway-status.ts"

export function gatewayCommand(app: Ending) {
  return new Command("gateway")
    .description("The gateway to the broker: which one runs, who is logged in, the second factor, a restart.")
    .addCommand(statusCommand(app))
    .addCommand(loginCommand(app))
    .addCommand(restartCommand(app))
    .addHelpText("after", examples("smart0dte gateway status", "smart0dte gateway login"))
}
