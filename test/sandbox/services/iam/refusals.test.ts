import { provesRefusals } from "../refusal-table.ts"
import { ground } from "./ground.ts"
import { inputRows, limitRows } from "./refusals/limit.ts"
import { peopleRefusals } from "./refusals/people.ts"
import { permissionRows, trustRows } from "./refusals/policy.ts"
import { conflictRows, missingRows } from "./refusals/thing.ts"

provesRefusals(
  new URL("../../../../src/sandbox/services/iam/", import.meta.url),
  [...missingRows, ...conflictRows, ...limitRows, ...inputRows, ...trustRows, ...permissionRows, ...peopleRefusals],
  ground,
)
