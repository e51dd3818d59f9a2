import { Command } from "@commander-js/extra-typings"
import type { Ending } from "./ends.ts"
import { examples } from "./flags.ts"
import { keypairCreateCommand } from "./keypair-create.ts"
import { keypairDeleteCommand } from "./keypair-delete.ts"
import { keypairImportCommand } from "./keypair-import.ts"
import { keypairListCommand } from "./keypair-list.ts"

export function keypairCommand(app: Ending) {
  const keypair = new Command("keypair")
    .description("Key pairs for SSH through Session Manager: made on this machine, where the private half stays.")
    .addHelpText("after", examples("smart0dte keypair create laptop", "smart0dte keypair list"))
  for (const verb of [keypairCreateCommand, keypairImportCommand, keypairListCommand, keypairDeleteCommand])
    keypair.addCommand(verb(app))
  return keypair
}
