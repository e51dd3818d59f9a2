import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { readLedger } from "../../src/aws/trading/ledger.ts"
import { readMarker } from "../../src/aws/trading/marker.ts"
import { runs } from "../nodes/traders.ts"
import { type World, world } from "./small-world.ts"
import { type Prepared, prepared, scope, type TradingGround, tradingGround } from "./trading-ground.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let two: Prepared
let on: TradingGround
let at: World
beforeAll(async () => {
  two = await prepared(2)
})
beforeEach(async () => {
  on = await tradingGround(two)
  at = world()
  at.aws = on.cloud
  at.records.push(scope)
  await on.record({ "smart-0dte": {}, "mag7-7dte": { mode: "development" } })
  for (const [system, mode] of [
    ["smart-0dte", "testing"],
    ["mag7-7dte", "development"],
  ] as const)
    Object.assign(on.machines.standing(trader(), system), runs(mode))
})
afterEach(() => on.close())

const trader = () => on.nodes[0] ?? ""
const standing = (system: "smart-0dte" | "mag7-7dte") => on.machines.standing(trader(), system)
const said = (text: string) => text.replaceAll(/\s+/g, " ")

describe("resume", () => {
  it("lets what was halted trade again: record, marker and nodes, with no question", async () => {
    expect(await at.run("halt --env poc")).toBe(0)
    expect(standing("smart-0dte")).toMatchObject({ trading: "stopped", latch: "yes" })
    at.said.out = ""
    expect(await at.run("resume")).toBe(0)
    expect(standing("smart-0dte")).toEqual({ mode: "testing", trading: "active", latch: "no" })
    expect(standing("mag7-7dte")).toEqual({ mode: "development", trading: "active", latch: "no" })
    expect((await on.read())?.systems["smart-0dte"]?.trading).toBe("active")
    expect((await readMarker(on.objects, scope, "smart-0dte"))?.halted).toBe(false)
    expect(said(at.said.out)).toContain("every node was read back")
    expect(at.asked).toEqual([])
    expect(at.journal.filter((entry) => entry.startsWith("lock"))).toHaveLength(1)
    const events = (await readLedger(on.objects, scope, 10)).map(({ event }) => event)
    expect(events.slice(0, 2).toSorted()).toEqual(["resume-begin", "resume-done"])
  })

  it("of one system leaves the other one halted", async () => {
    await at.run("halt --env poc")
    expect(await at.run("resume --system mag7-7dte")).toBe(0)
    expect(standing("mag7-7dte").trading).toBe("active")
    expect(standing("smart-0dte")).toMatchObject({ trading: "stopped", latch: "yes" })
    expect((await on.read())?.systems["smart-0dte"]?.trading).toBe("halted")
  })

  it("without a name resumes those alone that are halted", async () => {
    await at.run("halt --env poc --system mag7-7dte")
    on.machines.orders.length = 0
    expect(await at.run("resume")).toBe(0)
    expect(on.machines.orders.every((order) => order.startsWith("resume mag7-7dte"))).toBe(true)
  })

  it("ends with 1, and says of which node, where it was not done", async () => {
    await at.run("halt --env poc")
    on.machines.fails.set(on.nodes[1] ?? "", "smart-0dte has no version that ever ran well")
    at.said.out = ""
    expect(await at.run("resume --system smart-0dte")).toBe(1)
    expect(said(at.said.out)).toContain(`${on.nodes[1]}: smart-0dte: smart-0dte has no version that ever ran well`)
    expect(said(at.said.out)).toContain("not resumed")
  })

  it("of what is live and not halted is refused", async () => {
    await on.record({ "smart-0dte": { mode: "live" }, "mag7-7dte": {} })
    expect(await at.run("resume --system smart-0dte")).toBe(3)
    expect(said(at.said.err)).toContain("smart-0dte is live in poc, and the trading record does not say halted")
    expect(on.machines.orders).toEqual([])
  })

  it("of what the start of its node has halted writes that down first", async () => {
    await on.record({ "smart-0dte": { mode: "live" }, "mag7-7dte": {} })
    await on.says("smart-0dte", { record: "live/active", trading: "stopped", latch: "yes" })
    expect([2, 3]).toContain(await at.run("resume --system smart-0dte"))
    expect(said(at.said.err)).toContain("smart-0dte was halted on its node, and the record does not say so yet")
    expect((await on.read())?.systems["smart-0dte"]).toMatchObject({ mode: "live", trading: "halted" })
    expect(standing("smart-0dte").trading).toBe("stopped")
  })

  it.each([
    ["by its node still trades", { trading: "active", latch: "yes" }, ""],
    ["was not halted on its node", { trading: "stopped", latch: "no" }, ""],
    ["another node speaks of", { node: "i-0123456789abcdef0", trading: "stopped", latch: "yes" }, ""],
    ["a dry run looks at", { trading: "stopped", latch: "yes" }, " --dry-run"],
  ])("of what is live and %s writes nothing down", async (_, words, flag) => {
    await on.record({ "smart-0dte": { mode: "live" }, "mag7-7dte": {} })
    await on.says("smart-0dte", { record: "live/active", ...words })
    expect(await at.run(`resume --system smart-0dte${flag}`)).toBe(3)
    expect((await on.read())?.systems["smart-0dte"]?.trading).toBe("active")
    expect(on.machines.orders).toEqual([])
  })

  it("of what is live and halted goes the way of going live, which wants a person", async () => {
    await on.record({ "smart-0dte": { mode: "live", trading: "halted" }, "mag7-7dte": {} })
    expect([2, 3]).toContain(await at.run("resume --system smart-0dte"))
    expect(on.machines.orders.filter((order) => order.startsWith("resume"))).toEqual([])
    expect((await on.read())?.systems["smart-0dte"]?.trading).toBe("halted")
  })

  it("of both, where one is live and halted, wants them one by one", async () => {
    await on.record({ "smart-0dte": { mode: "live", trading: "halted" }, "mag7-7dte": { trading: "halted" } })
    expect(await at.run("resume")).toBe(2)
    expect(said(at.said.err)).toContain("smart-0dte is live, and mag7-7dte is not")
  })

  it.each(["--dry-run", "--confirm-live x", "--waive soak --reason because"])("on paper takes no %s", async (flag) => {
    expect(await at.run(`resume ${flag}`)).toBe(2)
    expect(said(at.said.err)).toContain("is for systems that are live")
  })
})

