import { beforeEach, describe, expect, it } from "vitest"
import { kindOf, thing } from "../engine/cloud.ts"
import { house, type World, wall, world } from "./small-world.ts"

let at: World
beforeEach(() => {
  at = world()
})

const changes = () => at.cloud.calls.filter((call) => !call.startsWith("list"))

describe("--max-monthly-increase", () => {
  it.each(["plan single", "deploy single --yes"])("%s refuses what costs more, and says by how much", async (line) => {
    expect(await at.run(`${line} --max-monthly-increase 100`)).toBe(3)
    expect(at.said.err).toContain(
      "would rise by 121.47 USD, 21.47 more than --max-monthly-increase allows: wall/main +121.47",
    )
    expect(at.said.out).toContain("+ create wall/main")
    expect(changes()).toEqual([])
  })

  it("lets pass what stays below, and what is paid already", async () => {
    expect(await at.run("deploy single --yes --max-monthly-increase 121.47")).toBe(0)
    expect(await at.run("plan single --max-monthly-increase 0")).toBe(0)
  })

  it("does not let pass what nobody knows the price of", async () => {
    const odd = kindOf("odd", { price: () => [{ sku: "ec2/x99.huge", units: 1 }] })
    at.steps = [thing(odd, { name: "main" })]
    expect(await at.run("plan single --max-monthly-increase 1000")).toBe(3)
    expect(at.said.err).toContain("no price is known for ec2/x99.huge")
  })

  it("takes an amount alone", async () => {
    expect(await at.run("plan single --max-monthly-increase much")).toBe(2)
    expect(at.said.err).toContain('--max-monthly-increase is "much"')
  })
})

describe("--no-replace", () => {
  beforeEach(async () => {
    await at.run("deploy single --yes")
    at.cloud.calls.length = 0
    at.steps = [thing(wall, { name: "main", size: 2 })]
  })

  it.each(["plan single", "deploy single --yes"])("%s refuses what replaces something, and names it", async (line) => {
    expect(await at.run(`${line} --no-replace`)).toBe(3)
    expect(at.said.err).toContain("--no-replace, and the plan replaces wall/main")
    expect(changes()).toEqual([])
  })

  it("lets changes in place pass", async () => {
    at.steps = house("blue")
    expect(await at.run("deploy single --yes --no-replace")).toBe(0)
    expect(changes()).toContain("update wall/main")
  })

  it("does not go with --replace", async () => {
    expect(await at.run("plan single --no-replace --replace wall/main")).toBe(2)
    expect(at.said.err).toContain("--replace wall/main after --no-replace")
  })
})
