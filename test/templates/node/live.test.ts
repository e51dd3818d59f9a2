import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { scripts } from "./bash.ts"
import { digestOf, keptTrader, type Trader, trader } from "./trader.ts"
import { account, another, live, me } from "./trader-node.ts"

const backend = "smart-0dte.backend"
const gateway = "smart0dte-gateway-live.gateway"
const halt = join(scripts, "node.sh halt")
const phase = (on: Trader, name: string, epoch: number, digest = "") =>
  on.tell("switch", "live", "smart-0dte", name, String(epoch), digest)

// Brought as far as most of what follows begins, once.
let ready: Trader
let prepared: Trader
let traded: Trader
let digest = ""

beforeAll(async () => {
  ready = await keptTrader()
  await ready.record(4, { "smart-0dte": { mode: "testing" } })
  await ready.run("start", "smart-0dte")
  await ready.admit()
  await ready.login(4003, account)
  prepared = await keptTrader(ready)
  await phase(prepared, "prepare", 4)
  digest = await digestOf(prepared)
  await prepared.record(5, { "smart-0dte": { ...live, digest } })
  traded = await keptTrader(prepared)
  expect((await phase(traded, "activate", 5, digest)).code).toBe(0)
}, 60_000)
afterAll(() => Promise.all([ready, prepared, traded].map((one) => one.remove())))

const notLive = async (on: Trader) => {
  const container = await on.container(backend)
  expect(container?.up === true && container.variables.includes("production")).toBe(false)
}

describe("the way to live", { timeout: 30_000 }, () => {
  it("stops what trades, and has the live gateway up without orders", async () => {
    const on = await trader(ready)
    const { code, said } = await phase(on, "prepare", 4)
    expect(code).toBe(0)
    expect(said).toMatchObject({
      node: me,
      epoch: "4",
      record: "testing/active",
      mode: "none",
      trading: "stopped",
      trader: "yes",
      gateways: "live paper",
      readOnly: "yes",
      account,
      limits: "1000/5000/10",
      credentials: "yes",
      marker: "clear",
      latch: "no",
      clock: "-0.000012345",
    })
    expect(await on.container(gateway)).toMatchObject({
      up: true,
      network: "smart0dte-gateway-live-smart-0dte\nsmart0dte-gateway-live-mag7-7dte",
    })
    expect(await on.mark("prepared")).toBe("4\n")
  })

  it("is gone to its end once the record says live, and read back from what runs", async () => {
    const on = await trader(prepared)
    expect((await phase(on, "verify", 4)).code).toBe(0)
    const { code, err, said } = await phase(on, "activate", 5, digest)
    expect([code, err]).toEqual([0, expect.any(String)])
    const proof = { mode: "live", trading: "active", gateway: "live", readOnly: "no", account, digest, epoch: "5" }
    expect(said).toMatchObject({ ...proof, record: "live/active", healthy: "yes", data: "yes" })
    expect((await phase(on, "prove", 5)).said).toMatchObject(proof)
    expect(await on.mark("trades")).toBe("live 5\n")
    expect(await on.mark("prepared")).toBeUndefined()
    // It is written down where status looks.
    expect(JSON.parse((await on.parameter("state/trading/smart-0dte")) ?? "")).toMatchObject({
      ...proof,
      phase: "ready",
    })
  })

  it("leaves no secret but in files for the gateway, which go with it", async () => {
    const on = await trader(traded)
    const password = join(on.root, "run/smart0dte/gateway/live/password")
    expect(await readFile(password, "utf8")).toBe("livepassword99")
    const calls = (await Promise.all(["docker", "curl"].map((name) => on.calls(name)))).join("")
    expect(calls).not.toMatch(/livepassword99|liveuser|secretkey99|token99/)
    expect((await on.container(gateway))?.variables).not.toContain("livepassword99")
    await phase(on, "deactivate", 5)
    expect(await filesWith(on.root, "livepassword99")).toEqual([])
  })

  it("is taken back to what the record says", async () => {
    const on = await trader(prepared)
    await on.record(6, { "smart-0dte": { mode: "testing" } })
    const { code, said } = await phase(on, "deactivate", 5)
    expect([code, said.mode, said.trading, said.gateways, said.latch]).toEqual([0, "testing", "active", "paper", "no"])
    expect(await on.container(gateway)).toBeUndefined()
  })

  it.each([
    ["says live", () => undefined],
    ["cannot be read", (on: Trader) => on.trouble("silence")],
  ])("is taken back to a halt where the record %s", async (_what, change) => {
    const on = await trader(traded)
    await change(on)
    const { code, said } = await phase(on, "deactivate", 5)
    expect([code, said.trading, said.latch, said.gateways]).toEqual([0, "stopped", "yes", "paper"])
  })
})

