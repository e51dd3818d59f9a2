import { describe, expect, it } from "vitest"
import type { Trading, TradingRecord } from "../../src/aws/trading/record.ts"
import { disagreementsOf } from "../../src/commands/mode-judged.ts"
import type { NodeSaid } from "../../src/nodes/live/said.ts"
import { saidBy } from "../nodes/said.ts"

const system = "smart-0dte"
const record = (more: Partial<Trading> = {}): TradingRecord => {
  const rest = { since: "", digest: "", limits: "", account: "" }
  const trading: Trading = { mode: "testing", trading: "active", trader: "i-1", ...rest, ...more }
  return { schema: 1, scope: "poc", epoch: 3, at: "", by: "", run: "", systems: { [system]: trading } }
}
const judged = (trading: Partial<Trading>, said: Partial<NodeSaid>) => {
  const one = saidBy(said)
  return disagreementsOf(record(trading), [system], [{ node: one.node, system, said: one }])
}
const stopped = { mode: "none", trading: "stopped", gateway: "none" } as const

describe("record and nodes agree", () => {
  it.each<[string, Partial<Trading>, Partial<NodeSaid>]>([
    ["where the trader trades", {}, {}],
    ["where all is halted", { trading: "halted" }, { record: "testing/halted", latch: "yes", ...stopped }],
    [
      "where it is halted and looks after its positions",
      { trading: "halted" },
      { record: "testing/halted", latch: "yes" },
    ],
    ["where it is live", { mode: "live" }, { record: "live/active", mode: "live", gateway: "live" }],
  ])("%s", (_, trading, said) => {
    expect(judged(trading, said)).toEqual([])
  })

  it("where another node serves, and trades nothing", () => {
    const other = saidBy({ node: "i-2", trader: "no", ...stopped })
    const told = [
      { node: "i-1", system, said: saidBy() },
      { node: "i-2", system, said: other },
    ]
    expect(disagreementsOf(record(), [system], told)).toEqual([])
  })
})

describe("what does not agree is said", () => {
  it.each<[string, Partial<Trading>, Partial<NodeSaid>]>([
    ["runs in live, and the record says testing", {}, { mode: "live" }],
    ["runs in mixed, and the record says testing", {}, { mode: "mixed" }],
    ["reaches the live gateway, and is not live", {}, { gateway: "live" }],
    ["is live, and reaches the paper gateway", { mode: "live" }, { record: "live/active", mode: "live" }],
    [
      "has read the record as unreadable: it could not be fetched",
      {},
      { record: "unreadable: it could not be fetched" },
    ],
    ["trades, and is not the trader", { trader: "i-2" }, {}],
    ["is halted there, and the record says active", {}, { latch: "yes", ...stopped }],
    ["does not trade, and the record says active", {}, stopped],
    ["trades, and the record says halted", { trading: "halted" }, { record: "testing/halted" }],
  ])("%s", (words, trading, said) => {
    expect(judged(trading, said)).toContain(`smart-0dte on i-1: ${words}`)
  })

  it("a node that is silent, and a trader that is not there", () => {
    expect(disagreementsOf(record(), [system], [{ node: "i-1", system, why: "it has not answered" }])).toEqual([
      "smart-0dte on i-1: not known: it has not answered",
    ])
    expect(disagreementsOf(record(), [system], [])).toEqual([
      "smart-0dte: the record names i-1 as its trader, and that node is not up",
    ])
  })

  it("what trades and is in no record", () => {
    const told = [{ node: "i-1", system, said: saidBy() }]
    expect(disagreementsOf(undefined, [system], told)).toEqual([
      "smart-0dte on i-1: trades, and the record does not say how",
    ])
  })
})
