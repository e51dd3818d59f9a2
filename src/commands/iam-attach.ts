import type { Account } from "../app/account.ts"
import { Usage, UserError } from "../errors.ts"
import type { PolicyName } from "../policies/names.ts"
import { commandLine } from "./next.ts"

/** On whom a policy hangs. */
export interface Bearer {
  readonly type: "user" | "role"
  readonly name: string
}

/** The policy as managed policies of the account, as it is to be now, on that user or role. Their ARNs. */
export async function attachPolicy(
  account: Account,
  scope: string,
  policy: PolicyName,
  to: Bearer,
): Promise<readonly string[]> {
  const [{ attachTo }, arns] = await Promise.all([
    import("../aws/iam/managed-policies.ts"),
    policiesFor(account, scope, policy),
  ])
  await attachTo(account.cloud, to, arns)
  return arns
}

export async function policiesFor(account: Account, scope: string, policy: PolicyName): Promise<readonly string[]> {
  const [{ makePolicies }, { documentsFor }, { scopeOf }] = await Promise.all([
    import("../aws/iam/managed-policies.ts"),
    import("../policies/policies.ts"),
    import("../policies/names.ts"),
  ])
  const documents = documentsFor(policy, account.cloud, scope)
  return makePolicies(account.cloud, scopeOf(policy) ?? scope, policy, documents)
}

/** `alice`, or `user/alice` and `role/alice` where both are there. */
export async function bearerOf(account: Account, text: string): Promise<Bearer> {
  const [, prefix, name = text] = /^(user|role)\/(.+)$/.exec(text) ?? []
  const [{ findUser }, { hasRole }] = await Promise.all([
    import("../aws/iam/users.ts"),
    import("../aws/iam/managed-policies.ts"),
  ])
  const [user, role] = await Promise.all([
    prefix !== "role" && findUser(account.cloud, name),
    prefix !== "user" && hasRole(account.cloud, name),
  ])
  if (user && role)
    throw new Usage(`there are both a user and a role called ${name}`, { hint: `say user/${name} or role/${name}` })
  if (user) return { type: "user", name }
  if (role) return { type: "role", name }
  throw new UserError(`there is neither a user nor a role ${name} in account ${account.cloud.account}`, {
    hint: `make one: ${commandLine(account, `iam create-user ${name}`)}`,
  })
}
