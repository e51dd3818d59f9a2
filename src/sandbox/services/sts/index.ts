import { AssumeRole$, AssumeRoleWithWebIdentity$, GetCallerIdentity$, GetSessionToken$ } from "@aws-sdk/client-sts"
import type { Service } from "../../service.ts"
import { assumeHandlers } from "./assume-role.ts"
import { identityHandlers } from "./identity.ts"
import { sessionHandlers } from "./session-token.ts"
import { webIdentityHandlers } from "./web-identity.ts"

export const sts: Service = {
  signingName: "sts",
  schemas: { AssumeRole$, AssumeRoleWithWebIdentity$, GetCallerIdentity$, GetSessionToken$ },
  handlers: { ...identityHandlers, ...sessionHandlers, ...assumeHandlers, ...webIdentityHandlers },
  // Whoever has a token of somebody else's has no keys yet.
  unsigned: ["AssumeRoleWithWebIdentity"],
  reads: /^GetCallerIdentity$/,
  // The default quota of requests per account and region: 600 a second.
  limits: [[/^/, 600, 600]],
}
