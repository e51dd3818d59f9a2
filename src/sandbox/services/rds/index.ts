import type { Service } from "../../service.ts"
import { instanceHandlers } from "./instances.ts"
import { parameterGroupHandlers } from "./parameter-groups.ts"
import { restoreHandlers } from "./restore.ts"
import * as schemas from "./schemas.ts"
import { snapshotHandlers } from "./snapshots.ts"
import { subnetGroupHandlers } from "./subnet-groups.ts"
import { tagHandlers } from "./tags.ts"
import { versionHandlers } from "./versions.ts"

export const rds: Service = {
  signingName: "rds",
  schemas,
  handlers: {
    ...subnetGroupHandlers,
    ...parameterGroupHandlers,
    ...versionHandlers,
    ...instanceHandlers,
    ...snapshotHandlers,
    ...restoreHandlers,
    ...tagHandlers,
  },
  reads: /^(Describe|List)/,
  // RDS publishes no request limits; these are far below what anyone has seen throttled.
  limits: [
    [/^(Describe|List)/, 50, 10],
    [/^/, 20, 5],
  ],
}
