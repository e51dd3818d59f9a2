import { describe, expect, it } from "vitest"
import type { Trading } from "../../src/aws/trading/record.ts"
import { tradingStatus } from "../../src/commands/trading-status.ts"
import type { NodeSaid } from "../../src/nodes/live/said.ts"
import { recorded, saidBy } from "../nodes/said.ts"

const status = (record: Trading | undefined, said?: Partial<NodeSaid>, trouble?: string) =>
  tradingStatus({ recorded: record, trouble, said: said && saidBy(said) }, "i-1")

describe("how a system is said to trade", () => {
  it("is what the record says", () => {
    expect(status(recorded())).toEqual({ trader: true, mode: "testing", trading: "active", note: undefined })
    expect(status(recorded({ mode: "live", trading: "halted", trader: "i-2" }))).toEqual({
      trader: false,
      mode: "live",
      trading: "halted",
      note: undefined,
    })
  })

  it("is halted where only the node is", () => {
    expect(status(recorded(), { latch: "yes", mode: "none", trading: "stopped" })).toMatchObject({ trading: "halted" })
  })

  it("is said where the node runs in another mode", () => {
    expect(status(recorded(), { mode: "live" }).note).toBe("runs in live, and the record says testing")
    expect(status(recorded(), { mode: "testing" }).note).toBeUndefined()
    expect(status(recorded(), { mode: "none" }).note).toBeUndefined()
  })

  it("is what the node says where the record cannot be read", () => {
    expect(status(undefined, { mode: "live" }, "it cannot be read")).toEqual({
      trader: true,
      mode: "live",
      trading: "active",
      note: "it cannot be read",
    })
    expect(status(undefined)).toMatchObject({ mode: "development", trading: "active" })
  })
})
