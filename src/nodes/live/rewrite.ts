import type { Trading, TradingRecord } from "../../aws/trading/record.ts"
import type { Wisher } from "./wish.ts"
import type { Seen, TradingWorld } from "./world.ts"

type Systems = TradingRecord["systems"]

/** The next record: the systems that are given instead of those of that name. */
export function after(world: Pick<TradingWorld, "now">, { by, run }: Wisher, record: TradingRecord, systems: Systems) {
  const next: TradingRecord = {
    ...record,
    epoch: record.epoch + 1,
    at: world.now(),
    by,
    run,
    systems: { ...record.systems, ...systems },
  }
  return next
}

/** Some of the record's systems, each as it should be. */
export function withEach(
  record: TradingRecord,
  names: readonly string[],
  make: (trading: Trading) => Trading,
): Systems {
  const known = names.flatMap((name) => {
    const trading = record.systems[name]
    return trading ? [[name, make(trading)] as const] : []
  })
  return Object.fromEntries(known)
}

/**
 * Writes it in place of the one seen. `maybe` when nobody knows: it may even land later, as long as nothing else has
 * taken the place of the one seen.
 */
export async function writeOver(world: TradingWorld, next: TradingRecord, seen: Seen): Promise<"yes" | "no" | "maybe"> {
  try {
    if (await world.swap(next, seen.etag)) return "yes"
  } catch {
    // What is there now tells.
  }
  try {
    const { record } = await world.read()
    if (record.epoch === next.epoch) return record.run === next.run ? "yes" : "no"
    // Of what stood in between, if something did, nothing is left to see.
    return "maybe"
  } catch {
    return "maybe"
  }
}

/** Nothing, where it cannot be read. */
export async function seenNow(world: TradingWorld): Promise<Seen | undefined> {
  try {
    return await world.read()
  } catch {
    return undefined
  }
}
