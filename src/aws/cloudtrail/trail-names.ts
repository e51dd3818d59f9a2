import type { Scope } from "../../engine/types.ts"
import type { Place } from "../cloud.ts"
import { nameFor } from "../names.ts"

/** A trail's ARN is known before it is there: its bucket lets nobody else write. */
export const trailArnFor = ({ partition, region, account }: Place, scope: Scope, name: string): string =>
  `arn:${partition}:cloudtrail:${region}:${account}:trail/${nameFor(scope, name)}`
