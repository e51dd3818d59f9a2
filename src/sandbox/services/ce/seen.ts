import type { Call } from "../../service.ts"
import { buckets } from "../s3/records.ts"

/**
 * The tags of what has been there for a day: that long AWS takes until it has put a thing on the bill. Buckets stand
 * for all that costs something.
 */
export const seenTags = (call: Call): readonly string[] => {
  const billed = buckets(call)
    .all()
    .filter(({ CreationDate }) => call.now - CreationDate >= DAY)
  return [...new Set(billed.flatMap(({ Tags }) => Tags.map(({ Key }) => Key)))].toSorted()
}

const DAY = 24 * 3_600_000
