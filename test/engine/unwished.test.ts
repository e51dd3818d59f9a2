import { beforeEach, describe, expect, it } from "vitest"
import { apply } from "../../src/engine/apply.ts"
import { destroy } from "../../src/engine/destroy.ts"
import { observe } from "../../src/engine/observe.ts"
import { planRows } from "../../src/engine/rows.ts"
import type { Unwished } from "../../src/engine/types.ts"
import { blueprintOf, Cloud, kindOf, kindsOf, type Live, runOn, type TestStep, thing } from "./cloud.ts"

let cloud: Cloud
beforeEach(() => {
  cloud = new Cloud()
})

const ink = kindOf("ink", { before: ["pen"] })
const seal = kindOf("seal", {
  stays: (_: Live, { purge }: { readonly purge: boolean }) => (purge ? undefined : "the seal stays, 1.00 USD a month"),
})
const pen = kindOf("pen", { fixed: [] })
const kinds = kindsOf(ink, seal, pen)

/** It writes with something of another kind, by its id. */
function penWith(more: Partial<TestStep>, ...needs: readonly TestStep[]): TestStep {
  const own = thing(pen, { name: "main" }, more)
  return {
    ...own,
    needs: { on: needs },
    spec: {},
    links: ({ on }) => (Array.isArray(on) && on[0] ? { color: on[0].id } : {}),
    create: async (on: Cloud) => void on.make({ kind: "pen", scope: "poc", name: "main" }),
    without: ({ color }: Live, unwished: readonly Unwished[]) =>
      unwished.some(({ live }) => "id" in live && live.id === color) ? { color: "none" } : {},
  }
}

async function written(kind: typeof ink, more: Partial<TestStep> = {}) {
  const run = runOn(cloud)
  const main = thing(kind, { name: "main" })
  expect((await apply(run, blueprintOf([main, penWith(more, main)]), kinds)).failed).toEqual([])
  const [{ id } = { id: "" }] = cloud.visible(kind.name)
  expect(color()).toBe(id)
  cloud.calls = []
  return { run, bare: blueprintOf([penWith(more)]), id }
}

const color = () => cloud.visible("pen")[0]?.color

describe("what nobody wishes of a thing any more", () => {
  it("stays as it is, and is no difference", async () => {
    const { run, bare, id } = await written(ink)
    const { findings, leftovers } = await observe(cloud, bare, kinds)
    expect([findings.map(({ state }) => state), leftovers.map(({ key }) => key)]).toEqual([["same"], ["ink/main"]])
    expect((await apply(run, bare, kinds)).done).toEqual([])
    expect(color()).toBe(id)
  })

  it("is taken off it by a run that prunes, before what it leads to goes", async () => {
    const { run, bare } = await written(ink)
    const { findings } = await observe(cloud, bare, kinds, { prune: true })
    expect(findings.map(({ changes }) => changes)).toMatchObject([[{ field: "color", want: "none" }]])
    expect((await apply(run, bare, kinds, { prune: true })).failed).toEqual([])
    expect(cloud.changes()).toEqual(["update pen/main", "destroy ink/main"])
    expect(color()).toBe("none")
    expect((await apply(run, bare, kinds, { prune: true })).done).toEqual([])
  })

  it("holds what it leads to, where it cannot be taken off", async () => {
    const { bare, run, id } = await written(ink)
    const refuses = () => Promise.reject(new Error("not today"))
    const failing = blueprintOf(bare.steps.map((step) => ({ ...step, update: refuses })))
    const { failed, skipped } = await apply(run, failing, kinds, { prune: true })
    expect(failed.map(({ step }) => step.key)).toEqual(["pen/main"])
    expect(skipped).toMatchObject([{ step: { key: "ink/main" }, because: "pen/main failed" }])
    expect(color()).toBe(id)
  })

  it("stays where it leads to something else than what goes", async () => {
    const { run, bare } = await written(ink)
    const [{ id } = { id: "" }] = cloud.visible("pen")
    cloud.change(id, { color: "somebody's" })
    await apply(run, bare, kinds, { prune: true })
    expect(color()).toBe("somebody's")
  })

  it("is a newer wish, and no drift, for a run that remembers", async () => {
    const { bare } = await written(ink)
    const record = kindOf("record")
    const remembers = thing(
      record,
      { name: "main" },
      {
        read: async () => ({ live: { wishes: { "pen/main": {} } }, owner: "ours", phase: "ready" }),
      },
    )
    const { findings } = await observe(cloud, { ...bare, first: remembers }, kinds, { prune: true })
    expect(findings.find(({ key }) => key === "pen/main")?.cause).toBe("pending")
  })
})

describe("what stays for the sake of what remains", () => {
  it("stays in a run that prunes, which says why with its price; what led to it is taken off all the same", async () => {
    const { run, bare } = await written(seal)
    const rows = planRows(await observe(cloud, bare, kinds, { prune: true }), true)
    expect(rows).toMatchObject([
      { action: "update" },
      {
        action: "leftover",
        pruning: "leaves it",
        because: "it is no longer wished; the seal stays, 1.00 USD a month",
      },
    ])
    await apply(run, bare, kinds, { prune: true })
    expect(cloud.changes()).toEqual(["update pen/main"])
    expect((await apply(run, bare, kinds, { prune: true })).done).toEqual([])
  })

  it("stays in a destroy, and goes with one that purges", async () => {
    const { run, bare } = await written(seal)
    const { remains } = await destroy(run, bare, kinds, { purge: false })
    expect(remains).toMatchObject([{ step: { key: "seal/main" }, what: "the seal stays, 1.00 USD a month" }])
    expect(cloud.changes()).toEqual(["destroy pen/main"])
    expect((await destroy(run, bare, kinds, { purge: true })).remains).toEqual([])
    expect(cloud.visible("seal")).toEqual([])
  })
})

describe("what can never be as wished", () => {
  const hinders = (live: Live) => (live.color === "stone" ? "it is of stone: leave it out" : undefined)
  const pens = blueprintOf([thing(ink, { name: "main" }), thing(pen, { name: "main" }, { hinders })])

  it("is told by the plan, and no run begins", async () => {
    cloud.add({ kind: "pen", scope: "poc", name: "main", color: "stone" })
    const { findings } = await observe(cloud, pens, kinds)
    expect(findings.find(({ key }) => key === "pen/main")).toMatchObject({
      state: "blocked",
      because: "it is of stone: leave it out",
    })
    await expect(apply(runOn(cloud), pens, kinds)).rejects.toThrow("pen/main: it is of stone")
    expect(cloud.changes()).toEqual([])
  })
})
