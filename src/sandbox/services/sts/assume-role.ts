import type * as Sts from "@aws-sdk/client-sts"
import { assumptionContext } from "../../authorization/assumption.ts"
import { trusts } from "../../authorization/trust.ts"
import { type Call, handlers } from "../../service.ts"
import { given } from "../given.ts"
import { refuseUnserved } from "../unserved.ts"
import { factorShown } from "./factor.ts"
import { lend } from "./lending.ts"
import { denied, invalid } from "./refusals.ts"
import { assumedRole, ONE_HOUR, roleAt, secondsFor, sessionArn } from "./roles.ts"

export const assumeHandlers = handlers<typeof Sts>()({
  AssumeRole: (input, call) => {
    refuseUnserved(input, UNSERVED)
    const arn = given(input.RoleArn, "roleArn")
    const name = given(input.RoleSessionName, "roleSessionName")
    const role = roleAt(call, arn)
    factorShown(call, input)
    const context = assumptionContext(call, input)
    if (!role || !trusts(call, role, { arn: call.callerArn }, context)) {
      throw denied(`User: ${call.callerArn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`)
    }
    const seconds = secondsFor(role, input.DurationSeconds)
    if (seconds > ONE_HOUR && isLent(call)) {
      throw invalid(
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
      )
    }
    const Arn = sessionArn(call, role, name)
    // A second factor opens the role. Once in it, nobody has shown any: each role's trust asks for its own.
    return { Credentials: lend(call, { Arn, seconds }), AssumedRoleUser: assumedRole(role, name, Arn) }
  },
})

/** What would narrow or mark the session. */
const UNSERVED = [
  ...(["Policy", "PolicyArns", "Tags", "TransitiveTagKeys", "SourceIdentity"] as const),
  ...(["ProvidedContexts", "MinimumSessionTokenSize"] as const),
] as const

/** A user's session counts as well as a role's. */
const isLent = ({ callerArn, session }: Call): boolean => session !== undefined || callerArn.includes(":assumed-role/")
