import type { TradingRecord } from "../../../src/aws/trading/record.ts"
import { UserError } from "../../../src/errors.ts"
import type { LiveOrder, NodeOrder } from "../../../src/nodes/live/world.ts"
import { clearLatch, fill, gatewayGoes, latch, start, startIfItMay, stop, tradesLiveBeside } from "./node-starts.ts"
import { type Hand, locked } from "./node-state.ts"

/** What a node does when it is told: the rules of its scripts, each of which may be interrupted between any two steps. */
export async function obey(hand: Hand, order: NodeOrder): Promise<void> {
  const { system } = order
  switch (order.phase) {
    case "halt":
      return halt(hand, system, order.now)
    case "verify":
    case "prove":
      return hand.step()
    case "prepare":
      return locked(hand, () => prepare(hand, order))
    case "activate":
      return locked(hand, () => activate(hand, order))
    case "deactivate":
      return locked(hand, () => deactivate(hand, order))
    case "paper":
      return locked(hand, () => paper(hand, system, order.epoch))
    case "resume":
      return locked(hand, () => resume(hand, system, order.epoch))
  }
}

/** Waits neither for the lock nor for the bucket before it has stopped what trades. */
export async function halt(hand: Hand, system: string, now: boolean): Promise<void> {
  const { node } = hand
  node.prepared.delete(system)
  const filling = latch(hand, system, "halted")
  await hand.step()
  node.runs.delete(system)
  if (now) gatewayGoes(hand, system)
  await filling
}

async function prepare(hand: Hand, { system, epoch }: LiveOrder): Promise<void> {
  const { node, around } = hand
  const record = await known(hand)
  const trading = record.systems[system]
  const resuming = trading?.mode === "live"
  if (!trading || (resuming && trading.trading === "active")) throw new UserError("it is live already")
  if (record.epoch !== epoch) throw new UserError("the record is of another epoch")
  stop(hand, system)
  await hand.step()
  node.prepared.set(system, epoch)
  if (!resuming && node.latches.has(system)) {
    node.prepared.delete(system)
    throw new UserError("it is halted")
  }
  if (trading.trader !== node.id) return
  await hand.step()
  if (!around.store.credentials.open) throw new UserError("the live credentials cannot be read")
  if (!tradesLiveBeside(hand, system)) node.gateway = "read-only"
  await hand.step(4)
}

async function activate(hand: Hand, { system, epoch }: LiveOrder): Promise<void> {
  const { node, forgot } = hand
  const prepared = node.prepared.get(system)
  node.prepared.delete(system)
  if (prepared !== epoch - 1 && !forgot("prepared")) throw new UserError("it was not prepared for this")
  const record = await known(hand)
  const trading = record.systems[system]
  if (record.epoch !== epoch && !forgot("record when activating")) throw new UserError("the record is of another epoch")
  const live = trading?.mode === "live" && trading.trading === "active"
  if (!live && !forgot("record when activating")) throw new UserError("the record does not say live and active")
  if (trading?.trader !== node.id && !forgot("trader")) throw new UserError("it is not the trader")
  if ((await hand.marker(system)) !== "clear" && !forgot("marker")) throw new UserError("the marker is not clear")
  if (!clearLatch(hand, system, epoch)) throw new UserError("it is halted")
  node.gateway = "open"
  await hand.step(2)
  await start(hand, system, "live", record.epoch)
  await hand.step(3)
}

async function deactivate(hand: Hand, { system, epoch }: LiveOrder): Promise<void> {
  const { node, forgot } = hand
  const [mode, since] = (node.trades.get(system) ?? "none 0").split(" ")
  if (mode === "live" && Number(since) > epoch && !forgot("activated later"))
    throw new UserError("left alone: it was activated under a later epoch")
  stop(hand, system)
  await hand.step()
  gatewayGoes(hand, system)
  const record = await hand.record()
  if (record && record.systems[system]?.mode !== "live") {
    await startIfItMay(hand, system, record)
  } else {
    await latch(hand, system, "deactivated")
  }
}

async function paper(hand: Hand, system: string, epoch: number): Promise<void> {
  const record = await known(hand)
  if (record.epoch !== epoch || record.systems[system]?.mode === "live")
    throw new UserError("the record says otherwise")
  stop(hand, system)
  await hand.step()
  gatewayGoes(hand, system)
  await startIfItMay(hand, system, record)
}

async function resume(hand: Hand, system: string, epoch: number): Promise<void> {
  const record = await known(hand)
  const trading = record.systems[system]
  if (record.epoch !== epoch || trading?.mode === "live" || trading?.trading !== "active")
    throw new UserError("the record says otherwise")
  if ((await hand.marker(system)) === "halt" && !hand.forgot("marker")) throw new UserError("the marker says halt")
  await fill(hand, system)
  if (!clearLatch(hand, system, epoch)) throw new UserError("it was halted since")
  if (!hand.node.runs.has(system)) await startIfItMay(hand, system, record)
}

async function known(hand: Hand): Promise<TradingRecord> {
  const record = await hand.record()
  if (!record) throw new UserError("the trading record cannot be read")
  return record
}
