import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { keptTrader, type Trader, trader } from "./trader.ts"
import { live } from "./trader-node.ts"

const backend = "smart-0dte.backend"
const frontend = "smart-0dte.frontend"

let before: Trader

beforeAll(async () => {
  before = await keptTrader()
  await before.run("start", "smart-0dte")
  expect(await before.container(backend)).toMatchObject({ up: true })
  for (const name of [backend, frontend]) await before.world_(`docker/${name}/status`, "exited\n")
}, 60_000)
afterAll(() => before.remove())

/** Why a system may not trade. */
const reasons: readonly (readonly [string, (on: Trader) => unknown])[] = [
  ["it is halted on the node", (on) => on.putLatch("1\n")],
  ["the record says halted", (on) => on.record(2, { "smart-0dte": { trading: "halted" } })],
  ["the record cannot be read", (on) => on.trouble("silence")],
  ["it is live, and was not activated here", (on) => on.record(2, { "smart-0dte": live })],
]

describe.each(["start", "restart"])("to %s by hand", { timeout: 30_000 }, (verb) => {
  it.each(reasons)("what trades is refused where %s", async (_what, change) => {
    const on = await trader(before)
    await change(on)
    const { code, err } = await on.run("compose", "smart-0dte", verb, "backend")
    expect([code, err]).toEqual([1, expect.stringContaining("backend of smart-0dte trades, and may not")])
    expect(await on.container(backend)).toMatchObject({ up: false })
  })

  it("a halted system starts the services alone that do not trade", async () => {
    const on = await trader(before)
    await on.putLatch("1\n")
    const { code, err } = await on.run("compose", "smart-0dte", verb, "none")
    expect([code, err]).toEqual([0, expect.stringContaining("smart-0dte trades nothing")])
    expect(await on.container(backend)).toMatchObject({ up: false })
    expect(await on.container(frontend)).toMatchObject({ up: true })
  })

  it("another service of a halted system starts that one alone", async () => {
    const on = await trader(before)
    await on.putLatch("1\n")
    expect((await on.run("compose", "smart-0dte", verb, "frontend")).code).toBe(0)
    expect(await on.container(backend)).toMatchObject({ up: false })
    expect(await on.container(frontend)).toMatchObject({ up: true })
  })

  it("what may trade starts it, and marks it for the watch", async () => {
    const on = await trader(before)
    await on.record(3)
    expect((await on.run("compose", "smart-0dte", verb, "backend")).code).toBe(0)
    expect(await on.container(backend)).toMatchObject({ up: true })
    expect(await on.mark("trades")).toBe("development 3\n")
  })

  it("is stopped again by a halt that comes meanwhile", async () => {
    const on = await trader(before)
    await on.meanwhile(
      `mkdir -p "$SMART0DTE_ROOT/var/lib/smart0dte/trading"; : >"$SMART0DTE_ROOT/var/lib/smart0dte/trading/smart-0dte.halted"`,
    )
    const { code, err } = await on.run("compose", "smart-0dte", verb, "backend")
    expect([code, err]).toEqual([1, expect.stringContaining("was halted meanwhile")])
    expect(await on.container(backend)).toMatchObject({ up: false })
  })
})
