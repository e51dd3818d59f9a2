import { Command } from "@commander-js/extra-typings"
import type { Ending } from "./ends.ts"
import { examples } from "./flags.ts"
import { policyCommand } from "./iam-policy.ts"

export function iamCommand(app: Ending) {
  const iam = new Command("iam")
    .description("Who may do what: the policies for those who trade, operate, and go live from CI.")
    .addHelpText("after", examples("smart0dte iam policy trader --env poc", "smart0dte iam policy operator --env poc"))
  iam.addCommand(policyCommand(app))
  return iam
}
