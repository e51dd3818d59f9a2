import type { TradingRecord } from "../../aws/trading/record.ts"
import { after, seenNow, withEach, writeOver } from "./rewrite.ts"
import type { LiveWish } from "./wish.ts"
import type { Seen, TradingWorld } from "./world.ts"

/**
 * The record that stands in the end: as it was before the commit, or somebody else's, which stays. Nothing where nobody
 * knows. A commit that has not landed is written over too: it might be under way still, and must never land.
 */
export async function putBack(
  world: TradingWorld,
  wish: LiveWish,
  before: Seen,
  trading: "as before" | "halted",
): Promise<TradingRecord | undefined> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const seen = await seenNow(world)
    if (seen) {
      const own = seen.record.run === wish.run
      if (!own && seen.record.epoch !== before.record.epoch) return seen.record
      const next = former(world, wish, before.record, seen.record, trading)
      if (own && says(seen.record, next, wish)) return seen.record
      if ((await writeOver(world, next, seen)) === "yes") return next
    }
    await world.pause(attempt)
  }
  return undefined
}

const attempts = 3

function former(
  world: TradingWorld,
  wish: LiveWish,
  before: TradingRecord,
  now: TradingRecord,
  trading: "as before" | "halted",
): TradingRecord {
  const systems = withEach(before, Object.keys(wish.confirmed), (was) => ({
    ...was,
    trading: trading === "halted" ? "halted" : was.trading,
    // What was interrupted has not run through.
    since: world.now(),
  }))
  return after(world, wish, now, systems)
}

const says = (record: TradingRecord, next: TradingRecord, wish: LiveWish): boolean =>
  Object.keys(wish.confirmed).every(
    (system) =>
      record.systems[system]?.mode === next.systems[system]?.mode &&
      record.systems[system]?.trading === next.systems[system]?.trading,
  )
