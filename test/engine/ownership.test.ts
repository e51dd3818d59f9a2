import { beforeEach, describe, expect, it } from "vitest"
import { apply } from "../../src/engine/apply.ts"
import { destroy, survey } from "../../src/engine/destroy.ts"
import { observe } from "../../src/engine/observe.ts"
import { planRows } from "../../src/engine/rows.ts"
import { Refused } from "../../src/errors.ts"
import { blueprintOf, Cloud, kindOf, kindsOf, runOn, type TestStep, thing } from "./cloud.ts"

const shed = kindOf("shed", { unique: "name", before: ["fence"] })
const fence = kindOf("fence")
const kinds = kindsOf(shed, fence)

let cloud: Cloud
beforeEach(() => {
  cloud = new Cloud()
})

const adoptable = (step: TestStep): TestStep => ({
  ...step,
  occupant: async (c: Cloud) => {
    const found = [...c.things.values()].find((t) => t.kind === "shed" && t.owner === "foreign")
    return found && { id: found.id, size: found.size, color: found.color, on: found.on }
  },
  adopt: async (c: Cloud, live: { id: string }) => c.change(live.id, { owner: "adopted" }),
})

describe("foreign things", () => {
  it("stop a run before it changes anything", async () => {
    cloud.add({ kind: "shed", scope: "poc", name: "main", owner: "foreign" })
    const step = adoptable(thing(shed, { name: "main" }))
    await expect(apply(runOn(cloud), blueprintOf([step, thing(fence, { name: "f" })]), kinds)).rejects.toThrow(Refused)
    expect(cloud.changes()).toEqual([])
  })

  it("that no plan could see stop the step whose name they hold", async () => {
    cloud.add({ kind: "shed", scope: "poc", name: "main", owner: "foreign" })
    const outcome = await apply(runOn(cloud), blueprintOf([thing(shed, { name: "main" })]), kinds)
    expect(outcome.failed[0]?.error).toBeInstanceOf(Refused)
    expect(cloud.things.size).toBe(1)
  })

  it("are told from what another run of ours made since the list was read", async () => {
    const step = thing(shed, { name: "main" })
    const raced: TestStep = {
      ...step,
      occupant: async (c: Cloud) => {
        const { id, size, color, on } = c.add({ kind: "shed", scope: "poc", name: "main" })
        return { id, size, color, on }
      },
    }
    const { findings } = await observe(cloud, blueprintOf([raced]), kinds)
    expect(findings.map(({ key, state }) => [key, state])).toEqual([["shed/main", "same"]])
  })

  it("are adopted on request: changed as wanted, and let go instead of destroyed", async () => {
    cloud.add({ kind: "shed", scope: "poc", name: "main", owner: "foreign", color: "green" })
    const releasing = {
      ...shed,
      release: async (c: Cloud, live: { id: string }) => c.change(live.id, { owner: "foreign" }),
    }
    const step = adoptable(thing(releasing, { name: "main" }))
    const blueprint = blueprintOf([step])
    await apply(runOn(cloud), blueprint, kindsOf(releasing), { adopt: new Set(["shed/main"]) })
    expect([...cloud.things.values()][0]).toMatchObject({ owner: "adopted", color: "red" })
    expect(cloud.changes()).not.toContain("create shed/main")
    const outcome = await destroy(runOn(cloud), blueprint, kindsOf(releasing), { purge: true })
    expect(outcome.remains).toMatchObject([{ what: "it was there before, so it stays" }])
    expect([...cloud.things.values()][0]).toMatchObject({ owner: "foreign" })
  })
})

