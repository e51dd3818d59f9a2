import { describe, expect, it } from "vitest"
import type { TradingRecord } from "../../../src/aws/trading/record.ts"
import { notHalted, notPaper, notResumed } from "../../../src/nodes/live/judge-paper.ts"
import type { NodeSaid } from "../../../src/nodes/live/said.ts"

const record = (trading: "active" | "halted" = "active"): TradingRecord => {
  const own = { mode: "testing", trading, trader: "i-1", since: "", digest: "", limits: "", account: "" } as const
  return { schema: 1, scope: "poc", epoch: 7, at: "", by: "", run: "", systems: { "smart-0dte": own } }
}

const trading: NodeSaid = {
  ...{ node: "i-1", system: "smart-0dte", clock: "0", epoch: "7", record: "testing/active", mode: "testing" },
  ...{ trading: "active", latch: "no", marker: "clear", trader: "yes", gateways: "paper", gateway: "paper" },
  ...{ readOnly: "no", account: "DU1234567", digest: "d".repeat(64), config: "c".repeat(16), limits: "1000/5000/10" },
  ...{ healthy: "yes", data: "yes", credentials: "no" },
}
const stopped = { ...trading, mode: "none", trading: "stopped", gateway: "none", gateways: "" }

describe("a node on paper", () => {
  it("is as it should be", () => {
    expect(notPaper(record(), trading)).toEqual([])
    expect(notPaper(record(), { ...stopped, node: "i-2", trader: "no" })).toEqual([])
    expect(notPaper(record("halted"), { ...stopped, record: "testing/halted" })).toEqual([])
  })

  it.each<readonly [keyof NodeSaid, string]>([
    ["record", "development/active"],
    ["mode", "live"],
    ["trading", "stopped"],
    ["trading", "kept"],
    ["gateway", "live"],
    ["gateways", "live paper"],
    ["credentials", "yes"],
  ])("is not taken for well where its %s is %s", (field, word) => {
    expect(notPaper(record(), { ...trading, [field]: word })).toHaveLength(1)
  })

  it("does not trade where another one is the trader, or where it is halted", () => {
    expect(notPaper(record(), { ...trading, node: "i-2" })).toEqual(["it still trades"])
    expect(notPaper(record("halted"), { ...trading, record: "testing/halted" })).toEqual(["it still trades"])
  })
})

describe("a node that was halted", () => {
  it("has written it down, and trades no more, be it that its containers are kept", () => {
    expect(notHalted({ ...stopped, latch: "yes" })).toEqual([])
    expect(notHalted({ ...trading, latch: "yes", trading: "kept" })).toEqual([])
    expect(notHalted({ ...trading, latch: "yes" })).toEqual(["it still trades"])
    expect(notHalted(stopped)).toEqual(["it has not taken the halt down"])
  })

  it("is resumed once it has forgotten the halt", () => {
    expect(notResumed(trading)).toEqual([])
    expect(notResumed({ ...trading, latch: "yes" })).toEqual(["it is still halted there"])
  })
})
