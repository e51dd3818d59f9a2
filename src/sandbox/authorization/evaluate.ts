import { type Fields, fieldsOf, listOf, policyOf, textsOf } from "../services/policy-document.ts"
import { notServed } from "../services/unserved.ts"
import { type Context, meets } from "./conditions.ts"
import { filledIn, like, likeArn } from "./patterns.ts"

/** What somebody wants to do. */
export interface Wanted {
  readonly action: string
  readonly resource: string
  readonly context: Context
}

/** What speaks for or against whoever asks; documents as they were written. */
export interface Spoken {
  /** What hangs on him, and on his groups. */
  readonly identity: readonly string[]
  /** What is allowed at the most, where somebody drew a line: all of them must allow it. */
  readonly boundaries?: readonly string[]
  /** Those statements of the thing's own policy that name him. */
  readonly resource?: readonly Fields[]
}

export type Verdict = "allowed" | "no policy" | "no boundary" | "denied by identity" | "denied by resource"

/** As IAM judges: a denial wins, what nobody allows is refused, and within one account either kind of policy is enough. */
export const judge = (spoken: Spoken, wanted: Wanted): Verdict => {
  const own = spoken.identity.flatMap((document) => statementsFor(document, wanted))
  const limits = (spoken.boundaries ?? []).map((document) => statementsFor(document, wanted))
  const onIt = (spoken.resource ?? []).filter((statement) => concerns(statement, wanted))
  if (own.some(denies) || limits.flat().some(denies)) return "denied by identity"
  if (onIt.some(denies)) return "denied by resource"
  if (onIt.some((one) => allows(one) && isPersonal(one))) return "allowed"
  if (!own.some(allows) && !onIt.some(allows)) return "no policy"
  return limits.every((statements) => statements.some(allows)) ? "allowed" : "no boundary"
}

/** No boundary limits what a thing's own policy gives to a user, or to one session; what it gives to a role, that of the role does. */
const isPersonal = ({ Principal }: Fields): boolean =>
  textsOf(fieldsOf(Principal)?.AWS).some((one) => /^arn:[^:]+:(iam::\d+:user|sts::\d+:assumed-role)\//.test(one))

/** AWS's own words after what is not authorized. */
export const reasonOf = (verdict: Exclude<Verdict, "allowed">, action: string): string => {
  switch (verdict) {
    case "denied by identity":
      return "with an explicit deny in an identity-based policy"
    case "denied by resource":
      return "with an explicit deny in a resource-based policy"
    case "no boundary":
      return `because no permissions boundary allows the ${action} action`
    default:
      return `because no identity-based policy allows the ${action} action`
  }
}

export const statementsOf = (document: string): readonly Fields[] =>
  listOf(policyOf(document)?.Statement ?? []).map((one) => fieldsOf(one) ?? {})

/** Those of a document that speak of what is wanted. */
const statementsFor = (document: string, wanted: Wanted): readonly Fields[] =>
  statementsOf(document).filter((statement) => concerns(statement, wanted))

const concerns = (statement: Fields, { action, context, resource }: Wanted): boolean =>
  either(statement, "Action", (pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
  either(statement, "Resource", (pattern) => {
    const filled = filledIn(pattern, context)
    return filled !== undefined && likeArn(filled, resource)
  }) &&
  meets(fieldsOf(statement.Condition) ?? {}, context)

/** A statement says what it is about, or what it is not about. */
const either = (statement: Fields, field: "Action" | "Resource", fits: (pattern: string) => boolean): boolean => {
  if ("NotPrincipal" in statement) throw notServed("what NotPrincipal of a policy means")
  const not = statement[`Not${field}`]
  return not === undefined ? textsOf(statement[field]).some(fits) : !textsOf(not).some(fits)
}

const denies = ({ Effect }: Fields): boolean => Effect === "Deny"
const allows = ({ Effect }: Fields): boolean => Effect === "Allow"
