import { describe, expect, it } from "vitest"
import type { TradingRecord } from "../../../src/aws/trading/record.ts"
import { notProved, notReady } from "../../../src/nodes/live/judge.ts"
import type { NodeSaid } from "../../../src/nodes/live/said.ts"

const wanted = { digest: "d".repeat(64), config: "c".repeat(16), limits: "1000/5000/10", account: "U1234567" }
const of = { since: "", digest: "", limits: "", account: "" }

const record = (mode: "testing" | "live", trading: "active" | "halted" = "active"): TradingRecord => {
  const systems = { "smart-0dte": { ...of, mode, trading, trader: "i-1" } }
  return { schema: 1, scope: "poc", epoch: 7, at: "", by: "", run: "", systems }
}

const dueOf = (of: TradingRecord, resuming = false) => ({ record: of, confirmed: { "smart-0dte": wanted }, resuming })

const prepared: NodeSaid = {
  ...{ node: "i-1", system: "smart-0dte", clock: "0.0003", epoch: "7", record: "testing/active", mode: "none" },
  ...{ trading: "stopped", latch: "no", marker: "clear", trader: "yes", gateways: "live paper", gateway: "none" },
  ...{ readOnly: "yes", account: "U1234567", digest: wanted.digest, config: wanted.config, limits: wanted.limits },
  ...{ healthy: "yes", data: "yes", credentials: "yes" },
}
const proved = { ...prepared, record: "live/active", mode: "live", trading: "active", gateway: "live", readOnly: "no" }
const other = { node: "i-2", trader: "no", gateways: "paper", readOnly: "unknown", account: "", credentials: "yes" }

type Ill = readonly [keyof NodeSaid, string]
const always: readonly Ill[] = [
  ...([
    ["clock", "1.01"],
    ["clock", "-1.5"],
    ["clock", ""],
    ["clock", "none"],
    ["epoch", "8"],
    ["epoch", ""],
  ] as const),
  ...([
    ["record", "unreadable: it is not there"],
    ["trader", "no"],
    ["marker", "halt"],
    ["marker", "unknown"],
  ] as const),
  ...([
    ["latch", "yes"],
    ["gateways", "paper"],
    ["gateways", ""],
    ["account", "U7654321"],
    ["account", ""],
  ] as const),
  ...([
    ["digest", "e".repeat(64)],
    ["digest", ""],
    ["config", ""],
    ["limits", "1000/5000/100"],
  ] as const),
  ...([
    ["healthy", "no: backend"],
    ["data", "no: cache"],
    ["readOnly", "unknown"],
    ["system", "mag7-7dte"],
  ] as const),
]

describe("before the commit", () => {
  const due = dueOf(record("testing"))
  const ill: readonly Ill[] = [
    ...always,
    ...([
      ["trading", "active"],
      ["gateway", "paper"],
      ["readOnly", "no"],
      ["credentials", "no"],
    ] as const),
  ]

  it("has nothing against a node that says all that was confirmed", () => {
    expect(notReady(due, prepared)).toEqual([])
    expect(notReady(due, { ...prepared, ...other })).toEqual([])
  })

  it.each(ill)("refuses a trader whose %s is %j alone", (field, value) => {
    expect(notReady(due, { ...prepared, [field]: value })).toHaveLength(1)
  })

  it("refuses a second trader, and a live gateway where nobody is to trade", () => {
    expect(notReady(due, { ...prepared, ...other, trader: "yes" })).toHaveLength(1)
    expect(notReady(due, { ...prepared, ...other, gateways: "live paper" })).toHaveLength(1)
  })

  it("lets a halt stand where it is about to be lifted, and nowhere else", () => {
    const halted = { ...prepared, record: "live/halted", latch: "yes", marker: "halt" }
    expect(notReady(dueOf(record("live", "halted"), true), halted)).toEqual([])
    expect(notReady(dueOf(record("live", "halted")), halted)).toHaveLength(2)
  })

  it("lets a gateway take orders only where another system trades by it", () => {
    const beside = record("testing")
    const systems = {
      ...beside.systems,
      "mag7-7dte": { ...of, mode: "live", trading: "active", trader: "i-1" } as const,
    }
    expect(notReady(dueOf({ ...beside, systems }), { ...prepared, readOnly: "no" })).toEqual([])
    const elsewhere = { ...systems, "mag7-7dte": { ...systems["mag7-7dte"], trader: "i-2" } }
    expect(notReady(dueOf({ ...beside, systems: elsewhere }), { ...prepared, readOnly: "no" })).toHaveLength(1)
  })
})

describe("after the trader was activated", () => {
  const due = dueOf(record("live"))
  const ill: readonly Ill[] = [
    ...always,
    ...([
      ["mode", "testing"],
      ["mode", "mixed"],
      ["trading", "stopped"],
      ["gateway", "paper"],
      ["readOnly", "yes"],
    ] as const),
  ]

  it("has nothing against a trader that trades live, and others that do not", () => {
    expect(notProved(due, proved)).toEqual([])
    expect(notProved(due, { ...prepared, ...other, record: "live/active" })).toEqual([])
  })

  it.each(ill)("refuses a trader whose %s is %j alone", (field, value) => {
    expect(notProved(due, { ...proved, [field]: value })).toHaveLength(1)
  })

  it("refuses whoever trades beside the trader", () => {
    const still = { ...prepared, ...other, record: "live/active" }
    expect(notProved(due, { ...still, trading: "active" })).toHaveLength(1)
    expect(notProved(due, { ...still, gateway: "live" })).toHaveLength(1)
  })
})
