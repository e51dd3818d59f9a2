import type { Service } from "../../service.ts"
import { hubHandlers } from "./hub.ts"
import * as schemas from "./schemas.ts"
import { standardHandlers } from "./standards.ts"
import { tagHandlers } from "./tags.ts"

/** Security Hub: checks of the account against standards. */
export const securityhub: Service = {
  signingName: "securityhub",
  schemas,
  handlers: { ...hubHandlers, ...standardHandlers, ...tagHandlers },
  reads: /^(Describe|Get|List)/,
  limits: [
    [/^(BatchEnableStandards|BatchDisableStandards|UpdateSecurityHubConfiguration)$/, 1, 1],
    [/^/, 30, 10],
  ],
}
