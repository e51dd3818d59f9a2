import { beforeEach, describe, expect, it } from "vitest"
import type { Trading, TradingRecord } from "../../src/aws/trading/record.ts"
import type { TradingSeen } from "../../src/aws/trading/store.ts"
import { NoAccess, UserError } from "../../src/errors.ts"
import { run as runMain } from "../../src/main.ts"
import { type World, world } from "./small-world.ts"

let at: World
beforeEach(() => {
  at = world()
  at.records.push("poc")
  at.piped = "value\n"
})

const trading = (mode: Trading["mode"], state: Trading["trading"]): Trading => ({
  mode,
  trading: state,
  trader: "i-1",
  since: "2026-01-01T00:00:00Z",
  digest: "",
  limits: "",
  account: "",
})

/** The record of an environment in which the first system stands so. */
const seen = (mode: Trading["mode"], state: Trading["trading"], name = "smart-0dte"): TradingSeen => {
  const systems: TradingRecord["systems"] = {
    "smart-0dte": trading("testing", "active"),
    "mag7-7dte": trading("testing", "active"),
    [name]: trading(mode, state),
  }
  const record: TradingRecord = { schema: 1, scope: "poc", epoch: 3, at: "", by: "", run: "", systems }
  return { record, etag: "1" }
}

const disturbing = [
  "deploy single --yes",
  "destroy single --confirm=poc",
  "release smart-0dte",
  "rollback smart-0dte",
  "restart smart-0dte",
  "exec smart-0dte backend -- ls",
  "secrets set smart-0dte POLYGON_API_KEY",
] as const

describe("while a system is live", () => {
  it.each(disturbing)("%s is refused, and says what to do", async (line) => {
    await standing(line)
    at.trading = seen("live", "active")
    expect(await at.run(line)).toBe(3)
    expect(at.said.err).toMatch(/smart-0dte is live in poc: .+ would disturb it/)
    expect(at.said.err).toContain("smart0dte halt --system smart-0dte --env poc")
    expect(at.cloud.changes()).toEqual([])
    expect(at.journal.filter((entry) => entry.startsWith("lock"))).toEqual([])
  })

  it.each(disturbing)("%s is not refused for that once it is halted", async (line) => {
    at.trading = seen("live", "halted")
    await at.run(line)
    expect(at.said.err).not.toContain("would disturb")
  })

  it.each(disturbing)("%s is refused where nobody knows", async (line) => {
    await standing(line)
    expect(await unreadable(line, new UserError("the trading record of poc cannot be read"))).toBe(3)
    expect(at.said.err).toMatch(/nobody knows whether a system of poc is live/)
    expect(at.cloud.changes()).toEqual([])
  })

  it("a permission that is missing is said as what it is", async () => {
    expect(await unreadable("restart smart-0dte", new NoAccess("not authorized to perform s3:GetObject"))).toBe(6)
  })

  it("the whole environment is disturbed by its deploy and its destroy, and a system only by what is done to it", async () => {
    at.trading = seen("live", "active", "mag7-7dte")
    expect(await at.run("deploy single --yes")).toBe(3)
    await standing("destroy")
    expect(await at.run("destroy single --confirm=poc")).toBe(3)
    for (const line of disturbing.filter((line) => line.includes("smart-0dte"))) {
      at.said.err = ""
      await at.run(line)
      expect(at.said.err).not.toContain("would disturb")
    }
  })

  it("both are named", async () => {
    const { record, etag } = seen("live", "active")
    at.trading = { record: { ...record, systems: { ...record.systems, "mag7-7dte": trading("live", "active") } }, etag }
    expect(await at.run("deploy single --yes")).toBe(3)
    expect(at.said.err).toContain("smart-0dte and mag7-7dte are live in poc")
    expect(at.said.err).toContain("smart0dte halt --env poc")
  })

  it("a deploy that changes nothing is none", async () => {
    expect(await at.run("deploy single --yes")).toBe(0)
    at.trading = seen("live", "active")
    expect(await at.run("deploy single --yes")).toBe(0)
  })

  it("the live account's login, and the paper one's, are of any system that is live", async () => {
    at.trading = seen("live", "active", "mag7-7dte")
    for (const owner of ["broker-live", "broker-paper"]) {
      at.said.err = ""
      expect(await at.run(`secrets set ${owner} IBKR_PASSWORD`)).toBe(3)
      expect(at.said.err).toContain("mag7-7dte is live in poc: secrets set would disturb it")
    }
  })

  it.each(["deploy single --yes", "destroy single --confirm=poc"])(
    "%s looks again when nobody else can go live any more",
    async (line) => {
      await standing(line)
      const before = at.cloud.changes().length
      let looks = 0
      const code = await withTrading(line, async () => (looks++ === 0 ? undefined : seen("live", "active")))
      expect(code).toBe(3)
      expect(at.cloud.changes()).toHaveLength(before)
    },
  )
})

/** There is something to destroy. */
async function standing(line: string): Promise<void> {
  if (!line.startsWith("destroy")) return
  const { trading } = at
  at.trading = undefined
  expect(await at.run("deploy single --yes")).toBe(0)
  at.trading = trading
  at.cloud.calls.length = 0
  at.journal.length = 0
  at.said.err = ""
}

const unreadable = (line: string, error: Error) =>
  withTrading(line, async () => {
    throw error
  })

/** The same command line on an account that says so of how its systems trade. */
async function withTrading(line: string, read: () => Promise<TradingSeen | undefined>): Promise<number> {
  await at.run("sandbox")
  at.said.err = ""
  const { app } = at
  const own: typeof app = { ...app, account: async (config) => ({ ...(await app.account(config)), trading: read }) }
  return runMain(own, line.split(" "))
}
