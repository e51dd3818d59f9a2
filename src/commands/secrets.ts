import { Command } from "@commander-js/extra-typings"
import type { Ending } from "./ends.ts"
import { examples } from "./flags.ts"
import { listCommand } from "./secrets-list.ts"
import { setCommand } from "./secrets-set.ts"

export function secretsCommand(app: Ending) {
  const secrets = new Command("secrets")
    .description("The keys and passwords that the systems are given: set one, or see which are missing.")
    .addHelpText(
      "after",
      examples("smart0dte secrets list", "smart0dte secrets set smart-0dte POLYGON_API_KEY < key.txt"),
    )
  for (const verb of [setCommand, listCommand]) secrets.addCommand(verb(app))
  return secrets
}
