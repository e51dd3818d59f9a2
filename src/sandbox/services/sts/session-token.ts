import type * as Sts from "@aws-sdk/client-sts"
import { handlers } from "../../service.ts"
import { refuseUnserved } from "../unserved.ts"
import { factorShown } from "./factor.ts"
import { lend } from "./lending.ts"
import { denied } from "./refusals.ts"

export const sessionHandlers = handlers<typeof Sts>()({
  GetSessionToken: (input, call) => {
    refuseUnserved(input, ["MinimumSessionTokenSize"])
    if (call.session !== undefined || call.callerArn.includes(":assumed-role/")) {
      throw denied("Cannot call GetSessionToken with session credentials")
    }
    const Mfa = factorShown(call, input)
    const seconds = input.DurationSeconds ?? TWELVE_HOURS
    return { Credentials: lend(call, { Arn: call.callerArn, seconds, ...(Mfa !== undefined && { Mfa }) }) }
  },
})

const TWELVE_HOURS = 43_200
