import { beforeEach, describe, expect, it } from "vitest"
import { kinds } from "../../src/blueprints/kinds.ts"
import { groupOf } from "../../src/commands/cost-groups.ts"
import { thing } from "../engine/cloud.ts"
import { house, type World, wall, world } from "./small-world.ts"

let at: World
beforeEach(async () => {
  at = world()
  at.remembers = house()
  expect(await at.run("deploy single --yes")).toBe(0)
  at.records.push("poc")
  at.said.out = ""
})

describe("cost", () => {
  it("says what is there costs, row by row, with what is not included", async () => {
    expect(await at.run("cost")).toBe(0)
    expect(at.said.out).toMatch(/^other +121\.47 USD$/m)
    expect(at.said.out).toMatch(/^ {2}wall\/main: t3\.xlarge instance +121\.47 USD$/m)
    expect(at.said.out).toMatch(/^a month +121\.47 USD$/m)
    expect(at.said.out).toContain("not included: traffic through the NAT gateway")
    expect(at.said.out).toContain("beside it: bucket/state: 1 cent a month")
    expect(at.said.out).not.toContain("as it is configured")
    // What costs nothing is not listed.
    expect(at.said.out).not.toContain("roof/main")
  })

  it("sets against it what it would cost as it is configured", async () => {
    at.steps = [thing(wall, { name: "main", size: 2 })]
    expect(await at.run("cost single")).toBe(0)
    expect(at.said.out).toMatch(/^ {4}- t3\.xlarge instance +121\.47 USD$/m)
    expect(at.said.out).toMatch(/^ {4}\+ 2 t3\.xlarge instance +242\.94 USD$/m)
    expect(at.said.out).toMatch(/^as it is configured +121\.47 USD, then 242\.94 USD \(\+121\.47 USD\)$/m)
    expect(at.said.out).toContain("next: smart0dte plan single")
  })

  it("counts what is left over for what is there, and not for what is configured", async () => {
    at.steps = []
    await at.run("cost --output json")
    expect(at.lines().at(-1)).toMatchObject({ type: "summary", monthlyUsd: 121.47, wantedUsd: 0 })
  })

  it("has a line for each row, and a summary, for programs", async () => {
    await at.run("cost --output json")
    const part = { what: "t3.xlarge instance", units: 1, monthlyUsd: 121.47 }
    const place = { environment: "poc", account: "123456789012", region: "us-east-1" }
    expect(at.lines().slice(1)).toEqual([
      { type: "cost", ...place, step: "wall/main", group: "other", now: [part], wanted: [part], sandbox: false },
      expect.objectContaining({
        type: "summary",
        ...place,
        groups: [{ group: "other", monthlyUsd: 121.47, wantedUsd: 121.47 }],
        monthlyUsd: 121.47,
        wantedUsd: 121.47,
        notPriced: [],
        stays: ["bucket/state: 1 cent a month"],
        next: [],
      }),
    ])
  })

  it("adds up what it shows, to the cent", async () => {
    const { price } = wall
    // Each of them is 16.425 USD: what is shown of it is half a cent more.
    Object.assign(wall, { price: () => [1, 1].map((units) => ({ sku: "elb/application", units })) })
    await at.run("cost")
    const cost = at.said.out
    at.said.out = ""
    await at.run("status")
    Object.assign(wall, { price })
    expect(cost.match(/ 16\.43 USD$/gm)).toHaveLength(2)
    expect(cost).toMatch(/^other +32\.86 USD$/m)
    expect(cost).toMatch(/^a month +32\.86 USD$/m)
    expect(at.said.out).toContain("32.86 USD a month")
  })

  it("names what has no price, and says that the sum is less than all", async () => {
    const { price } = wall
    Object.assign(wall, { price: () => [{ sku: "ec2/z9.huge", units: 1 }] })
    await at.run("cost")
    Object.assign(wall, { price })
    expect(at.said.out).toMatch(/ec2\/z9\.huge +\?/)
    expect(at.said.out).toMatch(/^a month, at least +0\.00 USD$/m)
    expect(at.said.out).toContain("no price known for: ec2/z9.huge")
  })

  it("of what was never deployed is not known", async () => {
    at.records.length = 0
    expect(await at.run("cost single")).toBe(1)
    expect(at.said.err).toContain("no environment poc is deployed")
  })
})

it("every kind that costs something has a group", () => {
  const priced = kinds.filter(({ price }) => price).map(({ name }) => name)
  expect(priced.length).toBeGreaterThan(8)
  expect(priced.filter((name) => groupOf(name) === "other")).toEqual([])
})
