import type * as Sts from "@aws-sdk/client-sts"
import { trusts } from "../../authorization/trust.ts"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { type ProviderRecord, providers } from "../iam/user-records.ts"
import { refuseUnserved } from "../unserved.ts"
import { lend } from "./lending.ts"
import { denied } from "./refusals.ts"
import { assumedRole, roleAt, secondsFor, sessionArn } from "./roles.ts"
import { notAToken, readToken, type WebToken } from "./web-token.ts"

export const webIdentityHandlers = handlers<typeof Sts>()({
  AssumeRoleWithWebIdentity: (input, call) => {
    refuseUnserved(input, ["Policy", "PolicyArns", "ProviderId", "MinimumSessionTokenSize"])
    const name = given(input.RoleSessionName, "roleSessionName")
    const token = readToken(given(input.WebIdentityToken, "webIdentityToken"))
    const provider = providerOf(call, token)
    const audience = token.aud.find((one) => provider.ClientIDList.includes(one))
    if (audience === undefined) throw notAToken("Incorrect token audience")
    refuseExpired(token)
    const Claims = { [`${provider.Url}:aud`]: audience, [`${provider.Url}:sub`]: token.sub }
    const role = roleAt(call, given(input.RoleArn, "roleArn"))
    const context = { ...Claims, "sts:RoleSessionName": name }
    if (!role || !trusts(call, role, { provider: provider.Arn }, context)) {
      throw denied("Not authorized to perform sts:AssumeRoleWithWebIdentity")
    }
    const Arn = sessionArn(call, role, name)
    return {
      Credentials: lend(call, { Arn, seconds: secondsFor(role, input.DurationSeconds), Claims }),
      SubjectFromWebIdentityToken: token.sub,
      AssumedRoleUser: assumedRole(role, name, Arn),
      Provider: provider.Arn,
      Audience: audience,
    }
  },
})

const providerOf = (call: Call, { iss }: WebToken): ProviderRecord => {
  const provider = providers(call)
    .all()
    .find(({ Url }) => `https://${Url}` === iss.replace(/\/$/, ""))
  if (!provider) throw notAToken(`No OpenIDConnect provider found in your account for ${iss}`)
  return provider
}

/** By the wall clock: whoever made the token knows no other. */
const refuseExpired = ({ exp }: WebToken): void => {
  const now = Math.floor(Date.now() / 1000)
  if (now < exp) return
  const message = `Token expired: current date/time ${now} must be before the expiration date/time ${exp}`
  throw new Refusal("ExpiredTokenException", message, 400)
}
