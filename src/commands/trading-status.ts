import type { Trading } from "../aws/trading/record.ts"
import type { NodeSaid } from "../nodes/live/said.ts"
import type { SystemStatus } from "../report/results.ts"

export type TradingStatus = Pick<SystemStatus, "trader" | "mode" | "trading" | "note">

/** What was found of how a system trades. */
export interface TradingFound {
  /** By the record; nothing where it says nothing of it. */
  readonly recorded: Trading | undefined
  /** Why the record could not be read; nothing where it could. */
  readonly trouble: string | undefined
  /** What the node said last. */
  readonly said: NodeSaid | undefined
}

/** The record says how it is to trade. A halt counts wherever it is, and where the two differ it is said. */
export function tradingStatus({ recorded, trouble, said }: TradingFound, node: string): TradingStatus {
  const runs = modes.find((mode) => mode === said?.mode)
  const mode = recorded?.mode ?? runs ?? "development"
  const halted = recorded?.trading === "halted" || said?.latch === "yes"
  return {
    trader: recorded === undefined || recorded.trader === node,
    mode,
    trading: halted ? "halted" : "active",
    note: trouble ?? (runs !== undefined && runs !== mode ? `runs in ${runs}, and the record says ${mode}` : undefined),
  }
}

const modes = ["development", "testing", "live"] as const
