import type { Trading } from "../../../../src/aws/trading/record.ts"
import type { LiveFacts, NodeFacts, SystemFacts } from "../../../../src/nodes/live/facts.ts"
import type { NodeSaid } from "../../../../src/nodes/live/said.ts"

/** A Wednesday at noon in New York, in the middle of a session. */
export const noon = Date.parse("2026-11-18T17:00:00Z")

export const digest = "d".repeat(64)

export const said = (system: string, node = "i-1", more: Partial<NodeSaid> = {}): NodeSaid => ({
  node,
  system,
  clock: "0.000012",
  epoch: "7",
  record: "testing/active",
  mode: "testing",
  trading: "active",
  latch: "no",
  marker: "clear",
  trader: "yes",
  gateways: "paper",
  gateway: "paper",
  readOnly: "unknown",
  account: "",
  digest,
  config: "c".repeat(16),
  limits: "1000/5000/10",
  healthy: "yes",
  data: "yes",
  credentials: "no",
  ...more,
})

export const trading = (more: Partial<Trading> = {}): Trading => ({
  mode: "testing",
  trading: "active",
  trader: "i-1",
  since: "2026-11-16T12:00:00Z",
  digest: "",
  limits: "",
  account: "",
  ...more,
})

export const nodeOf = (id = "i-1", more: Partial<NodeSaid> = {}, online = true): NodeFacts => ({
  id,
  online,
  said: { "smart-0dte": said("smart-0dte", id, more) },
})

/** One that serves and does not trade. */
export const server = (id: string, more: Partial<NodeSaid> = {}): NodeFacts =>
  nodeOf(id, { trader: "no", gateway: "none", gateways: "", ...more })

export const systemOf = (more: Partial<SystemFacts> = {}): SystemFacts => ({
  system: "smart-0dte",
  options: "index",
  limits: { dailyLoss: 1000, position: 5000, openPositions: 10 },
  marker: "clear",
  configured: undefined,
  unset: [],
  runsSince: Date.parse("2026-11-16T12:00:00Z"),
  ...more,
})

/** With nothing that stands in the way. */
export const sound = (more: Partial<LiveFacts> = {}): LiveFacts => ({
  doing: "live",
  dryRun: false,
  scope: "poc",
  now: noon,
  caller: {
    arn: "arn:aws:sts::123456789012:assumed-role/trader/anna",
    account: "123456789012",
    wanted: "123456789012",
    sandbox: false,
  },
  confirmation: { terminal: true, token: undefined },
  approval: { wanted: "optional", by: undefined },
  record: {
    schema: 1,
    scope: "poc",
    epoch: 7,
    at: "2026-11-16T12:00:00Z",
    by: "arn:aws:sts::123456789012:assumed-role/trader/anna",
    run: "r",
    systems: { "smart-0dte": trading() },
  },
  nodes: [nodeOf()],
  systems: [systemOf()],
  gateway: {
    image: `ghcr.io/gnzsnz/ib-gateway@sha256:${"5a".repeat(32)}`,
    account: "U1234567",
    approval: "optional",
    configured: undefined,
  },
  credentials: [],
  subscriptions: [{ endpoint: "ops@example.com", confirmed: true }],
  ledger: undefined,
  front: { open: [], cleartext: [] },
  backup: { restorable: noon - 5 * 60_000, snapshot: undefined },
  ...more,
})
