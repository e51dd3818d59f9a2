import { provesRefusals } from "../refusal-table.ts"
import { ground } from "./ground.ts"
import { cacheRows } from "./refusals/cache.ts"
import { groupRows } from "./refusals/group.ts"
import { userRows } from "./refusals/user.ts"

provesRefusals(
  new URL("../../../../src/sandbox/services/elasticache/", import.meta.url),
  [...cacheRows, ...groupRows, ...userRows],
  ground,
)
