import type { Service } from "../../service.ts"
import { detectorHandlers } from "./detectors.ts"
import * as schemas from "./schemas.ts"
import { tagHandlers } from "./tags.ts"

/** GuardDuty: what looks for signs of a break-in. */
export const guardduty: Service = {
  signingName: "guardduty",
  schemas,
  handlers: { ...detectorHandlers, ...tagHandlers },
  reads: /^(Get|List)/,
  limits: [[/^/, 10, 5]],
}
