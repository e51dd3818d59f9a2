import { ownArn } from "../../keyring.ts"
import type { Call } from "../../service.ts"
import { roles } from "./records.ts"
import { users } from "./user-records.ts"

/** What IAM knows somebody by: another user or role of the name has another. */
export const userIdOf = (call: Call, arn: string): string | undefined => {
  const [, role, session] = /:assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? []
  if (role !== undefined) {
    const id = roles(call).get(role)?.RoleId
    return id && `${id}:${session}`
  }
  const user = users(call).get(arn.slice(arn.lastIndexOf("/") + 1))
  return user?.Arn === arn ? user.UserId : arn === ownArn(call.account) ? OWN : undefined
}

/** Whoever has the sandbox's own keys is no user that IAM lists. */
const OWN = "AIDASANDBOXUSER234567"
