import type { Service } from "../../service.ts"
import { eventHandlers } from "./events.ts"
import { loggingHandlers } from "./logging.ts"
import * as schemas from "./schemas.ts"
import { selectorHandlers } from "./selectors.ts"
import { tagHandlers } from "./tags.ts"
import { trailHandlers } from "./trails.ts"

/** CloudTrail: who did what in the account, written to a bucket. */
export const cloudtrail: Service = {
  signingName: "cloudtrail",
  schemas,
  handlers: { ...eventHandlers, ...trailHandlers, ...loggingHandlers, ...selectorHandlers, ...tagHandlers },
  reads: /^(Describe|Get|List|Lookup)/,
  limits: [
    [/^LookupEvents$/, 2, 2],
    [/^(Describe|Get|List)/, 10, 10],
    [/^/, 1, 1],
  ],
}
