import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { digestOf, keptTrader, type Trader, trader } from "./trader.ts"
import { account, live } from "./trader-node.ts"

const backend = "smart-0dte.backend"
const order = 'printf "%s" "$SMART0DTE_CONTAINER" | tee "$WORLD/executed"'

let paper: Trader
let prepared: Trader
let traded: Trader

beforeAll(async () => {
  paper = await keptTrader()
  await paper.record(4, { "smart-0dte": { mode: "testing" } })
  await paper.run("start", "smart-0dte")
  await paper.admit()
  await paper.login(4003, account)
  prepared = await keptTrader(paper)
  await prepared.tell("switch", "live", "smart-0dte", "prepare", "4")
  const digest = await digestOf(prepared)
  traded = await keptTrader(prepared)
  await traded.record(5, { "smart-0dte": { ...live, digest } })
  expect((await traded.tell("switch", "live", "smart-0dte", "activate", "5", digest)).code).toBe(0)
}, 60_000)
afterAll(() => Promise.all([paper, prepared, traded].map((one) => one.remove())))

const exec = (on: Trader, service: string, command = order) =>
  on.run("compose", "smart-0dte", "exec", service, "", "", Buffer.from(command).toString("base64"))

async function refused(on: Trader, service: string, why: string) {
  const { code, out, err } = await exec(on, service)
  expect([code, out, err]).toEqual([1, "", expect.stringContaining(why)])
  expect(await on.file("executed")).toBeUndefined()
}

describe("a command in a container", { timeout: 30_000 }, () => {
  it("runs on paper, in the container of the service, with its own code", async () => {
    const on = await trader(paper)
    expect(await exec(on, "backend")).toEqual({ code: 0, out: `${backend}\n`, err: "" })
    expect(await on.file("executed")).toBe(backend)
    expect(await exec(on, "frontend", "echo no >&2; exit 3")).toEqual({ code: 3, out: "", err: "no\n" })
  })

  it.each(["backend", "frontend"])("is refused in %s while the system trades live", async (service) => {
    await refused(await trader(traded), service, "smart-0dte trades live on this node: halt it first")
  })

  it("is refused while the system is on its way to live", async () => {
    await refused(await trader(prepared), "frontend", "smart-0dte is on its way to live on this node")
  })

  it("is refused where a halted system goes on beside the live gateway", async () => {
    const on = await trader(traded)
    await on.setting("command.halt=exit 0\n")
    expect((await on.tell("halt", "smart-0dte", "no")).said).toMatchObject({ trading: "kept", gateway: "live" })
    await refused(on, "backend", "backend of smart-0dte still reaches the live gateway")
    expect((await exec(on, "frontend")).code).toBe(0)
  })

  it("is refused where nothing of the service runs", async () => {
    const on = await trader(traded)
    expect((await on.tell("halt", "smart-0dte", "no")).said.trading).toBe("stopped")
    await refused(on, "backend", "no container of backend of smart-0dte is running")
  })

  it("is for one system of two: the other one's live trading is not in reach of this one's containers", async () => {
    const on = await trader(traded)
    await on.run("start", "mag7-7dte")
    const { code } = await on.run(
      "compose",
      "mag7-7dte",
      "exec",
      "backend",
      "",
      "",
      Buffer.from(":").toString("base64"),
    )
    expect(code).toBe(0)
  })
})
