import type * as Kms from "@aws-sdk/client-kms"
import { type Call, handlers, Refusal } from "../../service.ts"
import { fieldsOf, listOf, policyOf, textsOf } from "../policy-document.ts"
import { refuseUnserved } from "../unserved.ts"
import { keepKey, keyOf, stayingKey } from "./records.ts"

export const policyHandlers = handlers<typeof Kms>()({
  GetKeyPolicy: (input, call) => {
    const { policy: Policy } = keyOf(call, input.KeyId)
    checkName(input.PolicyName)
    return { Policy, PolicyName: "default" }
  },

  PutKeyPolicy: (input, call) => {
    refuseUnserved(input, ["BypassPolicyLockoutSafetyCheck"])
    const key = stayingKey(call, input.KeyId)
    checkName(input.PolicyName)
    checkPolicy(call, input.Policy ?? "")
    keepKey(call, { ...key, policy: input.Policy ?? "" })
    return {}
  },
})

/** A policy that nobody could change any more is refused: not even the root user could. */
export const checkPolicy = (call: Call, document: string): void => {
  const statements = listOf(policyOf(document)?.Statement ?? []).map((one) => fieldsOf(one) ?? {})
  if (statements.some(({ Effect, Principal, Action }) => !Effect || !Principal || !Action) || statements.length === 0)
    throw malformed("Policy contains a statement without an effect, a principal or an action.")
  const us = [`arn:${call.partition}:iam::${call.account}:root`, call.account, call.callerArn]
  const keeps = statements.some(
    ({ Effect, Principal, Action }) =>
      Effect === "Allow" &&
      textsOf(fieldsOf(Principal)?.AWS).some((one) => us.includes(one)) &&
      textsOf(Action).some((action) => ["kms:*", "kms:Put*", "kms:PutKeyPolicy"].includes(action)),
  )
  if (!keeps) throw malformed("The new key policy will not allow you to update the key policy in the future.")
}

export const usualPolicy = ({ partition, account }: Call): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  })

const malformed = (message: string): Refusal => new Refusal("MalformedPolicyDocumentException", message)

const checkName = (name = "default"): void => {
  if (name !== "default") throw new Refusal("NotFoundException", `No such policy exists: ${name}`)
}
