import type { Service } from "../../service.ts"
import { analyzerHandlers } from "./analyzers.ts"
import * as schemas from "./schemas.ts"
import { tagHandlers } from "./tags.ts"

/** IAM Access Analyzer: what of the account others can reach. */
export const accessanalyzer: Service = {
  signingName: "access-analyzer",
  schemas,
  handlers: { ...analyzerHandlers, ...tagHandlers },
  reads: /^(Get|List)/,
  limits: [[/^/, 10, 5]],
}
