import { Command } from "@commander-js/extra-typings"
import { addMeCommand } from "./access-add-me.ts"
import { listCommand } from "./access-list.ts"
import { removeCommand } from "./access-remove.ts"
import type { Ending } from "./ends.ts"
import { examples } from "./flags.ts"

export function accessCommand(app: Ending) {
  const access = new Command("access")
    .description("Who may reach the load balancer: let yourself in, see who is, send somebody away.")
    .addHelpText("after", examples("smart0dte access add-me --for 12h", "smart0dte access list"))
  for (const verb of [addMeCommand, listCommand, removeCommand]) access.addCommand(verb(app))
  return access
}
