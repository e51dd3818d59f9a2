import { halt } from "./node-orders.ts"
import { fill, gatewayGoes, latch, start, startIfItMay, stop } from "./node-starts.ts"
import { goDown, type Hand, handOf, locked, type NodeState, type Surroundings } from "./node-state.ts"

/** In the simulation's time; a node looks at everything again after it. */
export const watchEach = 8

/** A node comes up: what it may, it starts, and from now on it watches. */
export function boot(node: NodeState, around: Surroundings): void {
  node.up = true
  const hand = handOf(node, around)
  for (const system of around.systems) void locked(hand, () => startAtBoot(hand, system))
  void watch(hand)
}

export function crash(node: NodeState): void {
  goDown(node)
}

async function startAtBoot(hand: Hand, system: string): Promise<void> {
  const { node, forgot } = hand
  const record = await hand.record()
  if (!record) {
    node.unread.add(system)
    return
  }
  node.unread.delete(system)
  const first = !node.booted.has(system)
  node.booted.add(system)
  if (record.systems[system]?.mode === "live") {
    if (!first) return
    if (forgot("boot of a live system")) await start(hand, system, "live", record.epoch)
    else await latch(hand, system, "booted")
  } else {
    await startIfItMay(hand, system, record)
  }
}

async function watch(hand: Hand): Promise<void> {
  for (;;) {
    await hand.idle(watchEach)
    for (const system of hand.around.systems) await look(hand, system)
  }
}

async function look(hand: Hand, system: string): Promise<void> {
  const { node, forgot } = hand
  const marked = !node.latches.has(system) && (await hand.marker(system)) === "halt"
  if (marked && !forgot("watch of the marker")) await halt(hand, system, false)
  await fill(hand, system)
  const trades = node.trades.get(system)
  if (trades !== undefined && !forgot("watch of the record")) await compare(hand, system, trades)
  if (node.latches.has(system) && !forgot("halt of a start that is under way")) node.runs.delete(system)
  if (node.unread.has(system)) await locked(hand, () => startAtBoot(hand, system))
}

/** What runs must be what the record says now. A start may be under way: without the lock its mark stays, for the next look. */
async function compare(hand: Hand, system: string, trades: string): Promise<void> {
  const { node } = hand
  const record = await hand.record()
  if (!record || node.trades.get(system) !== trades) return
  const due = record.systems[system]
  const [mode] = trades.split(" ")
  if (due?.mode === mode && due?.trading === "active" && due.trader === node.id) return
  node.runs.delete(system)
  if (mode === "live") gatewayGoes(hand, system)
  if (!node.locked) stop(hand, system)
}
