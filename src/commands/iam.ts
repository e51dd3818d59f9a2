import { Command } from "@commander-js/extra-typings"
import type { Ending } from "./ends.ts"
import { examples } from "./flags.ts"
import { ciRoleCommand } from "./iam-ci-role.ts"
import { createUserCommand } from "./iam-create-user.ts"
import { deleteCiRoleCommand } from "./iam-delete-ci-role.ts"
import { deleteUserCommand } from "./iam-delete-user.ts"
import { iamListCommand } from "./iam-list.ts"
import { policyCommand } from "./iam-policy.ts"
import { revokeCommand } from "./iam-revoke.ts"
import { rotateKeyCommand } from "./iam-rotate-key.ts"

export function iamCommand(app: Ending) {
  const iam = new Command("iam")
    .description("Who may do what: users and their keys, roles for CI, and the policies for each.")
    .addHelpText("after", examples("smart0dte iam list", "smart0dte iam policy trader --env poc --attach alice"))
  for (const verb of [
    createUserCommand,
    iamListCommand,
    rotateKeyCommand,
    revokeCommand,
    deleteUserCommand,
    ciRoleCommand,
    deleteCiRoleCommand,
    policyCommand,
  ])
    iam.addCommand(verb(app))
  return iam
}
