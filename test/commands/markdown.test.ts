import { beforeEach, describe, expect, it } from "vitest"
import { house, type World, world } from "./small-world.ts"

let at: World
beforeEach(() => {
  at = world()
})

describe("--output markdown", () => {
  it("is a comment about a plan, with everything else elsewhere", async () => {
    expect(await at.run("plan single --output markdown --sandbox")).toBe(0)
    expect(at.said.out).toMatch(/^### \\\[sandbox\\\] plan to deploy poc/)
    expect(at.said.out).toContain("| create | `wall/main` | +121.47 |")
    expect(at.said.err).toContain("nothing here is real")
  })

  it("is known to status and drift", async () => {
    at.remembers = house()
    await at.run("deploy single --yes")
    at.records.push("poc")
    at.said.out = ""
    expect(await at.run("status --output markdown")).toBe(0)
    expect(at.said.out).toMatch(/^### status of poc/)
    at.said.out = ""
    expect(await at.run("drift --output markdown")).toBe(0)
    expect(at.said.out).toMatch(/^### drift of poc/)
  })

  it.each(["deploy single --yes", "destroy single", "outputs", "unlock"])("makes no sense with %s", async (line) => {
    expect(await at.run(`${line} --output markdown`)).toBe(2)
    expect(at.said.err).toContain(`${line.split(" ")[0]} has nothing to say in markdown`)
    expect(at.said.out).toBe("")
    expect(at.cloud.calls).toEqual([])
  })
})