describe("mode", () => {
  it("shows record and containers, and ends with 0 where they agree", async () => {
    expect(await at.run("mode")).toBe(0)
    const told = said(at.said.out)
    expect(told).toContain("smart-0dte testing, active, since 2026-01-01T00:00:00Z")
    expect(told).toContain(`smart-0dte on ${trader()} testing, trading active, the trader, gateway paper`)
    expect(told).toContain(`smart-0dte on ${on.nodes[1]} nothing that trades runs, not the trader, no gateway`)
    expect(told).toContain("record and nodes agree")
  })

  it("ends with 1 where a node runs in another mode than the record says", async () => {
    Object.assign(standing("smart-0dte"), runs("live"))
    expect(await at.run("mode --system smart-0dte")).toBe(1)
    expect(said(at.said.out)).toContain(`smart-0dte on ${trader()}: runs in live, and the record says testing`)
    expect(said(at.said.out)).toContain("smart0dte halt --env poc")
  })

  it("ends with 1 where a node is silent, and names it", async () => {
    on.sandbox.world.faults.set([{ name: "agent", operation: `agent:${trader()}` }])
    expect(await at.run("mode --system smart-0dte --output json")).toBe(1)
    const summary = at.lines().at(-1)
    expect(summary).toMatchObject({ type: "summary", epoch: 1 })
    expect(JSON.stringify(summary)).toContain(`smart-0dte on ${trader()}: not known`)
  })
})

describe("history", () => {
  it("shows what was done, the newest first, and no more than asked for", async () => {
    await at.run("halt --env poc --system mag7-7dte")
    await at.run("resume --system mag7-7dte")
    at.said.out = ""
    expect(await at.run("history --limit 3 --output json")).toBe(0)
    const rows = at.lines().filter(({ type }) => type === "history")
    expect(rows).toHaveLength(3)
    expect(rows.map(({ event }) => event).toSorted()).toEqual(["halt-end", "resume-begin", "resume-done"])
    at.said.out = ""
    expect(await at.run("history")).toBe(0)
    expect(said(at.said.out)).toContain("halt: mag7-7dte")
    expect(said(at.said.out)).toContain("4 events")
  })

  it.each(["0", "1001", "x", "-1"])("takes no limit of %s", async (limit) => {
    expect(await at.run(`history --limit=${limit}`)).toBe(2)
  })
})
