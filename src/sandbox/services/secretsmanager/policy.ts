import type * as client from "@aws-sdk/client-secrets-manager"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { roles } from "../iam/records.ts"
import { type Fields, fieldsOf, listOf, policyOf, textsOf } from "../policy-document.ts"
import { findUsable, type SecretRecord, saveSecret } from "./records.ts"

export const policyHandlers = handlers<typeof client>()({
  GetResourcePolicy: (input, call) => {
    const record = findUsable(call, given(input.SecretId, "secretId", "ValidationException"))
    return { ...named(record), ...(record.Policy !== undefined && { ResourcePolicy: shown(call, record) }) }
  },

  PutResourcePolicy: (input, call) => {
    const record = findUsable(call, given(input.SecretId, "secretId", "ValidationException"))
    const Policy = given(input.ResourcePolicy, "resourcePolicy", "ValidationException")
    const statements = statementsOf(Policy)
    if ((input.BlockPublicPolicy ?? false) && statements.some(isPublic)) {
      throw new Refusal("PublicPolicyException", "This resource policy grants broad access to the secret.")
    }
    const PolicyRoles = rolesIn(call, statements)
    return named(saveSecret(call, { ...record, Policy, PolicyRoles, changed: call.now }))
  },

  DeleteResourcePolicy: (input, call) => {
    const record = findUsable(call, given(input.SecretId, "secretId", "ValidationException"))
    return named(saveSecret(call, { ...record, Policy: undefined, PolicyRoles: undefined, changed: call.now }))
  },
})

const named = ({ ARN, Name }: SecretRecord) => ({ ARN, Name })

/** A role that is gone is shown by its id, also where there is another one of its name. */
const shown = (call: Call, { Policy = "", PolicyRoles = {} }: SecretRecord): string =>
  Object.entries(PolicyRoles)
    .filter(([arn, id]) => roleIdOf(call, arn) !== id)
    .reduce((text, [arn, id]) => text.replaceAll(JSON.stringify(arn), JSON.stringify(id)), Policy)

const statementsOf = (document: string): readonly Fields[] => {
  const policy = policyOf(document)
  const version = policy?.Version ?? "2008-10-17"
  const statements = listOf(policy?.Statement ?? []).map((one) => fieldsOf(one) ?? {})
  const isKnown = version === "2012-10-17" || version === "2008-10-17"
  if (!isKnown || statements.length === 0 || !statements.every(isComplete)) {
    throw new Refusal("MalformedPolicyDocumentException", "This resource policy contains a syntax error.")
  }
  return statements
}

const isComplete = ({ Action, Effect, Principal, Resource }: Fields): boolean =>
  /^(Allow|Deny)$/.test(String(Effect)) &&
  textsOf(Action).length > 0 &&
  textsOf(Action).every((action) => /^(\*|secretsmanager:.+)$/i.test(action)) &&
  textsOf(Resource).length > 0 &&
  (Principal === "*" || fieldsOf(Principal) !== undefined)

const isPublic = ({ Condition, Effect, Principal }: Fields): boolean =>
  Effect === "Allow" && !Condition && (Principal === "*" || textsOf(fieldsOf(Principal)?.AWS).includes("*"))

/** AWS looks every principal up, and keeps what it finds instead of the name. */
const rolesIn = (call: Call, statements: readonly Fields[]): Readonly<Record<string, string>> => {
  const root = `arn:${call.partition}:iam::${call.account}:root`
  const known = ["*", call.account, root, call.callerArn]
  const others = statements
    .flatMap(({ Principal }) => textsOf(fieldsOf(Principal)?.AWS))
    .filter((one) => !known.includes(one))
  return Object.fromEntries(others.map((arn) => [arn, roleIdOf(call, arn) ?? unsupported()]))
}

const unsupported = (): never => {
  throw new Refusal("MalformedPolicyDocumentException", "This resource policy contains an unsupported principal.")
}

const roleIdOf = (call: Call, arn: string): string | undefined =>
  roles(call)
    .all()
    .find(({ Arn }) => Arn === arn)?.RoleId
