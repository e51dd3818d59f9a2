import { beforeEach, describe, expect, it } from "vitest"
import { apply } from "../../src/engine/apply.ts"
import { observe } from "../../src/engine/observe.ts"
import { NotFound, NotYet, UserError } from "../../src/errors.ts"
import { blueprintOf, Cloud, type kindOf as KindOf, kindOf, kindsOf, runOn, type TestStep, thing } from "./cloud.ts"

const ground = kindOf("ground", { before: ["house"] })
const house = kindOf("house", { before: ["roof"] })
const roof = kindOf("roof")
const kinds = kindsOf(ground, house, roof)

let cloud: Cloud
beforeEach(() => {
  cloud = new Cloud()
})

function village(wish: { size?: number; color?: string } = {}) {
  const base = thing(ground, { name: "main", ...wish })
  const left = thing(house, { name: "left", on: [base] })
  const right = thing(house, { name: "right", on: [base] })
  return { base, left, right, top: thing(roof, { name: "top", on: [left, right] }) }
}

const build = (steps: ReturnType<typeof village>) => blueprintOf([steps.top])
const states = async (blueprint: ReturnType<typeof blueprintOf>) =>
  Object.fromEntries((await observe(cloud, blueprint, kinds)).findings.map((f) => [f.key, f.state]))

