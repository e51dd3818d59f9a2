import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { scripts } from "./bash.ts"
import { digestOf, keptTrader, type Trader, trader } from "./trader.ts"
import { account, live } from "./trader-node.ts"

const backend = "smart-0dte.backend"
const gateway = "smart0dte-gateway-live.gateway"
const phase = (on: Trader, name: string, epoch: number, digest = "") =>
  on.tell("switch", "live", "smart-0dte", name, String(epoch), digest)

let ready: Trader
let prepared: Trader
let digest = ""

beforeAll(async () => {
  ready = await keptTrader()
  await ready.run("start", "smart-0dte")
  await ready.admit()
  await ready.login(4003, account)
  digest = await digestOf(ready)
  prepared = await keptTrader(ready)
  await phase(prepared, "prepare", 1)
  await prepared.record(2, { "smart-0dte": { ...live, digest } })
  expect(await prepared.mark("prepared")).toBe("1\n")
}, 60_000)
afterAll(() => Promise.all([ready, prepared].map((one) => one.remove())))

const isReadOnly = async (on: Trader) => (await on.container(gateway))?.variables.includes("READ_ONLY_API=yes")

describe("preparing", { timeout: 30_000 }, () => {
  it("fails where something goes on trading, and starts no gateway", async () => {
    const on = await trader(ready)
    await on.world_("unstoppable", "yes")
    const { code, err } = await phase(on, "prepare", 1)
    expect([code, err]).toEqual([1, expect.stringContaining("could not be stopped")])
    expect([await on.container(gateway), await on.mark("prepared")]).toEqual([undefined, undefined])
  })

  it("is in vain where a halt comes while it stops what trades", async () => {
    const on = await trader(ready)
    await on.whileStopping(`rm "$WORLD/stopping"; ${join(scripts, "node.sh")} halt smart-0dte no >/dev/null`)
    const { code, err } = await phase(on, "prepare", 1)
    expect([code, err]).toEqual([1, expect.stringContaining("was halted meanwhile")])
    expect([await on.container(gateway), await on.mark("prepared")]).toEqual([undefined, undefined])
  })
})

describe("activating", { timeout: 30_000 }, () => {
  it.each([
    ["the record cannot be read", "cannot be read", (on: Trader) => on.noRecord()],
    [
      "the record says halted",
      "live/halted",
      (on: Trader) => on.record(2, { "smart-0dte": { ...live, digest, trading: "halted" } }),
    ],
    [
      "the record is on paper",
      "testing/active",
      (on: Trader) => on.record(2, { "smart-0dte": { ...live, digest, mode: "testing" } }),
    ],
    [
      "the record names no account",
      "names no account",
      (on: Trader) => on.record(2, { "smart-0dte": { ...live, digest, account: "" } }),
    ],
    ["it was halted on the node", "was halted on this node", (on: Trader) => on.putLatch("2\n")],
  ])("lets the gateway take no orders where %s", async (_what, words, change) => {
    const on = await trader(prepared)
    await change(on)
    const { code, err } = await phase(on, "activate", 2, digest)
    expect([code, err]).toEqual([1, expect.stringContaining(words)])
    expect(await isReadOnly(on)).toBe(true)
  })

  it("says that nobody is logged in, and not that another account is", async () => {
    const on = await trader(prepared)
    await on.login(4003, "")
    expect((await phase(on, "activate", 2, digest)).err).toContain("is not logged in")
  })

  it("looks at the record again when the gateway is logged in", async () => {
    const on = await trader(prepared)
    await on.meanwhile(
      `if [[ $1 == ${gateway} ]]; then sed -i 's/^smart-0dte.trading=.*/smart-0dte.trading=halted/' "$WORLD/objects/trading/poc/record"; fi`,
    )
    const { code, err } = await phase(on, "activate", 2, digest)
    expect([code, err]).toEqual([1, expect.stringContaining("live/halted")])
    expect(await on.container(backend)).toMatchObject({ up: false })
  })
})

describe("deactivating", { timeout: 30_000 }, () => {
  it("says so where something goes on trading", async () => {
    const on = await trader(ready)
    await on.world_("unstoppable", "yes")
    const { code, err } = await phase(on, "deactivate", 1)
    expect([code, err]).toEqual([1, expect.stringContaining("could not be stopped")])
  })

  it("says so where the live gateway stays", async () => {
    const on = await trader(prepared)
    await on.world_("unstoppable", "yes")
    const { code, err } = await phase(on, "deactivate", 2)
    expect([code, err]).toEqual([1, expect.stringContaining("the live gateway could not be removed")])
  })
})
