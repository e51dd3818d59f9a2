import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type Desk, desk, keys } from "./terminal.ts"

describe("before a deploy", () => {
  let at: Desk
  beforeAll(() => {
    at = desk()
  })
  afterAll(() => at.close())

  it.each([
    ["no", `n${keys.enter}`, 3],
    ["nothing but Enter, which is no", keys.enter, 3],
    ["the end of input", keys.ctrlD, 3],
    ["Ctrl-C", keys.ctrlC, 130],
  ])("%s changes nothing", async (_, typed, code) => {
    const session = at.open("deploy single")
    await session.shows("[sandbox] deploy poc?")
    session.type(typed)
    expect(await session.ended).toBe(code)
    expect(session.screen().join("\n")).toMatch(/error: (declined: nothing was changed|stopped at a question)/)
    // The terminal is as it was: the cursor is shown again.
    expect(session.raw().lastIndexOf("\u001b[?25h")).toBeGreaterThanOrEqual(session.raw().lastIndexOf("\u001b[?25l"))
    const after = at.open("status")
    expect(await after.ended).toBe(1)
    expect(after.screen().join("\n")).toContain("no environment is deployed")
  })
})

describe("a signal at a question", () => {
  let at: Desk
  beforeAll(() => {
    at = desk()
  })
  afterAll(() => at.close())

  it.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ])("%s ends the command with %i", async (signal, code) => {
    const session = at.open("deploy single")
    await session.shows("[sandbox] deploy poc?")
    session.kill(signal)
    expect(await session.ended).toBe(code)
  })
})

describe("before a destroy", () => {
  let at: Desk
  beforeAll(async () => {
    at = desk()
    expect(await at.open("deploy single --yes").ended).toBe(0)
  })
  afterAll(() => at.close())

  it.each([
    ["another name", `prod${keys.enter}`, 3],
    ["yes, which is no name", `yes${keys.enter}`, 3],
    ["nothing", keys.enter, 3],
    ["the end of input", keys.ctrlD, 3],
    ["the right name, not entered, and the end of input", `poc${keys.ctrlD}`, 3],
    ["Ctrl-C", keys.ctrlC, 130],
  ])("%s changes nothing", async (_, typed, code) => {
    const session = at.open("destroy single")
    await session.shows("type poc to confirm")
    session.type(typed)
    expect(await session.ended).toBe(code)
    const after = at.open("plan single --detailed-exitcode")
    expect(await after.ended).toBe(0)
  })

  it("the environment's name takes it down, and says what remains", async () => {
    const session = at.open("destroy single")
    await session.shows("type poc to confirm")
    session.type(`poc${keys.enter}`)
    expect(await session.ended, session.screen().join("\n")).toBe(0)
    await session.shows(/\[sandbox\] destroyed poc/)
    expect(await at.open("destroy single").ended).toBe(0)
  })
})

describe("what pretends to be a terminal", () => {
  let at: Desk
  beforeEach(() => {
    at = desk()
    return () => at.close()
  })

  it("is none on a build server: a missing answer is exit 2, and nothing waits", async () => {
    const session = at.open("deploy single", { env: { CI: "true" } })
    expect(await session.ended).toBe(2)
    await session.shows("hint: read the plan, then say yes in advance with --yes")
  })
})
