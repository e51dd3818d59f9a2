import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type Desk, desk, keys } from "./terminal.ts"

let at: Desk
beforeEach(() => {
  at = desk()
})
afterEach(() => at.close())

describe.each([40, 80, 200])("a deploy at %i columns", (columns) => {
  it("shows what runs with its time, lets what is done scroll by, and never breaks a line", async () => {
    const session = at.open("deploy single --yes", { columns, rows: 24 })
    await session.shows(/^ +(creating )?nat-g\S* {2}\d+ s of (about )?\d+/m)
    await session.shows(
      columns < 60 ? /\[sandbox\] \d+\/\d+, .* left/ : /\[sandbox\] deploy poc: \d+ of \d+ done, about .* left/,
    )
    expect(await session.ended, session.screen().join("\n")).toBe(0)
    const lines = session.screen()
    // Each step once, and nothing of what was drawn for the moment.
    const [, steps] = /^\[sandbox\] (\d+) to create/m.exec(lines.join("\n")) ?? []
    expect(lines.filter((line) => line.startsWith("[sandbox] ✔ created")).length).toBe(Number(steps))
    expect(lines.filter((line) => /^(\[sandbox\] )?[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/.test(line))).toEqual([])
    expect(lines.filter((line) => /^ {4}(creating )?nat-g/.test(line))).toEqual([])
    expect(lines.join("\n")).toContain("[sandbox] deployed poc")
  })
})

describe("colours", () => {
  it.each<[string, string, Record<string, string>, boolean]>([
    ["are there at a terminal", "plan single", {}, true],
    ["are left out with NO_COLOR", "plan single", { NO_COLOR: "1" }, false],
    ["are left out with --no-color", "plan single --no-color", {}, false],
  ])("%s", async (_, args, env, coloured) => {
    const session = at.open(args, { env })
    expect(await session.ended, session.screen().join("\n")).toBe(0)
    expect(session.raw().includes("\u001b[33m[sandbox]")).toBe(coloured)
  })
})

it("a dumb terminal gets plain lines", async () => {
  const session = at.open("deploy single --yes", { env: { TERM: "dumb" } })
  expect(await session.ended, session.screen().join("\n")).toBe(0)
  expect(session.raw()).not.toContain("\u001b")
  expect(session.screen().join("\n")).toContain("[sandbox] created vpc/main")
})

describe("Ctrl-C during a deploy", () => {
  it("once: starts nothing more, lets go of the lock, and says how to continue", async () => {
    const session = at.open("deploy single --yes")
    await session.shows(/creating nat-gateway\/main/)
    const since = Date.now()
    session.type(keys.ctrlC)
    expect(await session.ended).toBe(130)
    expect(Date.now() - since).toBeLessThan(2_500)
    const text = session.screen().join("\n")
    expect(text).toContain("stopping: nothing new is started")
    expect(text).toContain("run the same command again")
    expect(session.raw().lastIndexOf("\u001b[?25h")).toBeGreaterThan(session.raw().lastIndexOf("\u001b[?25l"))
    const next = at.open("deploy single --yes --lock-timeout 0")
    expect(await next.ended).toBe(0)
  })

  it("twice: leaves at once", async () => {
    const session = at.open("deploy single --yes")
    await session.shows(/creating nat-gateway\/main/)
    session.type(keys.ctrlC + keys.ctrlC)
    expect(await session.ended).toBe(130)
  })
})
