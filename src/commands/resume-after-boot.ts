import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import type { TradingRecord } from "../aws/trading/record.ts"
import { notHalted } from "../nodes/live/judge-paper.ts"
import { reportedTrading } from "../nodes/live/reported.ts"
import type { Opened } from "./opening.ts"

/**
 * A live system is halted by the start of its node, and nobody has told the record. Where its trader says so itself,
 * that is written down as any halt is: from then on it is resumed as what somebody halted. False where it may trade.
 */
export async function writeDownBoot(
  app: App,
  { report }: Opened,
  account: Account,
  { scope, systems: recorded }: TradingRecord,
  systems: readonly string[],
): Promise<boolean> {
  const said = await reportedTrading(account.cloud, scope)
  const isHalted = (system: string): boolean => {
    const last = said[system]
    return last !== undefined && last.node === recorded[system]?.trader && notHalted(last).length === 0
  }
  if (!systems.every(isHalted)) return false
  report.note(`${systems.join(" and ")} was halted on its node, and the record does not say so yet: it is written down`)
  const { haltEnvironment } = await import("./halt-environment.ts")
  const begun = account.cloud.clock.now()
  const end = await app.interrupts.settling(
    (stop) => haltEnvironment(account, { scope, systems, now: false, begun, stop, say: report.note }),
    "what nodes were told goes on there",
  )
  return end.outcome === "done"
}
