import { whyOf } from "./answers.ts"
import type { LedgerEntry, TradingWorld } from "./world.ts"

/** Nothing, where it is written. */
export const noted = (world: TradingWorld, entry: LedgerEntry): Promise<readonly string[]> =>
  tried(world.write(entry), "the ledger cannot be written")

/** Nothing, where it was done. */
export async function tried(work: Promise<void>, what: string): Promise<readonly string[]> {
  try {
    await work
    return []
  } catch (error) {
    return [`${what}: ${whyOf(error)}`]
  }
}
