import { StopInstancesCommand } from "@aws-sdk/client-ec2"
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { areArmed, armCredentials } from "../../src/aws/trading/credentials.ts"
import { readLedger } from "../../src/aws/trading/ledger.ts"
import { newToken } from "../../src/commands/live-token.ts"
import { systemOf } from "../nodes/live/checks/facts.ts"
import { readyToGoLive, tellAccount, tellLimits } from "./live-ground.ts"
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
  at.settings.file = 'account: "111122223333"'
  await readyToGoLive(on)
})
afterEach(() => on.close())

const ben = "arn:aws:iam::111122223333:user/ben"
const because = "--waive soak,backup,hours --reason rehearsed"
const live = `switch-mode live --system smart-0dte ${because}`
const standing = () => on.machines.standing(on.nodes[0] ?? "", "smart-0dte")
const words = () => (at.said.out + at.said.err).replaceAll(/\s+/g, " ")

/** What a dry run prints. */
async function token(): Promise<string> {
  at.said.out = ""
  expect(await at.run(`${live} --dry-run --output json`), at.said.err).toBe(0)
  const checks = at.lines().find(({ type }) => type === "live-checks") as { token?: { id?: string } } | undefined
  at.said.out = ""
  return checks?.token?.id ?? ""
}

/** The same command line of somebody else. */
async function runAs(arn: string, line: string): Promise<number> {
  at.aws = { ...on.cloud, arn }
  const code = await at.run(line)
  at.aws = on.cloud
  return code
}

async function approved(): Promise<string> {
  const id = await token()
  expect(await runAs(ben, `approve live --token ${id}`), at.said.err).toBe(0)
  at.said.out = ""
  return id
}

/** The checks that refused, by their names. */
async function refusedBy(line: string): Promise<readonly string[]> {
  at.said.out = ""
  at.said.err = ""
  expect(await at.run(`${line} --output json`)).toBe(3)
  const [shown] = at.lines().filter(({ type }) => type === "live-checks")
  const checks = (shown?.checks ?? []) as readonly { readonly name: string; readonly state: string }[]
  return checks.filter(({ state }) => state === "failed").map(({ name }) => name)
}

async function nothingChanged() {
  expect(on.machines.orders.filter((order) => order.startsWith("switch"))).toEqual([])
  expect(standing()).toMatchObject({ mode: "testing", trading: "active" })
  expect((await on.read())?.systems["smart-0dte"]).toMatchObject({ mode: "testing", trading: "active" })
  expect(await areArmed(on.cloud, scope)).toBe(false)
}

