import type { Service } from "../../service.ts"
import { aliasHandlers } from "./aliases.ts"
import { keyHandlers } from "./keys.ts"
import { policyHandlers } from "./policy.ts"
import * as schemas from "./schemas.ts"
import { tagHandlers } from "./tags.ts"

/** KMS: keys as things that are made, guarded and deleted; nothing is encrypted here. */
export const kms: Service = {
  signingName: "kms",
  schemas,
  handlers: { ...keyHandlers, ...aliasHandlers, ...policyHandlers, ...tagHandlers },
  reads: /^(Describe|Get|List)/,
  limits: [
    [/^(CreateKey|ScheduleKeyDeletion|EnableKeyRotation|CreateAlias|DeleteAlias|PutKeyPolicy)$/, 5, 5],
    [/^DescribeKey$/, 2000, 2000],
    [/^/, 10, 10],
  ],
}
