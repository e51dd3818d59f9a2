import { beforeEach, describe, expect, it } from "vitest"
import { apply } from "../../src/engine/apply.ts"
import { destroy, survey } from "../../src/engine/destroy.ts"
import { observe } from "../../src/engine/observe.ts"
import { Awaited } from "../../src/errors.ts"
import { blueprintOf, Cloud, kindOf, kindsOf, runOn, type TestStep, thing } from "./cloud.ts"

const wall = kindOf("wall")
const ground = thing(wall, { name: "ground" })
const upon = thing(wall, { name: "upon" })

let cloud: Cloud
beforeEach(() => {
  cloud = new Cloud()
})

/** It is there before any run, and some run changes it. */
const { list: _none, destroy: _never, ...unlisted } = kindOf("lamp", { fixed: [] })
const lampAt = (seen: { color: string }, waitsFor?: () => string | undefined): TestStep => {
  const { create: _, ...step } = thing(unlisted as typeof wall, { name: "main" })
  return {
    ...step,
    read: async () => {
      const live = { id: "lamp", size: 1, on: [], ...seen }
      const why = waitsFor?.()
      return {
        live,
        owner: "ours" as const,
        phase: why === undefined ? ("ready" as const) : ("pending" as const),
        waitsFor: why,
      }
    },
    update: async () => void Object.assign(seen, { color: "red" }),
    restore: async (_ctx, _live, former) => void Object.assign(seen, { color: former.color }),
  }
}

describe("a setting", () => {
  it("that no run has wished is a newer wish, and no drift", async () => {
    const { findings } = await observe(cloud, blueprintOf([lampAt({ color: "grey" })]), kindsOf(wall))
    expect(findings.map(({ state, cause }) => [state, cause])).toEqual([["differs", "pending"]])
  })

  it("that was never changed is not put back", async () => {
    const run = runOn(cloud)
    const seen = { color: "red" }
    await apply(run, blueprintOf([lampAt(seen)]), kindsOf(wall))
    expect((await destroy(run, blueprintOf([lampAt(seen)]), kindsOf(wall), { purge: false })).done).toEqual([])
  })

  it("that waits for somebody says so in every run, also where nothing differs", async () => {
    const step = lampAt({ color: "red" }, () => "a fuse")
    const { failed } = await apply(runOn(cloud), blueprintOf([step]), kindsOf(wall))
    expect(failed.map(({ error }) => error instanceof Awaited)).toEqual([true])
  })
})

describe("what others stand on as well", () => {
  it("is made with the rest, and never taken down", async () => {
    const run = runOn(cloud)
    const blueprint = { ...blueprintOf([ground, upon]), ground: [ground] }
    await apply(run, blueprint, kindsOf(wall))
    expect((await survey(cloud, blueprint, kindsOf(wall))).map(({ key }) => key)).toEqual(["wall/upon"])
    await destroy(run, blueprint, kindsOf(wall), { purge: true })
    expect(cloud.visible("wall").map(({ name }) => name)).toEqual(["ground"])
  })
})