describe("without a terminal", () => {
  it("it goes live by a token that somebody else has approved, once", async () => {
    const id = await approved()
    expect(await at.run(`${live} --confirm-live ${id}`), words()).toBe(0)
    expect(standing()).toMatchObject({ mode: "live", trading: "active" })
    expect((await on.read())?.systems["smart-0dte"]).toMatchObject({
      ...{ mode: "live", trading: "active", digest: "d".repeat(64), limits: "1000/5000/10", account: "U1234567" },
    })
    expect((await on.read())?.systems["mag7-7dte"]?.mode).toBe("testing")
    expect(await areArmed(on.cloud, scope)).toBe(true)
    const events = (await readLedger(on.objects, scope, 20)).map(({ event, by }) => `${event} ${by}`)
    expect(events).toEqual(expect.arrayContaining([`approve ${ben}`, `live-end ${on.cloud.arn}`]))
    expect(on.machines.orders.filter((order) => order.endsWith("activate"))).toHaveLength(1)
    expect(at.asked).toEqual([])
  })

  it("nobody approves what they have had printed", async () => {
    const id = await token()
    expect(await at.run(`approve live --token ${id}`)).toBe(3)
    expect(words()).toContain("does not tell another person")
    expect(await refusedBy(`${live} --confirm-live ${id}`)).toEqual(["approval"])
    await nothingChanged()
  })

  it("and nobody who goes live has approved it", async () => {
    const id = await approved()
    expect(await runAs(ben, `${live} --confirm-live ${id} --output json`)).toBe(3)
    expect(words()).toContain("and is who goes live")
    await nothingChanged()
  })

  it("it wants that approval also of a token that is right", async () => {
    expect(await refusedBy(`${live} --confirm-live ${await token()}`)).toEqual(["approval"])
    expect(words()).toContain("nobody has approved the token")
    await nothingChanged()
  })

  it("a token that was used is none, also where nothing came of it", async () => {
    const id = await approved()
    on.machines.fails.set(`${on.nodes[1]} prepare`, "its services do not stop")
    expect(await at.run(`${live} --confirm-live ${id}`)).toBe(1)
    expect(words()).toContain("its services do not stop")
    on.machines.fails.clear()
    on.machines.orders.length = 0
    expect(await refusedBy(`${live} --confirm-live ${id}`)).toEqual(["confirmation"])
    expect(words()).toContain("the token was used at")
    await nothingChanged()
  })

  const lie = (words: object) => {
    for (const node of on.nodes) on.machines.lies.set(node, words)
  }
  /** That it is late is told by S3's clock, which nobody in here sets. */
  const outdated = async (id: string) => {
    const key = `trading/${scope}/tokens/${id}.json`
    const { text = "" } = await on.objects.get(key)
    await on.objects.replace(key, text.replace(/"until":"[^"]+"/, '"until":"2026-01-02T21:15:00.000Z"'))
  }
  it.each<[string, (id: string) => unknown]>([
    ["another digest", () => lie({ digest: "e".repeat(64) })],
    ["another config", () => lie({ config: "e".repeat(64) })],
    ["another account", () => tellAccount(on, "U7654321")],
    [
      "another limits",
      async () => {
        await tellLimits(on, "2000/5000/10")
        lie({ limits: "2000/5000/10" })
      },
    ],
    ["good until", outdated],
  ])("a token is none any more where what it was for is over: %s", async (why, change) => {
    const id = await approved()
    await change(id)
    expect(await refusedBy(`${live} --confirm-live ${id}`)).toEqual(["confirmation"])
    expect(words()).toContain(why)
    await nothingChanged()
  })

  it.each([
    ["another reason", live.replace("rehearsed", "otherwise")],
    ["another system", live.replace("--system smart-0dte", "--system mag7-7dte")],
  ])("a token is none for %s", async (why, line) => {
    const id = await approved()
    at.said.out = ""
    expect(await at.run(`${line} --confirm-live ${id} --output json`)).toBe(3)
    expect(words()).toContain(why)
    await nothingChanged()
  })

  it("a token of another environment is none here, whoever has approved it", async () => {
    const bound = {
      command: "live",
      environment: `prod ${on.cloud.account} us-east-1`,
      confirmed: {},
      waived: {},
    } as const
    const about = { scope, bound, systems: [systemOf()], by: on.cloud.arn, now: on.clock.now() }
    const { id } = await newToken(on.objects, about)
    expect(await runAs(ben, `approve live --token ${id}`)).toBe(0)
    expect(await refusedBy(`${live} --confirm-live ${id}`)).toEqual(["confirmation"])
    expect(words()).toContain("another environment")
    expect(await refusedBy(`${live} --confirm-live ${"0".repeat(32)}`)).toEqual(["confirmation", "approval"])
    await nothingChanged()
  })
})

describe("leaving live", () => {
  const leave = "switch-mode testing --system smart-0dte --positions-checked"
  beforeEach(async () => {
    await on.record({ "smart-0dte": { mode: "live" }, "mag7-7dte": {} })
    await armCredentials(on.cloud, scope)
    Object.assign(standing(), { mode: "live", trading: "active", readOnly: "no" })
  })

  it("halts first, and ends halted on paper, with nobody who can read the live credentials", async () => {
    expect(await at.run(leave), words()).toBe(0)
    expect(standing()).toEqual({ mode: "none", trading: "stopped", latch: "yes" })
    expect((await on.read())?.systems["smart-0dte"]).toMatchObject({ mode: "testing", trading: "halted" })
    expect(await areArmed(on.cloud, scope)).toBe(false)
    expect(on.machines.orders.findIndex((order) => order.startsWith("halt"))).toBeLessThan(
      on.machines.orders.findIndex((order) => order.startsWith("switch-paper")),
    )
    expect(words()).toContain("smart0dte resume --env poc")
  })

  it("needs no node that is stopped: nothing trades there", async () => {
    await on.cloud.ec2.send(new StopInstancesCommand({ InstanceIds: [on.nodes[1] ?? ""] }))
    on.sandbox.world.clock.advance(120_000)
    expect(await at.run(leave), words()).toBe(0)
    expect(await areArmed(on.cloud, scope)).toBe(false)
  })

  it("is refused where nobody says what becomes of the positions, and changes nothing", async () => {
    expect(await at.run(leave.replace(" --positions-checked", ""))).toBe(2)
    expect(words()).toContain("--positions-checked")
    expect(standing()).toMatchObject({ mode: "live", trading: "active" })
    expect((await on.read())?.systems["smart-0dte"]).toMatchObject({ mode: "live", trading: "active" })
  })
})
