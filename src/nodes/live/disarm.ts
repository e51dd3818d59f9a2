import type { TradingRecord } from "../../aws/trading/record.ts"
import { tried } from "./noting.ts"
import type { TradingWorld } from "./world.ts"

/** Nothing, where it is done. Systems that are live need them on, halted or not: their gateway may have to log in again. */
export async function disarmUnlessLive(
  world: TradingWorld & { disarm(): Promise<void> },
  { systems }: TradingRecord,
): Promise<readonly string[]> {
  if (Object.values(systems).some(({ mode }) => mode === "live")) return []
  return tried(world.disarm(), "the nodes may still read the live credentials")
}
