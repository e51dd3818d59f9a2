import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { digestOf, keptTrader, type Trader, trader } from "./trader.ts"
import { account, another, live, type System } from "./trader-node.ts"

const gateway = "smart0dte-gateway-live.gateway"
const halted = { ...live, trading: "halted" } as const

let traded: Trader

beforeAll(async () => {
  traded = await keptTrader()
  await traded.run("start", "smart-0dte")
  await traded.admit()
  await traded.login(4003, account)
  await traded.tell("switch", "live", "smart-0dte", "prepare", "1", "")
  const digest = await digestOf(traded)
  await traded.record(2, { "smart-0dte": { ...live, digest } })
  expect((await traded.tell("switch", "live", "smart-0dte", "activate", "2", digest)).code).toBe(0)
}, 60_000)
afterAll(() => traded.remove())

const restart = (on: Trader, system: System = "smart-0dte") => on.tell("compose", system, "gateway-restart")

describe("a gateway that is made anew by hand", { timeout: 30_000 }, () => {
  it("takes orders where its system trades live", async () => {
    const on = await trader(traded)
    const { code, said } = await restart(on)
    expect([code, said.readOnly, said.trading]).toEqual([0, "no", "active"])
    expect(await on.calls("docker")).toMatch(/smart0dte-gateway-live .* up -d --force-recreate/)
  })

  it.each([
    ["was halted", (on: Trader) => on.run("halt", "smart-0dte", "no")],
    ["was activated under another epoch", (on: Trader) => on.record(3, { "smart-0dte": live })],
  ])("takes none where its system %s", async (_what, change) => {
    const on = await trader(traded)
    await change(on)
    const { code, said } = await restart(on)
    expect([code, said.readOnly]).toEqual([0, "yes"])
  })

  it.each([
    ["the record cannot be read", "cannot be read", (on: Trader) => on.trouble("silence")],
    [
      "another node is the trader",
      `names ${another} as the trader`,
      (on: Trader) => on.record(2, { "smart-0dte": { ...live, trader: another } }),
    ],
  ])("is refused where %s, and stays as it is", async (_what, words, change) => {
    const on = await trader(traded)
    await change(on)
    const { code, err } = await restart(on)
    expect([code, err]).toEqual([1, expect.stringContaining(words)])
    expect(await on.calls("docker")).not.toContain("--force-recreate")
  })

  it("is refused for a system that trades nothing while another trades live through it", async () => {
    const on = await trader(traded)
    await on.record(2, { "smart-0dte": live, "mag7-7dte": halted })
    const { code, err } = await restart(on, "mag7-7dte")
    expect([code, err]).toEqual([1, expect.stringContaining("another system trades live through the same gateway")])
    expect(await on.calls("docker")).not.toContain("--force-recreate")
    expect((await on.container(gateway))?.variables).toContain("READ_ONLY_API=no")
  })
})

describe("the live gateway", { timeout: 30_000 }, () => {
  it.each([
    ["the machine was started anew", (on: Trader) => on.boot()],
    ["it was halted", (on: Trader) => on.run("halt", "smart-0dte", "no")],
  ])("is taken away where a live system is started after %s", async (_what, change) => {
    const on = await trader(traded)
    await change(on)
    expect(await on.container(gateway)).toBeDefined()
    expect((await on.run("start", "smart-0dte")).code).toBe(0)
    expect(await on.container(gateway)).toBeUndefined()
  })

  it.each([
    ["testing", { mode: "testing" }],
    ["halted", halted],
  ] as const)("is taken away with what trades where the record says %s", async (_what, given) => {
    const on = await trader(traded)
    await on.record(3, { "smart-0dte": given })
    await on.run("watch")
    expect(await on.container(gateway)).toBeUndefined()
    expect(await on.container("smart-0dte.backend")).toMatchObject({ up: false })
  })

  it("stays where another system trades live through it", async () => {
    const on = await trader(traded)
    await on.putMark("trades", "live 2", "mag7-7dte")
    await on.record(3, { "smart-0dte": halted, "mag7-7dte": live })
    await on.run("watch")
    expect(await on.container(gateway)).toMatchObject({ up: true })
    expect(await on.container("smart-0dte.backend")).toMatchObject({ up: false })
  })

  it("stays where its system is started again, and where the other one is", async () => {
    const on = await trader(traded)
    for (const system of ["smart-0dte", "mag7-7dte"] as const) {
      expect((await on.run("start", system)).code).toBe(0)
      expect(await on.container(gateway)).toMatchObject({ up: true })
      expect(await on.container("smart-0dte.backend")).toMatchObject({ up: true })
    }
  })
})
