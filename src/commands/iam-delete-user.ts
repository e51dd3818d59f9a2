import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import type { UserSeen } from "../aws/iam/users.ts"
import { type ExitCode, exitCodes, Refused } from "../errors.ts"
import { agreeToLoss } from "./consent.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { userArgument } from "./iam-user.ts"
import { open, withAccount } from "./opening.ts"

export interface DeleteUserFlags extends GlobalFlags {
  readonly user: string
  readonly confirm?: string
}

export function deleteUserCommand(app: Ending, run = deleteUserOf) {
  return new Command("delete-user")
    .description("Take a user away that create-user made, with all its keys, its password and its second factors.")
    .addArgument(userArgument)
    .option("--confirm <user>", "its name once more, instead of typing it")
    .addHelpText(
      "after",
      examples("smart0dte iam delete-user alice", "smart0dte iam delete-user alice --confirm=alice"),
    )
    .action(async (user, own, command) => app.exit(await run(app, { ...flagsOf(own, command), user })))
}

export async function deleteUserOf(app: App, flags: DeleteUserFlags): Promise<ExitCode> {
  const opened = await open(app, "iam delete-user", flags)
  const { user: name } = flags
  return withAccount(app, opened, flags, async (account) => {
    const [{ findUser }, { deleteUser }] = await Promise.all([
      import("../aws/iam/users.ts"),
      import("../aws/iam/delete-user.ts"),
    ])
    const user = await findUser(account.cloud, name)
    if (user) {
      refuse(account, user)
      await agreeToLoss(app, opened, name, {
        flag: "--confirm",
        given: flags.confirm,
        what: `deleting the user ${name} with all keys`,
        wants: "the user's name",
      })
      await deleteUser(account.cloud, name)
    }
    const about = user ? `user ${name} is deleted` : `there is no user ${name}`
    opened.report.show({ type: "facts", about, facts: { user: name, ...(user && { arn: user.arn }) }, next: [] })
    return exitCodes.done
  })
}

function refuse(account: Account, { arn, name, of }: UserSeen): void {
  if (of === "somebody else")
    throw new Refused(`user ${name} was made by somebody else: it stays`, {
      hint: "whoever made it may delete it, in the console or with: aws iam delete-user",
    })
  if (arn === account.arn)
    throw new Refused(`user ${name} is the one who asks: nobody deletes himself half-way`, {
      hint: "let another administrator do it",
    })
}
