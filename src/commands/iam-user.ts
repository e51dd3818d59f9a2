import { Argument } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { UserSeen } from "../aws/iam/users.ts"
import { Usage, UserError } from "../errors.ts"
import { commandLine } from "./next.ts"

export const userArgument = new Argument("<user>", "what IAM calls it").argParser(readUserName)

/** IAM takes a few letters more; these are safe in a shell, an ARN and a file. */
export function readUserName(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}$/.test(text)) return text
  throw new Usage(`a user cannot be called ${JSON.stringify(text.slice(0, 80))}`, {
    hint: "letters, digits and . _ @ + -, up to 64, with a letter or digit first",
  })
}

export async function knownUser(account: Account, name: string): Promise<UserSeen> {
  const { findUser } = await import("../aws/iam/users.ts")
  const user = await findUser(account.cloud, name)
  if (user) return user
  throw new UserError(`there is no user ${name} in account ${account.cloud.account}`, {
    hint: `see who is there: ${commandLine(account, "iam list")}`,
  })
}
