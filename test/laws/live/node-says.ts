import type { TradingRecord } from "../../../src/aws/trading/record.ts"
import type { NodeSaid } from "../../../src/nodes/live/said.ts"
import type { Hand, NodeState } from "./node-state.ts"

/** What all that is right says, and must be confirmed. */
export const right = { digest: "d".repeat(64), config: "c".repeat(16), limits: "1000/5000/10", account: "U1234567" }

/** What a node says of itself: what is read takes its time, and what runs is what runs at the end. */
export async function says(hand: Hand, system: string): Promise<NodeSaid> {
  const record = await hand.record()
  const marker = await hand.marker(system)
  const { node, around } = hand
  const runs = node.runs.get(system)
  const { wrong } = node
  return {
    node: node.id,
    system,
    clock: wrong === "clock" ? "2.5" : "-0.000012",
    ...readBy(node, system, record),
    mode: runs ?? "none",
    trading: runs ? "active" : "stopped",
    latch: node.latches.has(system) ? "yes" : "no",
    marker,
    gateways: node.gateway === "none" ? "paper" : "live paper",
    gateway: runs ? (runs === "live" ? "live" : "paper") : "none",
    readOnly: node.gateway === "none" ? "unknown" : node.gateway === "open" ? "no" : "yes",
    account: node.gateway === "none" ? "" : wrong === "account" ? "U7654321" : right.account,
    digest: wrong === "digest" ? "e".repeat(64) : right.digest,
    config: wrong === "config" ? "f".repeat(16) : right.config,
    limits: wrong === "limits" ? "1000/5000/100" : right.limits,
    healthy: wrong === "sick" ? "no: backend exited with 1" : "yes",
    data: wrong === "data" ? "no: the cache does not answer" : "yes",
    credentials: around.store.credentials.open ? "yes" : "no",
  }
}

/** Whether a node is, at this moment, what a system that trades live wants of it: known without asking it. */
export function provedLive(node: NodeState, system: string, record: TradingRecord): boolean {
  const trading = record.systems[system]
  const live = trading?.mode === "live" && trading.trading === "active"
  const runs = node.runs.get(system)
  const trader = trading?.trader === node.id
  // Only a trader is logged in anywhere.
  if (!live || (node.wrong !== undefined && (trader || node.wrong !== "account"))) return false
  return trader ? runs === "live" && node.gateway === "open" : runs === undefined
}

function readBy(node: NodeState, system: string, record: TradingRecord | undefined) {
  const trading = record?.systems[system]
  return {
    epoch: record ? `${record.epoch}` : "",
    record: trading ? `${trading.mode}/${trading.trading}` : "unreadable: it could not be fetched",
    trader: trading?.trader === node.id ? "yes" : "no",
  }
}
