import { readFile, writeFile } from "node:fs/promises"
import { describe, expect, it } from "vitest"
import { trader } from "./trader.ts"
import { account, another, live, me, recordOf } from "./trader-node.ts"

const backend = "smart-0dte.backend"
const frontend = "smart-0dte.frontend"

describe("a system that starts", { timeout: 30_000 }, () => {
  it("trades in the mode of the record, through the gateway of that mode", async () => {
    const on = await trader()
    await on.record(3, { "smart-0dte": { mode: "testing" } })
    expect(await on.run("start", "smart-0dte")).toMatchObject({ code: 0 })
    expect(await on.container(backend)).toMatchObject({ up: true, network: "smart0dte-gateway-paper-smart-0dte" })
    expect((await on.container(backend))?.variables).toContain("TRADING_MODE=testing\nIBKR_HOST=gateway-paper\n")
    expect((await on.container(frontend))?.variables).not.toContain("IBKR_HOST")
    expect(await on.container("smart0dte-gateway-paper.gateway")).toMatchObject({ up: true })
    expect(await on.container("smart0dte-gateway-live.gateway")).toBeUndefined()
    expect(await on.mark("trades")).toBe("testing 3\n")
  })

  it.each<[string, readonly string[]]>([
    ["paper", ["paper-smart-0dte"]],
    ["live", ["live-smart-0dte"]],
    ["none", []],
    ["mixed", ["paper-smart-0dte", "live-smart-0dte"]],
    ["mixed", ["paper-smart-0dte", "live-mag7-7dte"]],
    ["mixed", ["live-mag7-7dte"]],
  ])("is told to reach the gateway %s by the networks %j", async (gateway, networks) => {
    const on = await trader()
    await on.record(3, { "smart-0dte": { mode: "testing" } })
    expect(await on.run("start", "smart-0dte")).toMatchObject({ code: 0 })
    const lines = ["smart-0dte_default", ...networks.map((one) => `smart0dte-gateway-${one}`)]
    await on.world_(`docker/${backend}/network`, `${lines.join("\n")}\n`)
    expect((await on.tell("compose", "smart-0dte", "mode")).said.gateway).toBe(gateway)
  })

  it("makes the gateway's networks while no other system does", async () => {
    const on = await trader()
    await on.network(
      `[[ $2 != *gateway* ]] || ! flock -n "$SMART0DTE_ROOT/run/smart0dte/gateways.lock" true || echo "$2" >>"$WORLD/free"`,
    )
    expect((await on.run("start", "smart-0dte")).code).toBe(0)
    await expect(readFile(`${on.world}/free`, "utf8")).rejects.toThrow("ENOENT")
    expect(await on.calls("docker")).toContain("network inspect smart0dte-gateway-paper-mag7-7dte")
  })

  it.each([
    ["there is none", ""],
    ["it says nothing that is known", recordOf(1).replace("schema=1", "schema=2")],
  ])("trades nothing where the record cannot be read: %s", async (_what, raw) => {
    const on = await trader()
    if (raw === "") await on.noRecord()
    else await on.rawRecord(raw)
    const { code, err } = await on.run("start", "smart-0dte")
    expect({ code, err }).toMatchObject({ code: 0 })
    expect(await on.container(backend)).toBeUndefined()
    expect(await on.container(frontend)).toMatchObject({ up: true })
    expect(await on.mark("unread")).toBeDefined()
  })

  it.each(["403", "500", "silence"])(
    "trades nothing where the bucket answers %s, and leaves alone what runs",
    async (trouble) => {
      const on = await trader()
      expect((await on.run("start", "mag7-7dte")).code).toBe(0)
      await on.trouble(trouble)
      expect((await on.run("start", "smart-0dte")).code).toBe(0)
      expect((await on.run("start", "mag7-7dte")).code).toBe(0)
      expect(await on.container(backend)).toBeUndefined()
      expect(await on.container("mag7-7dte.backend")).toMatchObject({ up: true })
    },
  )

  it("leaves both gateways alone where the record cannot be read", async () => {
    const on = await trader()
    await on.admit()
    await on.login(4003, account)
    await on.tell("switch", "live", "smart-0dte", "prepare", "1", "")
    expect((await on.run("start", "mag7-7dte")).code).toBe(0)
    await on.run("halt", "smart-0dte", "no")
    await on.trouble("silence")
    expect((await on.run("start", "mag7-7dte")).code).toBe(0)
    expect(await on.container("smart0dte-gateway-live.gateway")).toMatchObject({ up: true })
    expect(await on.container("smart0dte-gateway-paper.gateway")).toMatchObject({ up: true })
  })

  it.each([
    ["another node is the trader", { trader: "i-0fedcba9876543210" }],
    ["nobody is the trader", { trader: "" }],
    ["the record says halted", { trading: "halted" }],
  ] as const)("trades nothing where %s, and what traded is stopped", async (_what, given) => {
    const on = await trader()
    expect((await on.run("start", "smart-0dte")).code).toBe(0)
    await on.record(2, { "smart-0dte": given })
    expect((await on.run("start", "smart-0dte")).code).toBe(0)
    expect(await on.container(backend)).toMatchObject({ up: false })
    expect(await on.container(frontend)).toMatchObject({ up: true })
    expect(await on.mark("trades")).toBeUndefined()
  })

  it("has no gateway where another node is the trader of all", async () => {
    const on = await trader()
    await on.record(2, { "smart-0dte": { trader: another }, "mag7-7dte": { trader: another } })
    expect((await on.run("start", "smart-0dte")).code).toBe(0)
    expect(await on.container("smart0dte-gateway-paper.gateway")).toBeUndefined()
  })

  it("trades nothing while a record that lacks it speaks of others only", async () => {
    const on = await trader()
    await on.rawRecord(recordOf(2).replaceAll(/^smart-0dte.*\n/gm, ""))
    expect((await on.run("start", "smart-0dte")).code).toBe(0)
    expect(await on.container(backend)).toBeUndefined()
  })

  it("trades nothing while the marker says halt, and trades where it says nothing", async () => {
    const on = await trader()
    await on.marker("halt")
    expect((await on.run("start", "smart-0dte")).code).toBe(0)
    expect(await on.container(backend)).toBeUndefined()
    await on.noMarker()
    expect((await on.run("start", "smart-0dte")).code).toBe(0)
    expect(await on.container(backend)).toMatchObject({ up: true })
  })

  it("trades nothing where the marker cannot be read, until it can", async () => {
    const on = await trader()
    await on.trouble("silence", "halt/smart-0dte")
    expect((await on.run("start", "smart-0dte")).code).toBe(0)
    await on.run("watch")
    expect(await on.container(backend)).toBeUndefined()
    expect(await on.calls("systemctl")).toBe("")
    await on.trouble("")
    await on.run("watch")
    expect(await on.calls("systemctl")).toContain("smart0dte-again@smart-0dte.service")
  })

  it("trades nothing while it is halted on the node, whatever the record says", async () => {
    const on = await trader()
    await on.putLatch("1\n")
    await on.record(9)
    expect((await on.run("start", "smart-0dte")).code).toBe(0)
    expect(await on.container(backend)).toBeUndefined()
    expect(await on.latch()).toBe("1\n")
  })

  it("trades nothing where no service says of itself that it trades", async () => {
    const on = await trader()
    await on.setting("", "smart-0dte")
    const setting = `${on.root}/var/lib/smart0dte/systems/smart-0dte/versions/one/setting`
    await writeFile(setting, (await readFile(setting, "utf8")).replace("trading=backend\n", ""))
    await on.putLatch("1\n")
    expect((await on.run("start", "smart-0dte")).code).toBe(0)
    expect([await on.container(backend), await on.container(frontend)]).toEqual([undefined, undefined])
  })
})

