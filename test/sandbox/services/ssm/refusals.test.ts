import { provesRefusals } from "../refusal-table.ts"
import { ground } from "./ground.ts"
import { commandRows, documentRows } from "./refusals/document.ts"
import { filterRows, tagRows } from "./refusals/filter.ts"
import { existenceRows, nameRows } from "./refusals/name.ts"
import { valueRows } from "./refusals/value.ts"

provesRefusals(
  new URL("../../../../src/sandbox/services/ssm/", import.meta.url),
  [...nameRows, ...valueRows, ...existenceRows, ...filterRows, ...tagRows, ...documentRows, ...commandRows],
  ground,
)
