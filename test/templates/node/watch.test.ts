import { readFile } from "node:fs/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { keptTrader, type Trader, trader } from "./trader.ts"
import { another, live } from "./trader-node.ts"

const backend = "smart-0dte.backend"

let both: Trader
let one: Trader

beforeAll(async () => {
  both = await keptTrader()
  await both.run("start", "smart-0dte")
  await both.run("start", "mag7-7dte")
  one = await keptTrader()
  await one.record(7, { "smart-0dte": live })
  await one.putMark("booted", "yes")
  await one.putMark("trades", "live 7")
  await one.run("start", "smart-0dte")
  expect(await one.container(backend)).toMatchObject({ up: true, network: "smart0dte-gateway-live-smart-0dte" })
}, 60_000)
afterAll(() => Promise.all([both, one].map((each) => each.remove())))

const running = () => trader(both)
const runningLive = () => trader(one)

describe("a node that looks at the marker", { timeout: 30_000 }, () => {
  it("halts the system that it names, and reports it", async () => {
    const on = await running()
    await on.marker("halt")
    const { code, out } = await on.run("watch")
    expect([code, out]).toEqual([0, ""])
    expect(await on.container(backend)).toMatchObject({ up: false })
    expect(await on.container("mag7-7dte.backend")).toMatchObject({ up: true })
    expect(await on.latch()).toBe("1\n")
    expect(JSON.parse((await on.parameter("state/trading/smart-0dte")) ?? "")).toMatchObject({
      latch: "yes",
      trading: "stopped",
    })
  })

  it("believes a halt of which it reads no more than the word", async () => {
    const on = await running()
    await on.marker("halted, and by whom")
    await on.run("watch")
    expect(await on.container(backend)).toMatchObject({ up: false })
  })

  it.each(["clear", "unknown"])("leaves alone what runs where it is %s", async (word) => {
    const on = await running()
    await on.marker(word)
    await on.run("watch")
    expect(await on.container(backend)).toMatchObject({ up: true })
    expect(await on.latch()).toBeUndefined()
  })

  it("looks at the other system, too, when one cannot be halted", async () => {
    const on = await running()
    await on.marker("halt")
    await on.marker("halt", "mag7-7dte")
    await on.world_("unstoppable", "yes")
    const { code, err } = await on.run("watch")
    expect([code, err]).toEqual([0, expect.stringMatching(/smart-0dte could not be stopped/)])
    expect([await on.latch(), await on.latch("mag7-7dte")]).toEqual(["1\n", "1\n"])
  })
})

describe("a node that looks while somebody is at a system", { timeout: 30_000 }, () => {
  it("stops again what was started meanwhile", async () => {
    const on = await running()
    await on.lock()
    await on.marker("halt")
    await on.run("watch")
    expect(await on.mark("trades")).toBe("development 1\n")
    await on.world_(`docker/${backend}/status`, "running\n")
    await on.run("watch")
    expect(await on.container(backend)).toMatchObject({ up: false })
  })

  it("stops for good what was started under a halt, once nobody is at it", async () => {
    const on = await running()
    await on.putLatch("1\n")
    await on.run("watch")
    expect(await on.container(backend)).toMatchObject({ up: false })
    expect(await on.mark("trades")).toBeUndefined()
  })

  it("leaves what trades marked by the record, too, as long as somebody is at it", async () => {
    const on = await running()
    await on.record(2, { "smart-0dte": { trading: "halted" } })
    await on.lock()
    await on.run("watch")
    expect(await on.container(backend)).toMatchObject({ up: false })
    expect(await on.mark("trades")).toBe("development 1\n")
  })

  it("leaves to whoever is at it what was prepared", async () => {
    const on = await trader()
    await on.putMark("prepared", "1")
    await on.age("prepared", 22)
    await on.lock()
    await on.run("watch")
    expect([await on.mark("prepared"), await on.calls("systemctl")]).toEqual(["1\n", ""])
  })

  it.each([
    ["the marker", (on: Trader) => on.marker("halt")],
    ["the record", (on: Trader) => on.record(2, { "smart-0dte": { trading: "halted" } })],
  ])("lets nobody at it while it stops what trades by %s", async (_what, change) => {
    const on = await running()
    await change(on)
    await on.whileStopping('flock -n "$SMART0DTE_ROOT/run/smart0dte/smart-0dte.lock" true; echo $? >"$WORLD/taken"')
    await on.run("watch")
    expect(await readFile(`${on.world}/taken`, "utf8")).toBe("1\n")
    expect(await on.mark("trades")).toBeUndefined()
  })
})

