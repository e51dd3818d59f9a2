import type { Call } from "../service.ts"
import { type RoleRecord, roles } from "./iam/records.ts"
import { type Fields, fieldsOf, listOf, policyOf, textsOf } from "./policy-document.ts"
import { type Context, like, meets } from "./policy-match.ts"
import { notServed } from "./unserved.ts"

/** What somebody wants to do. */
export interface Wanted {
  readonly action: string
  readonly resource: string
  readonly context: Context
}

/** What hangs on the thing itself. */
export interface ResourcePolicy {
  readonly document: string
  /** The ids of the roles that it named when it was put, where they are kept: another role of a name is another principal. */
  readonly roleIds?: Readonly<Record<string, string>>
}

export type Verdict = "allowed" | "no policy" | "denied by identity" | "denied by resource"

/**
 * Whether an instance may, in its role: a denial wins, and within one account either kind of policy is enough. Whoever
 * is no instance holds the sandbox's own keys, and may do everything.
 */
export const verdictOn = (call: Call, wanted: Wanted, policy?: ResourcePolicy): Verdict => {
  const name = roleNameOf(call)
  if (name === undefined) return "allowed"
  // A role that is gone may nothing, however long its keys last.
  const role = roles(call).get(name)
  if (!role) return "no policy"
  if (role.PermissionsBoundary !== undefined) throw notServed("what a role with a permissions boundary may do")
  const own = Object.values(role.Inline).flatMap((document) => statementsFor(document, wanted))
  const onIt = policy ? statementsFor(policy.document, wanted).filter((one) => names(call, role, policy, one)) : []
  if (own.some(denies)) return "denied by identity"
  if (onIt.some(denies)) return "denied by resource"
  const granted = own.some(allows) || onIt.some(allows) || role.Attached.some((arn) => grantsAll(arn, wanted))
  return granted ? "allowed" : "no policy"
}

/** What conditions may ask of everybody who asks: all do so by the wire, which stands for TLS. */
export const requester = ({ account }: Call): Context => ({
  "aws:PrincipalAccount": account,
  "aws:PrincipalIsAWSService": "false",
  "aws:SecureTransport": "true",
})

/** AWS's own words after what is not authorized. */
export const reasonOf = (verdict: Exclude<Verdict, "allowed">, action: string): string => {
  switch (verdict) {
    case "denied by identity":
      return "with an explicit deny in an identity-based policy"
    case "denied by resource":
      return "with an explicit deny in a resource-based policy"
    default:
      return `because no identity-based policy allows the ${action} action`
  }
}

const roleNameOf = ({ callerArn }: Call): string | undefined => /:assumed-role\/([^/]+)\//.exec(callerArn)?.[1]

/** Those of a document that speak of what is wanted. */
const statementsFor = (document: string, wanted: Wanted): readonly Fields[] =>
  listOf(policyOf(document)?.Statement ?? []).filter((one): one is Fields => concerns(fieldsOf(one) ?? {}, wanted))

const concerns = (statement: Fields, { action, context, resource }: Wanted): boolean => {
  const strange = ["NotAction", "NotResource", "NotPrincipal"].find((field) => field in statement)
  // What nobody wrote would be a pass or a refusal by chance.
  if (strange !== undefined) throw notServed(`what ${strange} of a policy means`)
  return (
    textsOf(statement.Action).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
    textsOf(statement.Resource).some((pattern) => like(pattern, resource)) &&
    meets(fieldsOf(statement.Condition) ?? {}, context)
  )
}

const denies = ({ Effect }: Fields): boolean => Effect === "Deny"
const allows = ({ Effect }: Fields): boolean => Effect === "Allow"

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

/** Of AWS's own policies those that say yes to what is asked here; the others speak of other services. */
const grantsAll = (arn: string, { action }: Wanted): boolean =>
  /:policy\/(AdministratorAccess|PowerUserAccess)$/.test(arn) ||
  (action.startsWith("s3:") && /:policy\/(AmazonS3ReadOnlyAccess|ReadOnlyAccess)$/.test(arn))
