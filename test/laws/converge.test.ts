import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { kinds } from "../../src/blueprints/kinds.ts"
import type { SingleWish } from "../../src/blueprints/single.ts"
import { type Ground, deploy, ground, look, takeDown } from "./ground.ts"
import { everything, lean } from "./wishes.ts"
import { mutations, remainsOf, standing } from "./evidence.ts"

let on: Ground
beforeEach(async () => {
  on = await ground()
})
afterEach(() => on.close())

describe.each([
  ["with all options", everything],
  ["without a NAT gateway", lean],
] as const)("single, %s", (_, wish: SingleWish) => {
  it("is as wanted after one run, and a second changes nothing", async () => {
    const outcome = await deploy(on, wish)
    expect(outcome.failed).toEqual([])
    expect(outcome.skipped).toEqual([])
    const seen = await look(on, wish)
    expect(seen.findings.filter(({ state }) => state !== "same")).toEqual([])
    expect(seen.leftovers).toEqual([])

    on.sandbox.world.trace.clear()
    const again = await deploy(on, wish)
    expect(again).toEqual({ done: [], failed: [], skipped: [], remains: [] })
    expect(mutations(on)).toEqual([])
  })

  it("is tagged at birth: no call tags anything afterwards", async () => {
    await deploy(on, wish)
    expect(mutations(on).filter((call) => /Tag/.test(call))).toEqual([])
    const untagged = standing(on).filter((thing) => thing.taggable && !thing.tags["smart0dte:scope"])
    expect(untagged.map(({ id }) => id)).toEqual([])
    expect(standing(on).filter(({ taggable }) => taggable).length).toBeGreaterThan(15)
  })

  it("leaves what was there before and the declared remains when it is destroyed", async () => {
    const before = standing(on).map(({ id }) => id)
    await deploy(on, wish)
    const outcome = await takeDown(on, wish)
    expect(outcome.failed).toEqual([])
    const left = standing(on).filter(({ id }) => !before.includes(id))
    expect(left.map(({ what }) => what).sort()).toEqual(remainsOf(outcome, kinds))
    expect(await takeDown(on, wish)).toMatchObject({ done: [], failed: [] })
  })
})
