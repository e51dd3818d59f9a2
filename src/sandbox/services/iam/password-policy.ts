import type * as Iam from "@aws-sdk/client-iam"
import { type Call, handlers } from "../../service.ts"
import type { Table } from "../../store.ts"
import { missing } from "./records.ts"

export const passwordPolicyHandlers = handlers<typeof Iam>()({
  /** What is left out is not left as it was: it falls back to what IAM makes of nothing. */
  UpdateAccountPasswordPolicy: (input, call) => {
    const { MaxPasswordAge, PasswordReusePrevention } = input
    policies(call).put(key, {
      MinimumPasswordLength: input.MinimumPasswordLength ?? 6,
      RequireSymbols: input.RequireSymbols ?? false,
      RequireNumbers: input.RequireNumbers ?? false,
      RequireUppercaseCharacters: input.RequireUppercaseCharacters ?? false,
      RequireLowercaseCharacters: input.RequireLowercaseCharacters ?? false,
      AllowUsersToChangePassword: input.AllowUsersToChangePassword ?? false,
      HardExpiry: input.HardExpiry ?? false,
      ...(MaxPasswordAge !== undefined && { MaxPasswordAge }),
      ...(PasswordReusePrevention !== undefined && { PasswordReusePrevention }),
    })
    return {}
  },

  GetAccountPasswordPolicy: (_input, call) => {
    const policy = policyOf(call)
    return { PasswordPolicy: { ...policy, ExpirePasswords: policy.MaxPasswordAge !== undefined } }
  },

  DeleteAccountPasswordPolicy: (_input, call) => {
    policyOf(call)
    policies(call).delete(key)
    return {}
  },
})

const key = "account"

const policies = (call: Call): Table<Omit<Iam.PasswordPolicy, "ExpirePasswords">> =>
  call.store.table("iam/password-policy")

const policyOf = (call: Call) =>
  policies(call).get(key) ?? missing(`The Password Policy with domain name ${call.account} cannot be found.`)
