import type { Service } from "../../service.ts"
import { deletionHandlers } from "./deletion.ts"
import { listHandlers } from "./list.ts"
import { passwordHandlers } from "./password.ts"
import { policyHandlers } from "./policy.ts"
import { readHandlers } from "./read.ts"
import * as schemas from "./schemas.ts"
import { tagHandlers } from "./tags.ts"
import { writeHandlers } from "./write.ts"

export const secretsmanager: Service = {
  signingName: "secretsmanager",
  schemas,
  handlers: {
    ...writeHandlers,
    ...readHandlers,
    ...listHandlers,
    ...deletionHandlers,
    ...tagHandlers,
    ...policyHandlers,
    ...passwordHandlers,
  },
  // Reading a value notes when it was read.
  reads: /^(Describe|List|GetRandomPassword|GetResourcePolicy)/,
  limits: [
    [/^(DescribeSecret|GetSecretValue)$/, 10_000, 10_000],
    [/^ListSecrets$/, 100, 100],
    [/^/, 50, 50],
  ],
}