describe("preparing", { timeout: 30_000 }, () => {
  it.each([
    ["another epoch", (on: Trader) => on.record(3)],
    ["no record", (on: Trader) => on.noRecord()],
    ["a system that is live and active", (on: Trader) => on.record(4, { "smart-0dte": live })],
    ["a system that was halted on the node", (on: Trader) => on.putLatch("2\n")],
  ])("is refused for %s, and nothing is stopped", async (_what, change) => {
    const on = await trader(ready)
    await change(on)
    expect((await phase(on, "prepare", 4)).code).toBe(1)
    expect(await on.container(backend)).toMatchObject({ up: true })
    expect(await on.container(gateway)).toBeUndefined()
    expect(await on.mark("prepared")).toBeUndefined()
  })

  it.each([
    ["the credentials are not admitted", "could not be read", (on: Trader) => on.putSecret("broker-live/keys", "")],
    [
      "they are placeholders",
      "still placeholders",
      (on: Trader) => on.putSecret("broker-live/keys", "IBKR_USERNAME=unset\nIBKR_PASSWORD=unset\n"),
    ],
    ["no image is named", "names no image", (on: Trader) => on.putParameter("settings/gateway", "account=U1\n")],
    [
      "the image has no digest",
      "names no image",
      (on: Trader) => on.putParameter("settings/gateway", "image=ghcr.io/gnzsnz/ib-gateway:stable\n"),
    ],
    ["nobody logs in", "is not logged in", (on: Trader) => on.login(4003, "")],
  ])("fails where %s", async (_what, words, change) => {
    const on = await trader(ready)
    await change(on)
    const { code, err } = await phase(on, "prepare", 4)
    expect([code, err]).toEqual([1, expect.stringMatching(new RegExp(`${words}|has no line`))])
    expect(await on.mark("prepared")).toBeUndefined()
    await notLive(on)
  })

  it("is in vain where a halt comes before the second factor", async () => {
    const on = await trader(ready)
    await on.world_("account.4003", "")
    await on.meanwhile(
      `if [[ $1 == ${gateway} ]]; then rm "$WORLD/meanwhile"; ${halt} smart-0dte no >/dev/null; echo ${account} >"$WORLD/account.4003"; fi`,
    )
    const { code, err, said } = await phase(on, "prepare", 4)
    expect([code, err, said.latch]).toEqual([1, expect.stringContaining("was halted meanwhile"), "yes"])
    expect(await on.mark("prepared")).toBeUndefined()
  })

  it("of a node that is not the trader only stops", async () => {
    const on = await trader(ready)
    await on.record(4, { "smart-0dte": { mode: "testing", trader: another } })
    const { code, said } = await phase(on, "prepare", 4)
    expect([code, said.trader, said.trading]).toEqual([0, "no", "stopped"])
    expect(await on.container(gateway)).toBeUndefined()
  })

  it("leaves the gateway alone through which another system trades live", async () => {
    const on = await trader(traded)
    const started = await readFile(join(on.world, "docker", gateway, "started"), "utf8")
    const { code, said } = await on.tell("switch", "live", "mag7-7dte", "prepare", "5", "")
    expect([code, said.readOnly, said.account]).toEqual([0, "no", account])
    expect(await readFile(join(on.world, "docker", gateway, "started"), "utf8")).toBe(started)
    await on.tell("switch", "live", "mag7-7dte", "deactivate", "5", "")
    expect(await on.container(gateway)).toMatchObject({ up: true })
    expect(await on.container(backend)).toMatchObject({ up: true })
  })
})

