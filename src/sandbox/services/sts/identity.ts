import type * as Sts from "@aws-sdk/client-sts"
import { handlers } from "../../service.ts"
import { userIdOf } from "../iam/user-id.ts"

export const identityHandlers = handlers<typeof Sts>()({
  GetCallerIdentity: (_input, call) => ({
    Account: call.account,
    Arn: call.callerArn,
    UserId: userIdOf(call, call.callerArn),
  }),
})
