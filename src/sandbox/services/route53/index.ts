import type { Service } from "../../service.ts"
import * as schemas from "./schemas.ts"
import { setHandlers } from "./sets.ts"
import { zoneHandlers } from "./zones.ts"

export const route53: Service = {
  signingName: "route53",
  schemas,
  handlers: { ...zoneHandlers, ...setHandlers },
  reads: /^(Get|List)/,
  // Five a second for all of an account's calls together; the limit sees one operation.
  limits: [[/^/, 5, 5]],
}