describe("a system that is live by the record", { timeout: 30_000 }, () => {
  const record = { "smart-0dte": { ...live, trader: me } }

  it("comes up halted after a boot", async () => {
    const on = await trader()
    await on.record(7, record)
    await on.putMark("booted", "yes")
    await on.putMark("trades", "live 7")
    expect((await on.run("start", "smart-0dte")).code).toBe(0)
    expect(await on.container(backend)).toMatchObject({ up: true, network: "smart0dte-gateway-live-smart-0dte" })
    await on.boot()
    expect((await on.run("start", "smart-0dte")).code).toBe(0)
    expect(await on.container(backend)).toMatchObject({ up: false })
    expect(await on.container(frontend)).toMatchObject({ up: true })
    expect(await on.latch()).toBe("7\n")
    expect(await on.container("smart0dte-gateway-live.gateway")).toBeUndefined()
  })

  it("comes up halted also where the record could be read only later", async () => {
    const on = await trader()
    await on.trouble("silence")
    await on.record(7, record)
    expect((await on.run("start", "smart-0dte")).code).toBe(0)
    expect(await on.latch()).toBeUndefined()
    await on.trouble("")
    expect((await on.run("start", "smart-0dte")).code).toBe(0)
    expect(await on.latch()).toBe("7\n")
    expect(await on.container(backend)).toBeUndefined()
  })

  it.each([undefined, "live 6", "testing 7", "live 70"])("trades nothing where this node noted %j", async (trades) => {
    const on = await trader()
    await on.record(7, record)
    await on.putMark("booted", "yes")
    if (trades !== undefined) await on.putMark("trades", trades)
    expect((await on.run("start", "smart-0dte")).code).toBe(0)
    expect(await on.container(backend)).toBeUndefined()
  })

  it("takes no release while it trades here", async () => {
    const on = await trader()
    await on.record(7, record)
    await on.putMark("trades", "live 7")
    for (const verb of ["system", "rollback", "remove"]) {
      const { code, err } = await on.run(verb, "smart-0dte", "0123456789abcdef")
      expect([code, err]).toEqual([1, expect.stringContaining("trades live on this node: halt it first")])
    }
  })
})
