import { provesRefusals } from "../refusal-table.ts"
import { ground } from "./ground.ts"
import { bucketRows, holderRows } from "./refusals/bucket.ts"
import { conditionRows, readRows, writeRows } from "./refusals/object.ts"
import { lifecycleRows, policyRows, settingRows } from "./refusals/setting.ts"

provesRefusals(
  new URL("../../../../src/sandbox/services/s3/", import.meta.url),
  [
    ...bucketRows,
    ...holderRows,
    ...writeRows,
    ...conditionRows,
    ...readRows,
    ...settingRows,
    ...policyRows,
    ...lifecycleRows,
  ],
  ground,
)
