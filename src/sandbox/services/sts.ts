import type * as Sts from "@aws-sdk/client-sts"
import { GetCallerIdentity$ } from "@aws-sdk/client-sts"
import { handlers, type Service } from "../service.ts"

export const sts: Service = {
  signingName: "sts",
  schemas: { GetCallerIdentity$ },
  handlers: handlers<typeof Sts>()({
    GetCallerIdentity: (_input, call) => ({
      Account: call.account,
      Arn: call.callerArn,
      // The id of an IAM user; the key that signed says nothing more about who called.
      UserId: "AIDASANDBOXUSER234567",
    }),
  }),
  reads: /^Get/,
  // The default quota of requests per account and region: 600 a second.
  limits: [[/^/, 600, 600]],
}