describe("what is adopted", () => {
  const releasing = {
    ...shed,
    release: async (c: Cloud, live: { id: string }) => c.change(live.id, { owner: "foreign" }),
  }
  const all = kindsOf(releasing)
  const restorable: TestStep = {
    ...adoptable(thing(releasing, { name: "main" })),
    restore: async (c: Cloud, live: { id: string }, former: { color: string }) =>
      c.change(live.id, { color: former.color }),
  } as TestStep

  it("is put back as it was before it is let go", async () => {
    const { id } = cloud.add({ kind: "shed", scope: "poc", name: "main", owner: "foreign", color: "green" })
    const run = runOn(cloud)
    await apply(run, blueprintOf([restorable]), all, { adopt: new Set(["shed/main"]) })
    expect(cloud.things.get(id)).toMatchObject({ owner: "adopted", color: "red" })
    cloud.change(id, { color: "blue" })
    await apply(run, blueprintOf([restorable]), all)
    expect((await destroy(run, blueprintOf([restorable]), all, { purge: true })).failed).toEqual([])
    expect(cloud.things.get(id)).toMatchObject({ owner: "foreign", color: "green" })
    expect(await run.former.load("poc", "shed/main")).toBeUndefined()
  })

  it("stays ours to use until its settings are back", async () => {
    const { id } = cloud.add({ kind: "shed", scope: "poc", name: "main", owner: "foreign", color: "green" })
    const run = runOn(cloud)
    await apply(run, blueprintOf([restorable]), all, { adopt: new Set(["shed/main"]) })
    const failing = { ...restorable, restore: () => Promise.reject(new Error("no")) } as TestStep
    const outcome = await destroy(run, blueprintOf([failing]), all, { purge: true })
    expect(outcome.skipped.map(({ because }) => because)).toEqual(["shed/main failed"])
    expect(cloud.things.get(id)).toMatchObject({ owner: "adopted", color: "red" })
    expect(await run.former.load("poc", "shed/main")).toMatchObject({ color: "green" })
  })

  it("stays as it is when it is no longer wished, until it is put back and let go on request", async () => {
    const { id } = cloud.add({ kind: "shed", scope: "poc", name: "main", owner: "foreign", color: "green" })
    const run = runOn(cloud)
    await apply(run, blueprintOf([restorable]), all, { adopt: new Set(["shed/main"]) })
    const without = { ...blueprintOf([]), unwished: [restorable] }
    const rows = planRows(await observe(cloud, without, all))
    expect(rows).toMatchObject([{ action: "leftover", pruning: "lets go of it", prices: [] }])
    expect((await apply(run, without, all)).done).toEqual([])
    const failing = { ...restorable, restore: () => Promise.reject(new Error("no")) } as TestStep
    const failed = await apply(run, { ...without, unwished: [failing] }, all, { prune: true })
    expect(failed.skipped.map(({ because }) => because)).toEqual(["shed/main failed"])
    expect(cloud.things.get(id)).toMatchObject({ owner: "adopted", color: "red" })
    const { remains } = await apply(run, without, all, { prune: true })
    expect(remains).toMatchObject([{ what: "it was there before, so it stays" }])
    expect(cloud.things.get(id)).toMatchObject({ owner: "foreign", color: "green" })
    expect(await run.former.load("poc", "shed/main")).toBeUndefined()
  })

  it("and what is made by us has nothing to go back to", async () => {
    const run = runOn(cloud)
    await apply(run, blueprintOf([restorable]), all)
    const made = [...cloud.things.values()].find(({ kind }) => kind === "shed")
    cloud.change(made?.id ?? "", { color: "green" })
    await apply(run, blueprintOf([restorable]), all)
    expect(await run.former.load("poc", "shed/main")).toBeUndefined()
  })
})

it("a foreign thing that would have to be replaced is not there to be adopted", async () => {
  cloud.add({ kind: "shed", scope: "poc", name: "main", owner: "foreign", size: 7 })
  const blueprint = blueprintOf([adoptable(thing(shed, { name: "main" }))])
  const adopting = apply(runOn(cloud), blueprint, kinds, { adopt: new Set(["shed/main"]) })
  await expect(adopting).rejects.toThrow("shed/main: something of this name is there that is not ours, and cannot")
  expect(cloud.changes()).toEqual([])
})

describe("what left the blueprint", () => {
  it("is shown, stays, and goes on request, also where something of the new blueprint wants its name", async () => {
    await apply(runOn(cloud), blueprintOf([thing(shed, { name: "old" }), thing(fence, { name: "f" })]), kinds)
    const smaller = blueprintOf([thing(fence, { name: "f" })])
    const rows = planRows(await observe(cloud, smaller, kinds))
    expect(rows.map((row) => [row.step.key, row.action])).toEqual([
      ["fence/f", "same"],
      ["shed/old", "leftover"],
    ])
    await apply(runOn(cloud), smaller, kinds)
    expect(cloud.things.size).toBe(2)
    await apply(runOn(cloud), smaller, kinds, { prune: true })
    expect([...cloud.things.values()].map((t) => t.name)).toEqual(["f"])
  })

  it("stops a run that would replace what it may stand on, before anything is changed", async () => {
    const rigid = { ...shed, fixed: ["size" as const] }
    const base = (size: number) => thing(rigid, { name: "base", size })
    await apply(runOn(cloud), blueprintOf([thing(fence, { name: "f", on: [base(1)] })]), kindsOf(rigid, fence))
    cloud.calls = []
    const without = blueprintOf([base(2)])
    await expect(apply(runOn(cloud), without, kindsOf(rigid, fence))).rejects.toThrow(
      "fence/f, which is no longer wanted",
    )
    expect(cloud.changes()).toEqual([])
    expect((await apply(runOn(cloud), without, kindsOf(rigid, fence), { prune: true })).failed).toEqual([])
    expect([...cloud.things.values()].map(({ name, size }) => [name, size])).toEqual([["base", 2]])
  })

  it("of another scope is left alone", async () => {
    cloud.add({ kind: "shed", scope: "prod", name: "main" })
    expect((await observe(cloud, blueprintOf([thing(fence, { name: "f" })]), kinds)).leftovers).toEqual([])
  })
})

