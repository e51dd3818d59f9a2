import { readFile } from "node:fs/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { digestOf, keptTrader, type Trader, trader } from "./trader.ts"
import { account, another, live } from "./trader-node.ts"

const backend = "smart-0dte.backend"

let before: Trader
let after: Trader

beforeAll(async () => {
  before = await keptTrader()
  await before.run("start", "smart-0dte")
  expect(await before.container(backend)).toMatchObject({ up: true })
  after = await keptTrader(before)
  await after.run("halt", "smart-0dte", "no")
  await after.record(2)
}, 60_000)
afterAll(() => Promise.all([before, after].map((one) => one.remove())))

async function running(setting = "") {
  const on = await trader(before)
  if (setting !== "") await on.setting(setting)
  return on
}

describe("a halt", { timeout: 30_000 }, () => {
  it("stops what trades and nothing else, and holds until it is resumed", async () => {
    const on = await running()
    const { code, said } = await on.tell("halt", "smart-0dte", "no")
    expect([code, said.trading, said.latch]).toEqual([0, "stopped", "yes"])
    expect(await on.container(backend)).toMatchObject({ up: false })
    expect(await on.container("smart-0dte.frontend")).toMatchObject({ up: true })
    expect(await on.container("smart0dte-gateway-paper.gateway")).toMatchObject({ up: true })
    expect(await on.latch()).toBe("1\n")
    expect(await on.mark("trades")).toBeUndefined()
    await on.run("start", "smart-0dte")
    expect(await on.container(backend)).toMatchObject({ up: false })
  })

  it("needs neither record nor marker, and then nothing but a later epoch takes it away", async () => {
    const on = await running()
    await on.trouble("silence")
    const { code, said } = await on.tell("halt", "smart-0dte", "no")
    expect([code, said.trading, said.latch, said.marker]).toEqual([0, "stopped", "yes", "unknown"])
    expect(await on.latch()).toBe("")
    await on.trouble("")
    await on.record(9)
    expect((await on.tell("resume", "smart-0dte", "9")).code).toBe(1)
    await on.run("watch")
    expect(await on.latch()).toBe("9\n")
  })

  it("waits for nobody who is at the system", async () => {
    const on = await running()
    await on.lock()
    expect((await on.tell("halt", "smart-0dte", "no")).said.trading).toBe("stopped")
  })

  it.each([
    ["stops containers", ""],
    ["lets them halt by themselves", "command.halt=exit 0\n"],
  ])("that %s leaves them marked as trading where somebody is at the system", async (_what, setting) => {
    const on = await running(setting)
    await on.lock()
    expect((await on.tell("halt", "smart-0dte", "no")).code).toBe(0)
    expect(await on.mark("trades")).toBe("development 1\n")
    await on.run("watch")
    expect(await on.container(backend)).toMatchObject({ up: false })
  })

  it("says so where something goes on trading", async () => {
    const on = await running()
    await on.world_("unstoppable", "yes")
    const { code, err, said } = await on.tell("halt", "smart-0dte", "no")
    expect([code, err, said.trading, said.latch]).toEqual([
      1,
      expect.stringContaining("could not be stopped"),
      "active",
      "yes",
    ])
  })

  it("stops the gateway, too, where it is to, and not one that another system uses", async () => {
    const on = await running()
    expect((await on.tell("halt", "smart-0dte", "yes")).said.gateways).toBe("paper")
    await on.record(2, { "mag7-7dte": { trading: "halted" } })
    expect((await on.tell("halt", "smart-0dte", "yes")).said.gateways).toBe("")
  })

  it("by a system's own command leaves it to watch its positions", async () => {
    const on = await running('command.halt=printf "%s" "$SMART0DTE_CONTAINER" >"$WORLD/halted"\n')
    const { code, said } = await on.tell("halt", "smart-0dte", "no")
    expect([code, said.latch, said.trading]).toEqual([0, "yes", "kept"])
    expect(await readFile(`${on.world}/halted`, "utf8")).toBe(backend)
    await on.run("watch")
    expect(await on.container(backend)).toMatchObject({ up: true })
    // What starts again knows of no halt.
    await on.world_(`docker/${backend}/started`, "later\n")
    await on.run("watch")
    expect(await on.container(backend)).toMatchObject({ up: false })
  })

  it("stops what cannot halt by itself", async () => {
    const on = await running("command.halt=exit 3\n")
    expect((await on.tell("halt", "smart-0dte", "no")).said.trading).toBe("stopped")
  })
})

