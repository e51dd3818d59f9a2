import type * as Iam from "@aws-sdk/client-iam"
import type { Context } from "../../authorization/conditions.ts"
import { judge, type Spoken, statementsOf, type Verdict } from "../../authorization/evaluate.ts"
import { spokenFor } from "../../authorization/identities.ts"
import { ownArn } from "../../keyring.ts"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { fieldsOf } from "../policy-document.ts"
import { notServed } from "../unserved.ts"
import { managedDocument } from "./managed-documents.ts"
import { pageOf } from "./pages.ts"
import { roles } from "./records.ts"
import { groups, users } from "./user-records.ts"

export const simulationHandlers = handlers<typeof Iam>()({
  SimulatePrincipalPolicy: (input, call) => {
    for (const member of UNSERVED)
      if (input[member] !== undefined) throw notServed(`SimulatePrincipalPolicy with ${member}`)
    const spoken = spokenBy(call, given(input.PolicySourceArn, "policySourceArn"))
    const boundaries = [...(spoken.boundaries ?? []), ...(input.PermissionsBoundaryPolicyInputList ?? [])]
    const all = { identity: [...spoken.identity, ...(input.PolicyInputList ?? [])], boundaries }
    const said = Object.fromEntries(
      (input.ContextEntries ?? []).map(({ ContextKeyName = "", ContextKeyValues = [] }) => [
        ContextKeyName,
        ContextKeyValues.length === 1 ? ContextKeyValues[0] : ContextKeyValues,
      ]),
    )
    const MissingContextValues = keysIn([...all.identity, ...boundaries]).filter((key) => !isAmong(said, key))
    // What a simulation is not told, the request does not have.
    const context: Context = { ...Object.fromEntries(MissingContextValues.map((key) => [key, undefined])), ...said }
    const asked = given(input.ActionNames, "actionNames").flatMap((action) =>
      (input.ResourceArns ?? ["*"]).map((resource) => ({ action, resource })),
    )
    const { items, paging } = pageOf(asked, ({ action, resource }) => `${action} ${resource}`, input)
    const EvaluationResults = items.map(({ action, resource }) => {
      const verdict = judge(all, { action, resource, context })
      return {
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: DECISIONS[verdict],
        MatchedStatements: [],
        MissingContextValues: [...MissingContextValues],
        ...(boundaries.length > 0 && {
          PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: verdict !== "no boundary" },
        }),
      }
    })
    return { EvaluationResults, ...paging }
  },
})

/** What would need more than the policies of an identity. */
const UNSERVED = [
  "PolicyExclusionList",
  "ResourcePolicy",
  "ResourceOwner",
  "CallerArn",
  "ResourceHandlingOption",
] as const

const DECISIONS: Readonly<Record<Verdict, "allowed" | "explicitDeny" | "implicitDeny">> = {
  allowed: "allowed",
  "denied by identity": "explicitDeny",
  "denied by resource": "explicitDeny",
  "no boundary": "implicitDeny",
  "no policy": "implicitDeny",
}

/** A session has no policies: IAM simulates the user, the group or the role. */
const spokenBy = (call: Call, arn: string): Spoken => {
  const known = [...users(call).all(), ...roles(call).all()].some(({ Arn }) => Arn === arn)
  if (known) return spokenFor(call, arn)
  // Whoever has the sandbox's own keys is never judged, and so may do everything.
  if (arn === ownArn(call.account)) return { identity: [managedDocument(administrator) ?? ""] }
  if (
    groups(call)
      .all()
      .some(({ Arn }) => Arn === arn)
  )
    throw notServed("SimulatePrincipalPolicy for a group")
  if (/:(user|group|role)\//.test(arn))
    throw new Refusal("NoSuchEntityException", `The entity ${arn} cannot be found.`, 404)
  throw new Refusal("InvalidInputException", `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`)
}

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess"

/** The keys that conditions ask for, each once however it is written. */
const keysIn = (documents: readonly string[]): readonly string[] => {
  const all = documents
    .flatMap(statementsOf)
    .flatMap(({ Condition }) =>
      Object.values(fieldsOf(Condition) ?? {}).flatMap((tests) => Object.keys(fieldsOf(tests) ?? {})),
    )
  return all.filter((key, n) => all.findIndex((other) => other.toLowerCase() === key.toLowerCase()) === n).toSorted()
}

const isAmong = (said: object, key: string): boolean =>
  Object.keys(said).some((name) => name.toLowerCase() === key.toLowerCase())
