import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { problemsIn } from "../config/published.ts"
import { type Desk, desk, keys, type Session } from "./terminal.ts"

const begun = [
  "AWS region",
  "may runs work in other accounts",
  "what is built",
  "size of the node",
  "the node's disk",
  "size of the database",
  "the database's storage",
  "what the cache runs",
  "size of the cache",
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

const { down } = keys

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

const said = "--yes --email ops@example.com"

/** The lines of a plan, but for how many requests it took. */
const planned = (out: string): readonly unknown[] =>
  out.split("\n").flatMap((line) => (line === "" ? [] : [{ ...JSON.parse(line), apiCalls: undefined }]))

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
    await upTo(session, begun.indexOf("the node's disk"))
    session.type(`<${keys.enter}`)
    // In the list of sizes again: one further down than the usual one.
    await session.shows(/size of the node[\s\S]*size of the node/)
    session.type(`${down}${keys.enter}`)
    await session.shows(/the node's disk[\s\S]*the node's disk/)
    session.type(`120${keys.enter}`)
    for (const question of begun.slice(begun.indexOf("the node's disk") + 1, -1)) {
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
    await upTo(session, begun.indexOf("the node's disk"))
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

  it("lets the summary be changed, and asks before it overwrites what is there", async () => {
    writeFileSync(file(), "# mine\ndiskGb: 150\n")
    const session = at.open("init", { rows: 40 })
    await session.shows("the questions begin with what it says")
    await upTo(session, begun.length - 1)
    // Past "write" and the three first of the list, to the disk.
    session.type(`${down.repeat(5)}`)
    await session.shows(/❯ change diskGb: 150/)
    session.type(keys.enter)
    await session.shows(/Is it right\?[\s\S]*\? the node's disk/)
    session.type(`160${keys.enter}`)
    await session.shows(/change diskGb: 160/)
    session.type(keys.enter)
    await session.shows("overwrite it?")
    expect(written()).toBe("# mine\ndiskGb: 150\n")
    session.type(`y${keys.enter}`)
    expect(await session.ended, session.screen().join("\n")).toBe(0)
    expect(written()).toContain("diskGb: 160")
  })

  it("leaves the file as it was where Ctrl-C comes at the very last question", async () => {
    writeFileSync(file(), "# mine\n")
    const session = at.open("init", { rows: 40 })
    await upTo(session, begun.length - 1)
    session.type(keys.enter)
    await session.shows("overwrite it?")
    session.type(keys.ctrlC)
    expect(await session.ended).toBe(130)
    expect(written()).toBe("# mine\n")
  })

  it("is wrong use on a build server where the file is there already", async () => {
    expect(await at.open(`init ${said}`, { env: { CI: "true" } }).ended).toBe(0)
    const before = written()
    expect(await at.open(`init ${said}`, { env: { CI: "true" } }).ended).toBe(2)
    expect(written()).toBe(before)
  })

  it("writes a file whose plan is that of the same flags, and that the published schema knows", async () => {
    const session = at.open("init", { rows: 40 })
    const answers: Readonly<Record<string, string>> = {
      "size of the node": keys.up,
      "the node's disk": "120",
      "the node's way out": down,
      "who may reach it": "203.0.113.9, 198.51.100.0/24",
      "who is told of alarms": "ops@example.com",
      "the account's monthly budget": "350",
    }
    for (const question of begun.slice(0, -1)) {
      await session.shows(isAsked(question))
      const [, own = ""] = Object.entries(answers).find(([start]) => question.startsWith(start)) ?? []
      session.type(`${own}${keys.enter}`)
    }
    await session.shows(/Is it\s+right\?/)
    session.type(keys.enter)
    expect(await session.ended, session.screen().join("\n")).toBe(0)
    const text = written() ?? ""
    expect(problemsIn(text)).toEqual([])

    const flags =
      "--instance-type t3.large --disk-gb 120 --egress public-ip --email ops@example.com " +
      "--allowed-cidrs 203.0.113.9,198.51.100.0/24"
    const byWizard = planned(await at.quietly("plan single --output json"))
    expect(await at.open(`init --yes --budget 350 ${flags} --config flags.yaml`).ended).toBe(0)
    expect(readFileSync(join(at.dir, "flags.yaml"), "utf8")).toBe(text)
    const byFile = planned(await at.quietly("plan single --output json --config flags.yaml"))
    rmSync(file())
    const byFlags = planned(await at.quietly(`plan single --output json ${flags}`))
    const usual = planned(await at.quietly("plan single --output json"))
    expect(byWizard.length).toBeGreaterThan(100)
    expect(byFile).toEqual(byWizard)
    expect(byFlags).toEqual(byWizard)
    expect(usual).not.toEqual(byWizard)
  })
})
