import type { Site } from "../app/site.ts"
import type { Cloud } from "../aws/cloud.ts"
import { stateObjects } from "../aws/state/objects.ts"
import { readRecord } from "../aws/state/record.ts"
import { itemsOf } from "../config/account.ts"
import type { Settings } from "../config.ts"
import type { PlanRow } from "../engine/plan.ts"
import { account as scope } from "./target.ts"

/** What the settings make of the account itself. */
export async function accountSite(settings: Settings, cloud: Cloud): Promise<Site> {
  const [{ account }, { kinds }, { stateBucket }] = await Promise.all([
    import("../blueprints/account.ts"),
    import("../blueprints/kinds.ts"),
    import("../steps/bucket.ts"),
  ])
  const { bootstrap } = settings
  const { partition, region } = cloud
  const place = { account: cloud.account, partition, region }
  const partly = bootstrap.only !== undefined
  const others = partly ? (await readRecord(stateObjects(cloud, cloud.s3), scope))?.wishes : undefined
  return {
    environment: scope,
    blueprint: account({ place, items: itemsOf(bootstrap), others }),
    // What is not looked after in this run is no leftover.
    kinds: partly ? [] : kinds,
    groundwork: { name: "state", scopes: [], steps: [stateBucket(place)] },
    stays,
    kept: async () => [],
    outputs: outputsOf,
  }
}

const stays = ["bucket/state: the locks and records of this account, less than 0.01 USD a month"]

const outputsOf = (_: readonly PlanRow[]) => ({})