describe("a marker", { timeout: 30_000 }, () => {
  it.each([
    ["unknown", "nobody ever made", (on: Trader) => on.noMarker()],
    ["unknown", "says nothing that is known", (on: Trader) => on.marker("clearly")],
    ["halt", "says halt", (on: Trader) => on.marker("halt")],
    ["clear", "says clear", () => undefined],
  ])("is told as %s that %s", async (word, _what, change) => {
    const on = await running()
    await change(on)
    expect((await on.tell("compose", "smart-0dte", "mode")).said.marker).toBe(word)
  })
})

describe("a resume", { timeout: 30_000 }, () => {
  it("takes the halt away that was before its epoch", async () => {
    const on = await trader(after)
    const { code, said } = await on.tell("resume", "smart-0dte", "2")
    expect([code, said.latch, said.trading, said.mode]).toEqual([0, "no", "active", "development"])
    expect(await on.latch()).toBeUndefined()
  })

  it.each([
    ["another epoch", (on: Trader) => on.record(3)],
    ["the epoch of the halt", (on: Trader) => on.putLatch("2\n")],
    ["an epoch before the halt", (on: Trader) => on.putLatch("3\n")],
    ["a halt that nobody knows the epoch of", (on: Trader) => on.putLatch("")],
    ["a halt that is no number", (on: Trader) => on.putLatch("1; true\n")],
    ["a record that says halted", (on: Trader) => on.record(2, { "smart-0dte": { trading: "halted" } })],
    ["a live system", (on: Trader) => on.record(2, { "smart-0dte": live })],
    ["a marker that says halt", (on: Trader) => on.marker("halt")],
    ["no marker", (on: Trader) => on.noMarker()],
    ["a marker that says nothing", (on: Trader) => on.marker("")],
    ["no record", (on: Trader) => on.noRecord()],
    ["a bucket that cannot be asked", (on: Trader) => on.trouble("403")],
  ])("is refused for %s", async (_what, change) => {
    const on = await trader(after)
    await change(on)
    const { code, said } = await on.tell("resume", "smart-0dte", "2")
    expect([code, said.latch, said.trading]).toEqual([1, "yes", "stopped"])
    expect(await on.latch()).toBeDefined()
  })

  it("on a node that is not the trader starts nothing that trades", async () => {
    const on = await trader(after)
    await on.record(2, { "smart-0dte": { trader: another } })
    const { code, said } = await on.tell("resume", "smart-0dte", "2")
    expect([code, said.trading]).toEqual([0, "stopped"])
  })
})

describe("a switch to paper", { timeout: 30_000 }, () => {
  it("makes containers anew with the variables of the mode", async () => {
    const on = await running()
    await on.record(2, { "smart-0dte": { mode: "testing" } })
    const { code, said } = await on.tell("switch", "paper", "smart-0dte", "2")
    expect([code, said.mode, said.gateway, said.gateways, said.epoch]).toEqual([0, "testing", "paper", "paper", "2"])
  })

  it.each([
    ["another epoch", (on: Trader) => on.record(3)],
    ["a record that says live", (on: Trader) => on.record(2, { "smart-0dte": live })],
    ["no record", (on: Trader) => on.noRecord()],
  ])("is refused for %s, and changes nothing", async (_what, change) => {
    const on = await running()
    await change(on)
    const { code, said } = await on.tell("switch", "paper", "smart-0dte", "2")
    expect([code, said.mode, said.trading]).toEqual([1, "development", "active"])
  })

  it("respects a halt", async () => {
    const on = await running()
    await on.run("halt", "smart-0dte", "no")
    await on.record(2, { "smart-0dte": { mode: "testing" } })
    const { code, said } = await on.tell("switch", "paper", "smart-0dte", "2")
    expect([code, said.trading, said.latch]).toEqual([0, "stopped", "yes"])
    expect((await on.container("smart-0dte.frontend"))?.variables).toContain("TRADING_MODE=testing")
  })

  it("takes the live gateway away that nobody trades through any more", async () => {
    const on = await running()
    await on.admit()
    await on.login(4003, account)
    await on.tell("switch", "live", "smart-0dte", "prepare", "1", "")
    const digest = await digestOf(on)
    await on.record(2, { "smart-0dte": { ...live, digest } })
    expect((await on.tell("switch", "live", "smart-0dte", "activate", "2", digest)).said.mode).toBe("live")
    await on.record(3, { "smart-0dte": { mode: "testing" } })
    const { said } = await on.tell("switch", "paper", "smart-0dte", "3")
    expect([said.mode, said.gateway, said.gateways]).toEqual(["testing", "paper", "paper"])
  })
})