describe("a node that looks at the record", { timeout: 30_000 }, () => {
  it("stops what trades live where it says testing, with its gateway, and lets it be started there", async () => {
    const on = await runningLive()
    await on.record(8, { "smart-0dte": { mode: "testing" } })
    await on.run("watch")
    expect(await on.container(backend)).toMatchObject({ up: false })
    expect([await on.mark("trades"), await on.latch()]).toEqual([undefined, undefined])
  })

  it.each([
    ["says halted", { ...live, trading: "halted" }],
    ["names another node", { ...live, trader: another }],
  ] as const)("stops what trades live where it %s, and holds it", async (_what, given) => {
    const on = await runningLive()
    await on.record(8, { "smart-0dte": given })
    await on.run("watch")
    expect(await on.container(backend)).toMatchObject({ up: false })
    expect(await on.mark("trades")).toBeUndefined()
    expect(await on.latch()).toBe("8\n")
  })

  it("stops what trades on paper where it says live", async () => {
    const on = await running()
    await on.record(2, { "smart-0dte": live })
    await on.run("watch")
    expect(await on.container(backend)).toMatchObject({ up: false })
    expect(await on.container("mag7-7dte.backend")).toMatchObject({ up: true })
  })

  it.each(["403", "500", "silence"])("leaves alone what runs where the bucket answers %s", async (trouble) => {
    const on = await runningLive()
    await on.trouble(trouble)
    await on.run("watch")
    expect(await on.container(backend)).toMatchObject({ up: true })
    expect(await on.mark("trades")).toBe("live 7\n")
  })

  it("leaves alone what was started by a newer one than it has read", async () => {
    const on = await runningLive()
    await on.record(8, { "smart-0dte": { ...live, trading: "halted" } })
    await on.onceAsked(
      `[[ $1 != */record ]] || echo "live 9" >"$SMART0DTE_ROOT/run/smart0dte/trading/smart-0dte.trades"`,
    )
    await on.run("watch")
    expect(await on.container(backend)).toMatchObject({ up: true })
    expect([await on.mark("trades"), await on.latch()]).toEqual(["live 9\n", undefined])
  })

  it("leaves alone what it agrees with, also when the epoch grew for another system", async () => {
    const on = await runningLive()
    await on.record(9, { "smart-0dte": live, "mag7-7dte": { mode: "testing" } })
    await on.run("watch")
    expect(await on.container(backend)).toMatchObject({ up: true })
  })

  it("starts again what no record let start, once there is one", async () => {
    const on = await trader()
    await on.trouble("silence", "trading/poc/record")
    await on.run("start", "smart-0dte")
    await on.run("watch")
    expect(await on.calls("systemctl")).toBe("")
    await on.trouble("")
    await on.run("watch")
    await on.run("watch")
    expect(await on.calls("systemctl")).toBe("start --no-block smart0dte-again@smart-0dte.service\n")
  })
})

describe("a node that was prepared, and then heard nothing", { timeout: 30_000 }, () => {
  const prepared = async () => {
    const on = await trader()
    await on.run("start", "smart-0dte")
    await on.admit()
    await on.login(4003, "U1234567")
    await on.tell("switch", "live", "smart-0dte", "prepare", "1", "")
    expect(await on.container("smart0dte-gateway-live.gateway")).toMatchObject({ up: true })
    return on
  }
  const isBack = async (on: Trader) => (await on.container("smart0dte-gateway-live.gateway")) === undefined

  it("goes back after twenty minutes, and not before", async () => {
    const on = await prepared()
    await on.age("prepared", 18)
    await on.run("watch")
    expect(await isBack(on)).toBe(false)
    await on.age("prepared", 22)
    await on.run("watch")
    expect(await isBack(on)).toBe(true)
    expect(await on.mark("prepared")).toBeUndefined()
    expect(await on.calls("systemctl")).toBe("start --no-block smart0dte-again@smart-0dte.service\n")
  })

  it("stays where the record says live, or cannot be read", async () => {
    const on = await prepared()
    await on.age("prepared", 60)
    await on.trouble("500")
    await on.run("watch")
    await on.trouble("")
    await on.record(2, { "smart-0dte": live })
    await on.run("watch")
    expect(await isBack(on)).toBe(false)
  })
})