describe("apply", () => {
  it("makes everything after what it needs, and a second run changes nothing", async () => {
    const outcome = await apply(runOn(cloud), build(village()), kinds)
    expect(outcome.failed).toEqual([])
    expect(cloud.changes()).toEqual([
      "create ground/main",
      "create house/left",
      "create house/right",
      "create roof/top",
    ])
    expect(new Set(Object.values(await states(build(village()))))).toEqual(new Set(["same"]))
    cloud.calls = []
    await apply(runOn(cloud), build(village()), kinds)
    expect(cloud.changes()).toEqual([])
  })

  it("lists each kind once while it observes, however many things there are", async () => {
    await apply(runOn(cloud), build(village()), kinds)
    cloud.calls = []
    await observe(cloud, build(village()), kinds)
    expect(cloud.calls.sort()).toEqual(["list ground", "list house", "list roof"])
  })

  it("repairs in place what can change, and carries a replacement to what stands on it", async () => {
    await apply(runOn(cloud), build(village()), kinds)
    cloud.calls = []
    await apply(runOn(cloud), build(village({ color: "blue" })), kinds)
    expect(cloud.changes()).toEqual(["update ground/main"])

    const bigger = village({ size: 2 })
    const rigid = kindsOf(ground, { ...house, fixed: ["size", "on"] }, roof)
    const steps = { ...bigger, left: thing(rigid[1] as ReturnType<typeof KindOf>, { name: "left", on: [bigger.base] }) }
    const blueprint = blueprintOf([thing(roof, { name: "top", on: [steps.left] })])
    const seen = await observe(cloud, blueprint, rigid)
    expect(seen.findings.map((f) => [f.key, f.state, f.because])).toEqual([
      ["ground/main", "replace", "size cannot change in place"],
      ["house/left", "replace", "ground/main is replaced"],
      ["roof/top", "differs", undefined],
    ])
  })

  it("takes down what is replaced from the top, then makes it anew", async () => {
    const rigidHouse = kindOf("house", { before: ["roof"], fixed: ["on"] })
    const rigid = kindsOf(ground, rigidHouse)
    const at = (size: number) => {
      const base = thing(ground, { name: "main", size })
      return blueprintOf([thing(rigidHouse, { name: "left", on: [base] })])
    }
    await apply(runOn(cloud), at(1), rigid)
    cloud.calls = []
    const outcome = await apply(runOn(cloud), at(2), rigid)
    expect(outcome.failed).toEqual([])
    expect(cloud.changes()).toEqual([
      "destroy house/left",
      "destroy ground/main",
      "create ground/main",
      "create house/left",
    ])
  })

  it("replaces what could change in place, but keeps from going what it is rooted in", async () => {
    const tent = kindOf("tent", { fixed: [] })
    const at = (size: number, color = "red") => {
      const base = thing(ground, { name: "main", size, color })
      return blueprintOf([thing(tent, { name: "t", on: [base] }, { rooted: ["on"] })])
    }
    const all = kindsOf(ground, tent)
    await apply(runOn(cloud), at(1), all)
    const seen = async (wish: ReturnType<typeof at>) =>
      (await observe(cloud, wish, all)).findings.map(({ key, state, because }) => [key, state, because])
    expect((await seen(at(1, "blue")))[1]).toEqual(["tent/t", "same", undefined])
    expect((await seen(at(2)))[1]).toEqual(["tent/t", "replace", "ground/main is replaced"])
    cloud.calls = []
    expect((await apply(runOn(cloud), at(2), all)).failed).toEqual([])
    expect(cloud.changes()).toEqual(["destroy tent/t", "destroy ground/main", "create ground/main", "create tent/t"])
  })

  it("tells of every failure, goes on with what does not need it, and finishes with the next run", async () => {
    cloud.refuse.set("house/left", new UserError("no left"))
    cloud.refuse.set("ground/other", new UserError("no other"))
    const steps = village()
    const blueprint = blueprintOf([steps.top, thing(ground, { name: "other" })])
    const outcome = await apply(runOn(cloud), blueprint, kinds)
    expect(outcome.failed.map(({ step, error }) => [step.key, (error as Error).message])).toEqual([
      ["ground/other", "no other"],
      ["house/left", "no left"],
    ])
    expect(outcome.skipped).toMatchObject([{ step: { key: "roof/top" }, because: "house/left failed" }])
    expect(outcome.done.map(({ step }) => step.key)).toContain("house/right")
    cloud.refuse.clear()
    expect((await apply(runOn(cloud), blueprint, kinds)).failed).toEqual([])
    expect(cloud.things.size).toBe(5)
  })

  it("begins with what the longest chain stands on, wherever the blueprint has it", async () => {
    const [swift, slow] = [kindOf("swift"), { ...kindOf("slow"), usually: { create: 300 } }]
    const alone = ["a", "b", "c"].map((name) => thing(swift, { name }))
    const base = thing(ground, { name: "base" })
    const below = thing(swift, { name: "below", on: [base] })
    const top = thing(slow, { name: "top", on: [below] })
    await apply(runOn(cloud), blueprintOf([...alone, top]), kindsOf(swift, slow, ground))
    expect(cloud.changes().slice(0, 2)).toEqual(["create ground/base", "create swift/a"])
    expect(cloud.changes().indexOf("create swift/below")).toBeLessThan(cloud.changes().indexOf("create slow/top"))
  })

  it("waits until a thing is ready before it makes what needs it, unless it need only have begun", async () => {
    cloud.slow.set("ground", 60)
    const order = async (started?: readonly string[]) => {
      const base = thing(ground, { name: "main" })
      const left = thing(house, { name: "left", on: [base] }, started ? { started } : {})
      const run = runOn(cloud)
      await apply(run, blueprintOf([left]), kinds)
      const at = run.events.findIndex((e) => e.type === "step" && e.phase === "done" && e.step.key === "ground/main")
      const begun = run.events.findIndex(
        (e) => e.type === "step" && e.phase === "started" && e.step.key === "house/left",
      )
      return begun > at
    }
    expect(await order()).toBe(true)
    cloud.things.clear()
    expect(await order(["on"])).toBe(false)
  })

  it("starts nothing new once it is stopped, and says so", async () => {
    const stop = new AbortController()
    cloud.slow.set("ground", 600)
    const run = runOn(cloud, new Map(), stop)
    const report = run.report
    const watched = {
      ...run,
      report(event: Parameters<typeof report>[0]) {
        if (event.type === "step" && event.phase === "started") stop.abort()
        report(event)
      },
    }
    const outcome = await apply(watched, build(village()), kinds)
    expect(cloud.changes()).toEqual(["create ground/main"])
    expect(outcome.failed).toEqual([])
    expect(outcome.skipped.map(({ step }) => step.key)).toEqual([
      "ground/main",
      "house/left",
      "house/right",
      "roof/top",
    ])
    cloud.slow.clear()
    cloud.now += 600_000
    await apply(runOn(cloud), build(village()), kinds)
    expect(cloud.things.size).toBe(4)
  })

  it("asks again while AWS does not know yet what it was just told", async () => {
    let refusals = 3
    const shy = kindOf("shy")
    const step = thing(shy, { name: "one", on: [thing(ground, { name: "main" })] })
    const create = step.create
    const wary = {
      ...step,
      create: async (...args: Parameters<NonNullable<typeof create>>) => {
        if (refusals-- > 0) throw refusals % 2 ? new NotYet("not yet", "NotYet") : new NotFound("not found", "NotFound")
        await create?.(...args)
      },
    }
    expect((await apply(runOn(cloud), blueprintOf([wary]), kindsOf(ground, shy))).failed).toEqual([])
  })

  it("does not wait for something missing that no run of ours has just made", async () => {
    const lone = {
      ...thing(ground, { name: "lone" }),
      create: () => Promise.reject(new NotFound("no image", "NotFound")),
    }
    const run = runOn(cloud)
    const outcome = await apply(run, blueprintOf([lone]), kinds)
    expect(outcome.failed).toHaveLength(1)
    expect(cloud.now).toBe(0)
  })

  it("replaces what has failed", async () => {
    cloud.add({ kind: "ground", scope: "poc", name: "main", fails: "no gateway" })
    await apply(runOn(cloud), blueprintOf([thing(ground, { name: "main" })]), kinds)
    expect(cloud.changes()).toEqual(["destroy ground/main", "create ground/main"])
  })

  describe("what a step picks by itself", () => {
    const pick = kindOf("pick", { fixed: [] })
    const rigid = kindOf("rigid", { fixed: ["color"] })
    const all = kindsOf(pick, rigid)
    const picking = (color: string) => {
      const { spec: _, ...rest } = thing(pick, { name: "p" })
      const create = async () => cloud.make({ kind: "pick", scope: "poc", name: "p", color })
      return { ...rest, spec: { size: 1 }, create, foresee: async () => ({ color }) } as typeof rest & { spec: object }
    }
    const built = (color: string) => {
      const picked = picking(color)
      const house = thing(rigid, { name: "h", on: [picked] })
      const links = ({ on: [one] }: { on: readonly { color: string }[] }) => ({ color: one?.color })
      return blueprintOf([
        { ...house, spec: {}, links, create: async () => cloud.make({ ...like, color }) } as TestStep,
      ])
    }
    const like = { kind: "rigid", scope: "poc", name: "h" }
    const seen = async (color: string, requests = {}) =>
      (await observe(cloud, built(color), all, requests)).findings.map((f) => [f.key, f.state])

    it("is foreseen, so that a plan of an empty account shows what follows from it", async () => {
      const { findings } = await observe(cloud, built("green"), all)
      expect(findings.map((f) => (f.expected as { color: string }).color)).toEqual(["green", "green"])
    })

    it("replaces nothing when it was lost and would be picked again", async () => {
      await apply(runOn(cloud), built("green"), all)
      for (const [id, { kind }] of cloud.things) if (kind === "pick") cloud.things.delete(id)
      expect(await seen("green")).toEqual([
        ["pick/p", "missing"],
        ["rigid/h", "same"],
      ])
      expect(await seen("blue")).toEqual([
        ["pick/p", "missing"],
        ["rigid/h", "replace"],
      ])
    })

    it("is picked anew on request, where that makes a difference", async () => {
      await apply(runOn(cloud), built("green"), all)
      const renew = new Set(["pick/p"])
      expect(await seen("green", { renew })).toEqual([
        ["pick/p", "same"],
        ["rigid/h", "same"],
      ])
      expect(await seen("blue", { renew })).toEqual([
        ["pick/p", "replace"],
        ["rigid/h", "replace"],
      ])
      expect(await seen("blue")).toEqual([
        ["pick/p", "same"],
        ["rigid/h", "same"],
      ])
    })
  })
})
