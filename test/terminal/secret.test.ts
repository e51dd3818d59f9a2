import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Desk, desk, keys } from "./terminal.ts"

describe("a secret that is typed", () => {
  let at: Desk
  beforeAll(async () => {
    at = desk()
    expect(await at.open("deploy single --yes").ended).toBe(0)
  }, 120_000)
  afterAll(() => at.close())

  const asked = "the value of POLYGON_API_KEY of smart-0dte in poc"
  const open = (env = {}) => at.open("secrets set smart-0dte POLYGON_API_KEY", { env })

  it("is never shown, and is set", async () => {
    const session = open()
    await session.shows(asked)
    session.type(`canary-of-the-desk${keys.enter}`)
    expect(await session.ended).toBe(0)
    expect(session.screen().join("\n")).toContain("POLYGON_API_KEY of smart-0dte is set in poc")
    expect(session.raw()).not.toContain("canary")
    const list = at.open("secrets list --system smart-0dte")
    expect(await list.ended).toBe(0)
    expect(list.screen().join("\n")).toMatch(/keys POLYGON_API_KEY +set today/)
  })

  it.each([
    ["nothing", keys.enter, 3],
    ["the end of input", keys.ctrlD, 3],
    ["Ctrl-C", keys.ctrlC, 130],
  ])("%s changes nothing", async (_, typed, code) => {
    const session = open()
    await session.shows(asked)
    session.type(typed)
    expect(await session.ended).toBe(code)
  })

  it("is not waited for where nobody may be asked", async () => {
    const session = open({ CI: "true" })
    expect(await session.ended).toBe(2)
    expect(session.screen().join("\n")).toContain("< key.txt")
  })
})