describe("destroy", () => {
  it("leaves what was there before", async () => {
    cloud.add({ kind: "shed", scope: "poc", name: "theirs", owner: "foreign" })
    cloud.add({ kind: "shed", scope: "prod", name: "main" })
    const before = [...cloud.things.keys()]
    const base = thing(shed, { name: "a" })
    const blueprint = blueprintOf([thing(fence, { name: "f", on: [base] }), thing(fence, { name: "g", on: [base] })])
    await apply(runOn(cloud), blueprint, kinds)
    const outcome = await destroy(runOn(cloud), blueprint, kinds, { purge: false })
    expect(outcome.failed).toEqual([])
    expect([...cloud.things.keys()]).toEqual(before)
    expect(await survey(cloud, blueprint, kinds)).toEqual([])
  })

  it("asks again while something still stands on it, in whatever order the kinds are", async () => {
    const base = cloud.add({ kind: "shed", scope: "poc", name: "a" })
    cloud.add({ kind: "gate", scope: "poc", name: "g", on: [base.id] })
    const unordered = kindsOf(shed, kindOf("gate"))
    const outcome = await destroy(runOn(cloud), blueprintOf([]), unordered, { purge: false })
    expect(cloud.changes()[0]).toBe("destroy shed/a")
    expect(outcome.failed).toEqual([])
    expect(cloud.things.size).toBe(0)
  })

  it("shows what goes with all that can be read of it, and what cannot be read whole all the same", async () => {
    cloud.add({ kind: "shed", scope: "poc", name: "a" })
    const whole = (complete: NonNullable<typeof shed.complete>) =>
      survey(cloud, blueprintOf([]), kindsOf({ ...shed, complete }))
    const read = await whole(async (_, found) => ({ ...found, live: { ...found.live, size: 100 } }))
    expect(read.map(({ found }) => found.live)).toMatchObject([{ size: 100 }])
    const unread = await whole(() => Promise.reject(new Error("no")))
    expect(unread.map(({ found }) => found.live)).toMatchObject([{ size: 1 }])
  })

  it("takes the first step down last, and only when all else is gone", async () => {
    const stubborn = kindOf("stubborn", { destroy: () => Promise.reject(new Error("no")) })
    const all = kindsOf(shed, stubborn)
    const blueprint = { ...blueprintOf([thing(stubborn, { name: "s" })]), first: thing(shed, { name: "record" }) }
    await apply(runOn(cloud), blueprint, all)
    const outcome = await destroy(runOn(cloud), blueprint, all, { purge: false })
    expect(outcome.failed.map(({ step }) => step.key)).toEqual(["stubborn/s"])
    expect(outcome.skipped.map(({ step }) => step.key)).toEqual(["shed/record"])
    expect(cloud.things.size).toBe(2)
  })

  it("puts a setting back as it was before the first change", async () => {
    const setting = cloud.add({ kind: "setting", scope: "account", name: "s", color: "green" })
    const kind = kindOf("setting", { list: undefined, destroy: undefined } as object)
    const step = (color: string): TestStep => {
      const { create: _, ...rest } = thing(kind, { name: "s", scope: "poc", color })
      return {
        ...rest,
        read: async (c: Cloud) => {
          const live = c.things.get(setting.id)
          return live && { owner: "adopted", phase: "ready", live: { id: live.id, size: 1, on: [], color: live.color } }
        },
        restore: async (c: Cloud, live: { id: string }, former: { color: string }) =>
          c.change(live.id, { color: former.color }),
      } as TestStep
    }
    const run = runOn(cloud)
    await apply(run, blueprintOf([step("red")]), kindsOf(kind))
    await apply(run, blueprintOf([step("blue")]), kindsOf(kind))
    expect(cloud.things.get(setting.id)?.color).toBe("blue")
    await destroy(run, blueprintOf([step("blue")]), kindsOf(kind), { purge: false })
    expect(cloud.things.get(setting.id)?.color).toBe("green")
  })
})

it("a circle in the order of kinds is refused before anything goes", async () => {
  cloud.add({ kind: "egg", scope: "poc", name: "e" })
  cloud.add({ kind: "hen", scope: "poc", name: "h" })
  const circle = kindsOf(kindOf("egg", { before: ["hen"] }), kindOf("hen", { before: ["egg"] }))
  await expect(destroy(runOn(cloud), blueprintOf([]), circle, { purge: false })).rejects.toThrow("a circle of actions")
  expect(cloud.changes()).toEqual([])
})

describe("data", () => {
  const safe = kindOf("safe", { holdsData: true })
  it("is not replaced unless the step is named", async () => {
    await apply(runOn(cloud), blueprintOf([thing(safe, { name: "s" })]), kindsOf(safe))
    const bigger = blueprintOf([thing(safe, { name: "s", size: 2 })])
    await expect(apply(runOn(cloud), bigger, kindsOf(safe))).rejects.toThrow("--replace safe/s")
    const outcome = await apply(runOn(cloud), bigger, kindsOf(safe), { replace: new Set(["safe/s"]) })
    expect(outcome.failed).toEqual([])
    expect([...cloud.things.values()].map((t) => t.size)).toEqual([2])
  })
})