describe("activating", { timeout: 30_000 }, () => {
  it.each([
    ["the epoch has moved on", (on: Trader) => on.record(6, { "smart-0dte": { ...live, digest } })],
    ["the record cannot be read", (on: Trader) => on.trouble("500")],
    ["the record says testing", (on: Trader) => on.record(5, { "smart-0dte": { mode: "testing" } })],
    ["the record says halted", (on: Trader) => on.record(5, { "smart-0dte": { ...live, digest, trading: "halted" } })],
    [
      "another node is the trader",
      (on: Trader) => on.record(5, { "smart-0dte": { ...live, digest, trader: another } }),
    ],
    [
      "the record has another digest",
      (on: Trader) => on.record(5, { "smart-0dte": { ...live, digest: "f".repeat(64) } }),
    ],
    ["the record has no digest", (on: Trader) => on.record(5, { "smart-0dte": live })],
    ["the record names no account", (on: Trader) => on.record(5, { "smart-0dte": { ...live, digest, account: "" } })],
    [
      "the record names another account",
      (on: Trader) => on.record(5, { "smart-0dte": { ...live, digest, account: "U7654321" } }),
    ],
    ["another account is logged in", (on: Trader) => on.login(4003, `${account},U7654321`)],
    ["nobody is logged in any more", (on: Trader) => on.login(4003, "")],
    ["the marker says halt", (on: Trader) => on.marker("halt")],
    ["there is no marker", (on: Trader) => on.noMarker()],
    ["the marker says nothing that is known", (on: Trader) => on.marker("")],
    ["it was halted on the node", (on: Trader) => on.putLatch("5\n")],
    ["it was halted, and nobody knows when", (on: Trader) => on.putLatch("")],
    ["it was halted in a word that is no epoch", (on: Trader) => on.putLatch("4 or so\n")],
    ["it was prepared under another epoch", (on: Trader) => on.putMark("prepared", "3")],
    ["it was halted since it was prepared", (on: Trader) => on.run("halt", "smart-0dte", "no")],
    ["it was started anew since", (on: Trader) => on.boot()],
  ])("is refused where %s", async (_what, change) => {
    const on = await trader(prepared)
    await change(on)
    expect((await phase(on, "activate", 5, digest)).code).toBe(1)
    await notLive(on)
    expect(await on.mark("trades")).toBeUndefined()
  })

  it("is refused for other images than those that were confirmed", async () => {
    const on = await trader(prepared)
    await on.record(5, { "smart-0dte": { ...live, digest: "f".repeat(64) } })
    expect((await phase(on, "activate", 5, "f".repeat(64))).code).toBe(1)
    expect((await phase(on, "activate", 5)).code).toBe(1)
    await notLive(on)
  })

  it("is done once: a second time nothing is prepared", async () => {
    const on = await trader(traded)
    const { code, err } = await phase(on, "activate", 5, digest)
    expect([code, err]).toEqual([1, expect.stringContaining("was not prepared")])
    expect(await on.container(backend)).toMatchObject({ up: true })
  })

  it("is halted by a halt that comes while its containers are started", async () => {
    const on = await trader(prepared)
    await on.meanwhile(
      `if [[ $1 == ${backend} ]]; then mkdir -p "$SMART0DTE_ROOT/var/lib/smart0dte/trading"; : >"$SMART0DTE_ROOT/var/lib/smart0dte/trading/smart-0dte.halted"; fi`,
    )
    const { code, err } = await phase(on, "activate", 5, digest)
    expect([code, err]).toEqual([1, expect.stringContaining("was halted meanwhile")])
    expect(await on.container(backend)).toMatchObject({ up: false })
    expect(await on.latch()).toBeDefined()
  })

  it("stops again what does not get well", async () => {
    const on = await trader(prepared)
    await on.world_("sick", "frontend")
    const { code, err, said } = await phase(on, "activate", 5, digest)
    expect([code, err, said.trading]).toEqual([1, expect.stringContaining("frontend"), "stopped"])
    await notLive(on)
  })

  it("takes away a halt of before, so that a live system resumes", async () => {
    const on = await trader(prepared)
    await on.record(4, { "smart-0dte": { ...live, digest, trading: "halted" } })
    await on.putLatch("3\n")
    expect((await phase(on, "prepare", 4)).code).toBe(0)
    await on.record(5, { "smart-0dte": { ...live, digest } })
    const { code, said } = await phase(on, "activate", 5, digest)
    expect([code, said.mode, said.latch]).toEqual([0, "live", "no"])
  })
})

describe("deactivating", { timeout: 30_000 }, () => {
  it("that comes too late leaves alone what went live since", async () => {
    const on = await trader(traded)
    const { code, err } = await phase(on, "deactivate", 4)
    expect([code, err]).toEqual([1, expect.stringContaining("went live under the epoch 5")])
    expect(await on.container(backend)).toMatchObject({ up: true })
  })
})

describe("a halt that stops gateways, too", { timeout: 30_000 }, () => {
  const halted = { ...live, trading: "halted" } as const

  it.each([
    ["the record cannot be read", (on: Trader) => on.trouble("silence")],
    [
      "the record says halted of both, which this node has not followed yet",
      (on: Trader) => on.record(6, { "smart-0dte": halted, "mag7-7dte": halted }),
    ],
  ])("leaves alone the live one through which another system trades, where %s", async (_what, change) => {
    const on = await trader(traded)
    await change(on)
    expect((await on.tell("halt", "mag7-7dte", "yes")).code).toBe(0)
    expect(await on.container(gateway)).toMatchObject({ up: true })
    expect(await on.container(backend)).toMatchObject({ up: true })
  })

  it("stops the system's own, also while somebody is at the system", async () => {
    const on = await trader(traded)
    await on.lock()
    const { code, said } = await on.tell("halt", "smart-0dte", "yes")
    expect([code, said.trading, said.gateways]).toEqual([0, "stopped", "paper"])
  })
})

async function filesWith(root: string, text: string): Promise<readonly string[]> {
  const names = await readdir(root, { recursive: true, withFileTypes: true })
  const files = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")))
  return files.filter((_file, index) => texts[index]?.includes(text))
}
