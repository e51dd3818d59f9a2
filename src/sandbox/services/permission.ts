import type { Context } from "../authorization/conditions.ts"
import { judge, statementsOf, type Verdict, type Wanted } from "../authorization/evaluate.ts"
import { spokenFor } from "../authorization/identities.ts"
import type { Call } from "../service.ts"
import { type RoleRecord, roles } from "./iam/records.ts"
import { type Fields, fieldsOf, textsOf } from "./policy-document.ts"

export { reasonOf, type Verdict } from "../authorization/evaluate.ts"

/** What hangs on the thing itself. */
export interface ResourcePolicy {
  readonly document: string
  /** The ids of the roles that it named when it was put, where they are kept: another role of a name is another principal. */
  readonly roleIds?: Readonly<Record<string, string>>
}

/**
 * Whether an instance may, in its role. Whoever is no instance holds the sandbox's own keys, or was judged before
 * anything of the request was looked at.
 */
export const verdictOn = (call: Call, wanted: Wanted, policy?: ResourcePolicy): Verdict => {
  const name = /:assumed-role\/([^/]+)\/i-/.exec(call.callerArn)?.[1]
  if (name === undefined) return "allowed"
  // A role that is gone may nothing, however long its keys last.
  const role = roles(call).get(name)
  if (!role) return "no policy"
  const resource = policy && statementsOf(policy.document).filter((one) => names(call, role, policy, one))
  return judge({ ...spokenFor(call, call.callerArn), ...(resource && { resource }) }, wanted)
}

/** What conditions may ask of everybody who asks: all do so by the wire, which stands for TLS. */
export const requester = ({ account }: Call): Context => ({
  "aws:PrincipalAccount": account,
  "aws:PrincipalIsAWSService": "false",
  "aws:SecureTransport": "true",
})

/** The account as a principal hands the question on to the role's own policies: by itself it allows nothing. */
const names = (call: Call, role: RoleRecord, { roleIds }: ResourcePolicy, { Effect, Principal }: Fields): boolean => {
  const named = Principal === "*" ? ["*"] : textsOf(fieldsOf(Principal)?.AWS)
  const account = [call.account, `arn:${call.partition}:iam::${call.account}:root`]
  return named.some(
    (one) =>
      one === "*" ||
      one === call.callerArn ||
      (one === role.Arn && (roleIds?.[one] ?? role.RoleId) === role.RoleId) ||
      (Effect === "Deny" && account.includes(one)),
  )
}
