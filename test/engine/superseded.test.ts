import { beforeEach, describe, expect, it } from "vitest"
import { apply } from "../../src/engine/apply.ts"
import { observe } from "../../src/engine/observe.ts"
import type { DestroyOptions } from "../../src/engine/types.ts"
import { blueprintOf, Cloud, kindOf, kindsOf, type Live, runOn, type TestStep, thing } from "./cloud.ts"

let cloud: Cloud
let told: DestroyOptions[]
beforeEach(() => {
  cloud = new Cloud()
  told = []
})

const note = kindOf("note", { fixed: [], keepsWish: true })
const vault = kindOf("vault", {
  holdsData: true,
  fixed: ["size", "color"],
  superseded: (field: string, live: Live, want: unknown) => field === "size" && Number(want) > live.size,
  async destroy(on: Cloud, live: Live, options: DestroyOptions) {
    told.push(options)
    on.drop(live.id)
    return undefined
  },
})
const kinds = kindsOf(note, vault)

const at = (size: number, color = "red", more: Partial<TestStep> = {}) => {
  const wish = thing(note, { name: "size", size }, more)
  // It stands on none of what it only reads.
  const main = { ...thing(vault, { name: "main", size, color }), needs: { wish }, links: () => ({}) }
  return blueprintOf([
    wish,
    { ...main, create: async (on: Cloud) => on.make({ kind: "vault", scope: "poc", name: "main", size, color }) },
  ])
}

describe("what was wished away", () => {
  it("goes without being asked for again, when what is wished has been written, and knows of its successor", async () => {
    await apply(runOn(cloud), at(1), kinds)
    cloud.calls = []
    const { failed } = await apply(runOn(cloud), at(2), kinds)
    expect(failed).toEqual([])
    expect(cloud.changes()).toEqual(["update note/size", "destroy vault/main", "create vault/main"])
    expect(told).toEqual([expect.objectContaining({ succeeded: true, purge: false })])
  })

  it("stays where what is wished cannot be written", async () => {
    await apply(runOn(cloud), at(1), kinds)
    cloud.calls = []
    const refuses = () => Promise.reject(new Error("not today"))
    const { failed, skipped } = await apply(runOn(cloud), at(2, "red", { update: refuses }), kinds)
    expect(failed.map(({ step }) => step.key)).toEqual(["note/size"])
    expect(skipped.map(({ step, verb }) => `${verb} ${step.key}`).toSorted()).toEqual([
      "create vault/main",
      "destroy vault/main",
    ])
    expect(cloud.changes()).toEqual([])
  })

  it("is asked for as ever where something else cannot change in place, too, or it was not wished away", async () => {
    await apply(runOn(cloud), at(2), kinds)
    const state = async (size: number, color?: string) =>
      (await observe(cloud, at(size, color), kinds)).findings.find(({ key }) => key === "vault/main")?.state
    expect(await state(3)).toBe("replace")
    expect(await state(3, "blue")).toBe("blocked")
    expect(await state(1)).toBe("blocked")
  })

  it("and what only leaves the blueprint has no successor", async () => {
    await apply(runOn(cloud), at(1), kinds)
    await apply(runOn(cloud), blueprintOf([]), kinds, { prune: true })
    expect(told).toEqual([expect.objectContaining({ succeeded: false })])
  })
})
