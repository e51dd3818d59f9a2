import type { Service } from "../../service.ts"
import { agentHandlers } from "./agents.ts"
import { documentReadHandlers } from "./documents/read.ts"
import { documentSharingHandlers } from "./documents/sharing.ts"
import { documentWriteHandlers } from "./documents/write.ts"
import { commandReadHandlers } from "./orders/read.ts"
import { commandWriteHandlers } from "./orders/send.ts"
import { readHandlers } from "./read.ts"
import * as schemas from "./schemas.ts"
import { sessionHandlers } from "./sessions.ts"
import { tagHandlers } from "./tags.ts"
import { writeHandlers } from "./write.ts"

/** Parameter Store, documents, Run Command and sessions: what the tool needs of Systems Manager. */
export const ssm: Service = {
  signingName: "ssm",
  schemas,
  handlers: {
    ...readHandlers,
    ...writeHandlers,
    ...tagHandlers,
    ...documentReadHandlers,
    ...documentWriteHandlers,
    ...documentSharingHandlers,
    ...agentHandlers,
    ...commandReadHandlers,
    ...commandWriteHandlers,
    ...sessionHandlers,
  },
  reads: /^(Get|List|Describe)/,
  limits: [
    [/^(GetParameter|GetParameters|GetParametersByPath)$/, 40, 40],
    [/^PutParameter$/, 3, 3],
    // Unpublished for the others.
    [/^/, 20, 10],
  ],
}
