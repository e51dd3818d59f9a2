import type { Trail as Described } from "@aws-sdk/client-cloudtrail"
import { Refused } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { type Trail, trailLive, trailsSeen, withActivity, withItsOwn } from "./trail.ts"

/** A trail that writes this account's events already: a second one would cost for each event, and tell nothing new. */
export async function otherTrail(ctx: Cloud): Promise<Trail | undefined> {
  const seen = await trailsSeen(ctx, true)
  const [whole] = seen.filter(({ IsMultiRegionTrail }) => IsMultiRegionTrail)
  const usable = seen.filter((one) => isOwn(ctx, one) && one.HomeRegion === ctx.region)
  const taken = usable.find(({ IsMultiRegionTrail }) => IsMultiRegionTrail) ?? (whole ? undefined : usable[0])
  if (taken) return withItsOwn(ctx, await withActivity(ctx, trailLive(taken)))
  if (whole) throw elsewhere(ctx, whole)
  return undefined
}

const isOwn = ({ account }: Cloud, { TrailARN }: Described) => TrailARN?.split(":")[4] === account

function elsewhere(ctx: Cloud, other: Described) {
  const whose = isOwn(ctx, other)
    ? `the trail ${other.TrailARN} of ${other.HomeRegion}`
    : `the trail ${other.TrailARN} of the account's organization`
  return new Refused(`${whose} writes the events of all regions already`, {
    hint: isOwn(ctx, other)
      ? `leave the trail out here, or adopt it from ${other.HomeRegion}`
      : "leave the trail out: a second one would cost for each event, and tell nothing new",
  })
}
