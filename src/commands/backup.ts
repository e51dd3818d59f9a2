import { Command } from "@commander-js/extra-typings"
import { createCommand } from "./backup-create.ts"
import { backupListCommand } from "./backup-list.ts"
import { restoreCommand } from "./backup-restore.ts"
import type { Ending } from "./ends.ts"
import { examples } from "./flags.ts"

export function backupCommand(app: Ending) {
  const backup = new Command("backup")
    .description(
      "Keep the database, the time series and the configuration as they are, see what is kept, and go back to it.",
    )
    .addHelpText("after", examples("smart0dte backup create", "smart0dte backup restore 20261121-063401"))
  for (const verb of [createCommand, backupListCommand, restoreCommand]) backup.addCommand(verb(app))
  return backup
}
