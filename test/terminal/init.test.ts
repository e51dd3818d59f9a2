import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { type Desk, desk, keys, type Session } from "./terminal.ts"

const begun = [
  "AWS region",
  "may runs work in other accounts",
  "size of the node",
  "the node's disk",
  "size of the database",
  "the database's storage",
  "what the cache runs",
  "the node's way out",
  "a load balancer in front",
  "who may reach it",
  "a domain for names",
  "who is told of alarms",
  "the account's monthly budget",
  "git repository of smart-0dte",
  "git repository of mag7-7dte",
  "Is it right?",
] as const

const down = "\u001b[B"

let at: Desk
beforeAll(() => {
  at = desk()
})
afterAll(() => at.close())
afterEach(() => rmSync(file(), { force: true }))

const file = () => join(at.dir, "smart0dte.yaml")
const written = (): string | undefined => {
  try {
    return readFileSync(file(), "utf8")
  } catch {
    return undefined
  }
}

/** The question that is asked now: those that were answered have no cursor after them. */
const isAsked = (question: string) => new RegExp(`\\? ${question.slice(0, 24)}`)

/** Enter at each question up to this one, which is left open. */
async function upTo(session: Session, last: number): Promise<void> {
  for (const [index, question] of begun.entries()) {
    await session.shows(index === begun.length - 1 ? /Is it\s+right\?/ : isAsked(question))
    if (index === last) return
    session.type(keys.enter)
  }
}

describe("the wizard", () => {
  it.each([
    [40, {}],
    [80, {}],
    [200, {}],
    [80, { NO_COLOR: "1" }],
  ])("is gone through in %i columns with %o, and writes the file", async (columns, env) => {
    const session = at.open("init", { columns, rows: 40, env })
    await upTo(session, begun.length - 1)
    session.type(keys.enter)
    expect(await session.ended, session.screen().join("\n")).toBe(0)
    expect(written()).toContain("# region: us-east-1")
    expect(written()).toContain("allowedCidrs:\n  - 203.0.113.77/32")
    expect(session.screen().every((line) => line.length <= columns)).toBe(true)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    const colours = session.raw().match(/\u001b\[(3[0-7]|9[0-7])m/g) ?? []
    expect(colours.length > 0).toBe(!("NO_COLOR" in env))
  })

  it("goes back, and asks again from there", async () => {
    const session = at.open("init", { rows: 40 })
    await upTo(session, 3)
    session.type(`<${keys.enter}`)
    // In the list of sizes again: one further down than the usual one.
    await session.shows(/size of the node[\s\S]*size of the node/)
    session.type(`${down}${keys.enter}`)
    await session.shows(/the node's disk[\s\S]*the node's disk/)
    session.type(`120${keys.enter}`)
    for (const question of begun.slice(4, -1)) {
      await session.shows(isAsked(question))
      session.type(keys.enter)
    }
    await session.shows("Is it right?")
    session.type(keys.enter)
    expect(await session.ended, session.screen().join("\n")).toBe(0)
    expect(written()).toContain("instanceType: t3.2xlarge")
    expect(written()).toContain("diskGb: 120")
  })

  it("says what is wrong with an answer, and asks again", async () => {
    const session = at.open("init", { rows: 40 })
    await upTo(session, 3)
    session.type(`5${keys.enter}`)
    await session.shows("whole number of GB from 8 to 16384")
    session.type(keys.ctrlC)
    expect(await session.ended).toBe(130)
  })

  it.each(begun.map((question, index) => [question, index] as const))(
    "writes nothing where Ctrl-C comes at: %s",
    async (_, index) => {
      const session = at.open("init", { rows: 40 })
      await upTo(session, index)
      session.type(keys.ctrlC)
      expect(await session.ended).toBe(130)
      expect(written()).toBeUndefined()
      expect(session.raw().lastIndexOf("\u001b[?25h")).toBeGreaterThanOrEqual(session.raw().lastIndexOf("\u001b[?25l"))
    },
  )

  it("is wrong use on a build server where the file is there already", async () => {
    expect(await at.open("init", { env: { CI: "true" } }).ended).toBe(0)
    const before = written()
    expect(await at.open("init", { env: { CI: "true" } }).ended).toBe(2)
    expect(written()).toBe(before)
  })
})
