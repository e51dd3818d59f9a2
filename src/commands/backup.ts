import { Command } from "@commander-js/extra-typings"
import { createCommand } from "./backup-create.ts"
import { backupListCommand } from "./backup-list.ts"
import type { Ending } from "./ends.ts"
import { examples } from "./flags.ts"

export function backupCommand(app: Ending) {
  const backup = new Command("backup")
    .description("Keep the database, the time series and the configuration as they are, and see what is kept.")
    .addHelpText("after", examples("smart0dte backup create", "smart0dte backup list --env poc"))
  for (const verb of [createCommand, backupListCommand]) backup.addCommand(verb(app))
  return backup
}
