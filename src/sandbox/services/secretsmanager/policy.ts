import type * as client from "@aws-sdk/client-secrets-manager"
import { handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { fieldsOf, listOf, policyOf } from "../policy-document.ts"
import { findUsable, type SecretRecord, saveSecret } from "./records.ts"

export const policyHandlers = handlers<typeof client>()({
  GetResourcePolicy: (input, call) => {
    const record = findUsable(call, given(input.SecretId, "secretId", "ValidationException"))
    return { ...named(record), ...(record.Policy !== undefined && { ResourcePolicy: record.Policy }) }
  },

  PutResourcePolicy: (input, call) => {
    const record = findUsable(call, given(input.SecretId, "secretId", "ValidationException"))
    const Policy = given(input.ResourcePolicy, "resourcePolicy", "ValidationException")
    checkPolicy(Policy, input.BlockPublicPolicy ?? false)
    return named(saveSecret(call, { ...record, Policy, changed: call.now }))
  },

  DeleteResourcePolicy: (input, call) => {
    const record = findUsable(call, given(input.SecretId, "secretId", "ValidationException"))
    return named(saveSecret(call, { ...record, Policy: undefined, changed: call.now }))
  },
})

const named = ({ ARN, Name }: SecretRecord) => ({ ARN, Name })

const checkPolicy = (document: string, refusesPublic: boolean): void => {
  const statements = listOf(policyOf(document)?.Statement ?? []).map(fieldsOf)
  const complete = (statement: ReturnType<typeof fieldsOf>) =>
    statement && /^(Allow|Deny)$/.test(String(statement.Effect)) && statement.Action && statement.Principal
  if (statements.length === 0 || !statements.every(complete)) {
    throw new Refusal("MalformedPolicyDocumentException", "This resource policy contains a syntax error.")
  }
  const isPublic = statements.some(
    (statement) =>
      statement?.Effect === "Allow" &&
      !statement.Condition &&
      /^("\*"|\{"AWS":"\*"\})$/.test(JSON.stringify(statement.Principal)),
  )
  if (isPublic && refusesPublic) {
    throw new Refusal("PublicPolicyException", "This resource policy grants broad access to the secret.")
  }
}
