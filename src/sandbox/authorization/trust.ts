import type { Call } from "../service.ts"
import { type RoleRecord, roles } from "../services/iam/records.ts"
import { type Fields, fieldsOf, textsOf } from "../services/policy-document.ts"
import { notServed } from "../services/unserved.ts"
import type { Context } from "./conditions.ts"
import { judge, statementsOf } from "./evaluate.ts"

/** Who wants to be in a role: somebody of the account, or whoever has a token of one of its providers. */
export type Stranger = { readonly arn: string } | { readonly provider: string }

/** Whether a role's own policy lets somebody in. */
export const trusts = (call: Call, role: RoleRecord, who: Stranger, context: Context): boolean => {
  const action = "arn" in who ? "sts:AssumeRole" : "sts:AssumeRoleWithWebIdentity"
  const resource = trustIn(role).filter((one) => names(call, who, one) || ("arn" in who && namesAccount(call, one)))
  return judge({ identity: [], resource }, { action, resource: role.Arn, context }) === "allowed"
}

/**
 * Those statements that let somebody in whatever his own policies say, or keep him out. The account as a principal
 * hands the question on to them.
 */
export const trustNaming = (call: Call, roleArn: string, arn: string): readonly Fields[] => {
  const role = roles(call).get(roleArn.slice(roleArn.lastIndexOf("/") + 1))
  return role?.Arn === roleArn ? trustIn(role).filter((one) => names(call, { arn }, one)) : []
}

/** A trust policy is about its role, and does not say so. */
const trustIn = ({ AssumeRolePolicyDocument }: RoleRecord): readonly Fields[] =>
  statementsOf(AssumeRolePolicyDocument).map((one) => {
    if ("NotPrincipal" in one) throw notServed("what NotPrincipal of a policy means")
    return { ...one, Resource: "*" }
  })

const names = (call: Call, who: Stranger, { Principal }: Fields): boolean => {
  if (Principal === "*") return true
  if ("provider" in who) return textsOf(fieldsOf(Principal)?.Federated).includes(who.provider)
  const role = /:assumed-role\/([^/]+)\//.exec(who.arn)?.[1]
  const known = [who.arn, role === undefined ? undefined : roles(call).get(role)?.Arn]
  return textsOf(fieldsOf(Principal)?.AWS).some((one) => one === "*" || known.includes(one))
}

const namesAccount = ({ account, partition }: Call, { Principal }: Fields): boolean =>
  textsOf(fieldsOf(Principal)?.AWS).some((one) => one === account || one === `arn:${partition}:iam::${account}:root`)
