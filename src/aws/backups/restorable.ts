import { paginateDescribeDBInstances } from "@aws-sdk/client-rds"
import type { Scope } from "../../engine/types.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"
import { identityOf } from "../tags.ts"

/**
 * The latest moment to which the scope's databases can be brought back, in milliseconds; nothing where one of them has
 * none yet. RDS keeps up with them by some minutes.
 */
export async function restorableUntil(ctx: Cloud, scope: Scope): Promise<number | undefined> {
  const all = await everyItem(paginateDescribeDBInstances({ client: ctx.rds }, {}), (page) => page.DBInstances)
  const own = all.filter(({ TagList }) => identityOf(TagList)?.scope === scope)
  const moments = own.map(({ LatestRestorableTime }) => LatestRestorableTime?.getTime() ?? Number.NaN)
  const least = Math.min(...moments)
  return Number.isFinite(least) ? least : undefined
}
