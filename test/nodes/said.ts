import type { Trading } from "../../src/aws/trading/record.ts"
import type { NodeSaid } from "../../src/nodes/live/said.ts"

/** What a node in order says of a system that trades on paper there, but for what is given. */
export const saidBy = (more: Partial<NodeSaid> = {}): NodeSaid => ({
  node: "i-1",
  system: "smart-0dte",
  clock: "0.000012",
  epoch: "3",
  record: "testing/active",
  mode: "testing",
  trading: "active",
  latch: "no",
  marker: "clear",
  trader: "yes",
  gateways: "paper",
  gateway: "paper",
  readOnly: "no",
  account: "",
  digest: "d".repeat(64),
  config: "c".repeat(64),
  limits: "1000/5000/10",
  healthy: "yes",
  data: "yes",
  credentials: "no",
  ...more,
})

/** What the trading record says of a system that trades on paper, but for what is given. */
export const recorded = (more: Partial<Trading> = {}): Trading => ({
  mode: "testing",
  trading: "active",
  trader: "i-1",
  since: "",
  digest: "",
  limits: "",
  account: "",
  ...more,
})
