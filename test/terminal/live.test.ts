import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { sweep } from "../sweep.ts"
import { type Desk, desk, keys, type Options } from "./terminal.ts"

const arrows = { up: "\u001b[A", down: "\u001b[B", left: "\u001b[D", right: "\u001b[C" } as const
const ctrlZ = "\u001a"
const dir = mkdtempSync(join(tmpdir(), "smart0dte-live-"))
const config = join(dir, "smart0dte.yaml")
// At whatever hour of a session this is run.
const live = "switch-mode live --system smart-0dte --waive soak,hours --reason rehearsal"

let at: Desk
const open = (line: string, { env, ...more }: Options = {}) =>
  at.open(line, { rows: 60, ...more, env: { SMART0DTE_CONFIG: config, ...env } })

beforeAll(async () => {
  writeFileSync(config, 'sms: ["+12025550123"]\nloadBalancer: false\nsystems:\n  mag7-7dte:\n    enabled: false\n')
  at = desk()
  const deploy = open("deploy single --yes")
  expect(await deploy.ended, deploy.screen().join("\n")).toBe(0)
  const names = ["ALPHA_VANTAGE_API_KEY", "DATABENTO_API_KEY", "OPENAI_API_KEY", "POLYGON_API_KEY"]
  const wanted = [
    ...names.map((name) => `smart-0dte ${name}`),
    ...["IBKR_USERNAME", "IBKR_PASSWORD"].map((name) => `broker-live ${name}`),
  ]
  for (const one of wanted) {
    const session = open(`secrets set ${one}`)
    await session.shows("the value of")
    session.type(`something${keys.enter}`)
    expect(await session.ended, session.screen().join("\n")).toBe(0)
  }
  const testing = open("switch-mode testing --system smart-0dte")
  expect(await testing.ended, testing.screen().join("\n")).toBe(0)
}, 400_000)

afterAll(async () => {
  await at.close()
  await sweep(dir)
})

describe("the question below the screen", () => {
  it.each<[string, readonly string[], number]>([
    ["another name", [`prod${keys.enter}`], 3],
    ["yes", [`yes${keys.enter}`], 3],
    ["nothing", [keys.enter], 3],
    ["the end of input", [keys.ctrlD], 3],
    ["the name, not entered, and the end of input", [`poc${keys.ctrlD}`], 3],
    ["Ctrl-C", [keys.ctrlC], 130],
    ["arrow keys, that bring back nothing typed before", [arrows.up, arrows.down, arrows.left, keys.enter], 3],
    ["Ctrl-Z, and then another name", [ctrlZ, `nope${keys.enter}`], 3],
  ])("%s changes nothing", async (_, typed, code) => {
    const session = open(live)
    await session.shows("rehearsal: type poc")
    for (const one of typed) session.type(one)
    expect(await session.ended, session.screen().join("\n")).toBe(code)
  })

  it("is not answered by what was pasted for the next one", async () => {
    const session = open(live)
    await session.shows("rehearsal: type poc")
    session.type(`poc\r1000\r`)
    await session.shows("type the dollars")
    // What came with the name is no answer to a question that nobody had read yet.
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    session.type(keys.ctrlC)
    expect(await session.ended, session.screen().join("\n")).toBe(130)
  })

  it("of the amount wants it exactly", async () => {
    const session = open(live)
    await session.shows("rehearsal: type poc")
    session.type(`poc${keys.enter}`)
    await session.shows("type the dollars")
    session.type(`1,000${keys.enter}`)
    expect(await session.ended).toBe(3)
  })
})

describe("the screen", () => {
  it.each([40, 80, 200])("has all of it at %i columns, in Eastern time, and breaks no line", async (columns) => {
    const session = open(live, { columns })
    await session.shows("rehearsal: type poc")
    session.type(keys.ctrlC)
    expect(await session.ended).toBe(130)
    const text = session.screen().join("\n")
    const shown = text.slice(text.lastIndexOf("rehearsal of going live"))
    const flat = shown.replaceAll(/\s+/g, " ")
    for (const word of ["poc", "us-east-1", "U1234567", "smart-0dte", "testing -> live", "1000 USD"])
      expect(flat, word).toContain(word)
    expect(flat).toMatch(/digest [0-9a-f]{16} /)
    expect(flat).toMatch(/now \d{4}-\d\d-\d\d \d\d:\d\d E[SD]T/)
    expect(flat).toMatch(/market (open until|closed)/)
    expect(flat).toContain("waived soak: rehearsal")
    const upToTheQuestion = shown.slice(0, shown.indexOf("type poc")).split("\n")
    if (columns > 40) expect(upToTheQuestion.length).toBeLessThan(24)
  })
})

it("what only looks like somebody at a terminal is nobody: CI, a pipe, a file", async () => {
  const session = open(live, { env: { CI: "true" } })
  expect(await session.ended).toBe(2)
  expect(session.screen().join("\n")).toContain("--confirm-live")
  expect(await open(`${live} --output json`).ended).toBe(2)
})

it("of all that was refused and broken off nothing has begun", async () => {
  const history = open("history --output json")
  expect(await history.ended).toBe(0)
  expect(history.screen().join("\n")).toContain("live-check")
  expect(history.screen().join("\n")).not.toContain("live-begin")
})

it("the name and the amount take it live, and halt takes it back", async () => {
  const session = open(live)
  await session.shows("rehearsal: type poc")
  session.type(`poc${keys.enter}`)
  await session.shows("type the dollars")
  session.type(`1000${keys.enter}`)
  expect(await session.ended, session.screen().join("\n")).toBe(0)
  const text = session.screen().join("\n").replaceAll(/\s+/g, " ")
  expect(text).toContain("live, trading active, gateway live, account U1234567")
  expect(text).toContain("every node was read back")
  expect(await open("halt").ended).toBe(0)
}, 200_000)
