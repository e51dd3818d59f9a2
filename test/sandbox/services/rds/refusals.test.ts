import { provesRefusals } from "../refusal-table.ts"
import { ground } from "./ground.ts"
import { birthRows, settingRows } from "./refusals/birth.ts"
import { changeRows, deathRows } from "./refusals/change.ts"
import { groupRows, snapshotRows } from "./refusals/thing.ts"

provesRefusals(
  new URL("../../../../src/sandbox/services/rds/", import.meta.url),
  [...birthRows, ...settingRows, ...changeRows, ...deathRows, ...groupRows, ...snapshotRows],
  ground,
)
