import type { TradingRecord } from "../../../src/aws/trading/record.ts"
import type { Hand, Latched, Mode } from "./node-state.ts"

/** Whether a system may trade on this node now; never live, but where it is being activated. */
async function mayTrade(hand: Hand, system: string, record: TradingRecord): Promise<boolean> {
  const { node, forgot } = hand
  const trading = record.systems[system]
  if (!trading || trading.mode === "live") return false
  const marker = await hand.marker(system)
  if (marker === "unknown") node.unread.add(system)
  return (
    (trading.trader === node.id || forgot("trader")) &&
    trading.trading === "active" &&
    (!node.latches.has(system) || forgot("latch")) &&
    (marker === "clear" || forgot("marker"))
  )
}

/** In the mode of the record, where it may. */
export async function startIfItMay(hand: Hand, system: string, record: TradingRecord): Promise<void> {
  if (!(await mayTrade(hand, system, record))) return
  await start(hand, system, record.systems[system]?.mode ?? "development", record.epoch)
}

/** What is to be told of it comes before the start: whoever looks meanwhile must know. */
export async function start(hand: Hand, system: string, mode: Mode, epoch: number): Promise<void> {
  const { node, around, forgot } = hand
  if (!forgot("trades before the start")) node.trades.set(system, `${mode} ${epoch}`)
  await hand.step()
  node.runs.set(system, mode)
  around.started(node, system, epoch)
  await hand.step()
  if (node.latches.has(system) && !forgot("halt of a start that is under way")) stop(hand, system)
}

/** Takes the marks away as well: only for whoever has the lock. */
export function stop({ node }: Hand, system: string): void {
  node.runs.delete(system)
  node.trades.delete(system)
  node.prepared.delete(system)
}

/** The live gateway goes where no other system trades by it. */
export function gatewayGoes(hand: Hand, system: string): void {
  if (!tradesLiveBeside(hand, system) && !hand.forgot("gateway goes")) hand.node.gateway = "none"
}

/** Whether another system trades by the live gateway of this node: then nobody touches it. */
export const tradesLiveBeside = ({ node }: Hand, system: string): boolean =>
  [...node.trades].some(([other, trades]) => other !== system && trades.startsWith("live "))

/** Of no epoch at first: one that was known before the halt would be older than what is about to lift it. */
export async function latch(hand: Hand, system: string, why: Latched): Promise<void> {
  const { node, around, forgot } = hand
  const known = around.store.seen().record.epoch - 1
  node.latches.set(system, forgot("latch is empty until the record was read") ? known : "empty")
  around.latched(node, system, why)
  await fill(hand, system)
}

export async function fill(hand: Hand, system: string): Promise<void> {
  const { latches } = hand.node
  if (latches.get(system) !== "empty") return
  const record = await hand.record()
  if (record && latches.get(system) === "empty") latches.set(system, record.epoch)
}

/** Whether there is none any more, or was none. */
export function clearLatch({ node, forgot }: Hand, system: string, epoch: number): boolean {
  const is = node.latches.get(system)
  if (is === undefined) return true
  if (!(is !== "empty" && is < epoch) && !forgot("epoch of the latch")) return false
  node.latches.delete(system)
  return true
}
