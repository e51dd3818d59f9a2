import type { Service } from "../../service.ts"
import { parameterGroupHandlers } from "./parameter-groups.ts"
import { replicationChangeHandlers } from "./replication-change.ts"
import { replicationGroupHandlers } from "./replication-groups.ts"
import * as schemas from "./schemas.ts"
import { subnetGroupHandlers } from "./subnet-groups.ts"
import { tagHandlers } from "./tags.ts"
import { userGroupHandlers } from "./user-groups.ts"
import { userHandlers } from "./users.ts"
import { versionHandlers } from "./versions.ts"

/** Caches of one shard, as replication groups. */
export const elasticache: Service = {
  signingName: "elasticache",
  schemas,
  handlers: {
    ...subnetGroupHandlers,
    ...parameterGroupHandlers,
    ...userHandlers,
    ...userGroupHandlers,
    ...versionHandlers,
    ...replicationGroupHandlers,
    ...replicationChangeHandlers,
    ...tagHandlers,
  },
  reads: /^(Describe|List)/,
  // ElastiCache publishes no request limits; these are far below what anyone has seen throttled.
  limits: [
    [/^(Describe|List)/, 50, 10],
    [/^/, 20, 5],
  ],
}
