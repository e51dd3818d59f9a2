import { beforeEach, describe, expect, it } from "vitest"
import { type World, world } from "./small-world.ts"

let at: World
beforeEach(() => {
  at = world()
})

describe("in the sandbox", () => {
  it.each([["--sandbox"], ["SMART0DTE_SANDBOX=1"]])(
    "by %s, all that could be taken for the real thing says so",
    async (how) => {
      if (how.includes("=")) at.env.SMART0DTE_SANDBOX = "1"
      const flag = how.startsWith("--") ? how : ""
      expect(await at.run(`deploy single --yes ${flag}`)).toBe(0)
      const [heading] = at.said.out.split("\n")
      expect(heading).toMatch(/^\[sandbox\] plan to deploy poc/)
      expect(at.said.out).toContain("[sandbox] 2 to create")
      expect(at.said.out).toContain("[sandbox] deployed poc")
      expect(at.said.err.split("\n").filter((line) => line !== "" && !line.startsWith("[sandbox] "))).toEqual([])
      expect(at.said.err).toContain("[sandbox] nothing here is real")
    },
  )

  it("says so in every line of json", async () => {
    await at.run("deploy single --yes --sandbox --output json")
    expect(at.lines().every(({ sandbox }) => sandbox === true)).toBe(true)
  })

  it("leads on to commands that stay in it", async () => {
    await at.run("deploy single --yes --sandbox")
    expect(at.said.out).toContain("next: smart0dte status --sandbox\n")
    at.said.out = ""
    await at.run("deploy single --yes")
    expect(at.said.out).not.toContain("--sandbox")
  })

  it("says so in questions and in errors", async () => {
    at.terminal.interactive = true
    at.answers.push(false)
    expect(await at.run("--sandbox deploy single")).toBe(3)
    expect(at.asked).toEqual(["[sandbox] deploy poc?"])
    expect(at.said.err).toContain("[sandbox] error: declined: nothing was changed")
  })
})
