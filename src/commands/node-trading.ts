import type { NodeSaid } from "../nodes/live/said.ts"
import type { NodeTrading } from "../report/results/trading.ts"

/** As it is shown and printed. */
export function tradingRow({ latch, trader, ...said }: NodeSaid): NodeTrading {
  const { node, system, mode, trading, gateway, readOnly, account, digest, limits } = said
  const flags = { trader: trader === "yes", halted: latch === "yes" }
  return { node, system, ...flags, mode, trading, gateway, readOnly, account, digest, limits }
}
