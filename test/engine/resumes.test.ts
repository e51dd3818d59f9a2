import { beforeEach, describe, expect, it } from "vitest"
import { apply } from "../../src/engine/apply.ts"
import { destroy } from "../../src/engine/destroy.ts"
import { observe } from "../../src/engine/observe.ts"
import type { DestroyOptions } from "../../src/engine/types.ts"
import { blueprintOf, Cloud, kindOf, kindsOf, runOn, thing } from "./cloud.ts"

/** What failed is taken up again where it stands. */
const system = kindOf("system", { resumes: ["color"] })
const wish = { name: "main", color: "red" }

let cloud: Cloud
beforeEach(() => {
  cloud = new Cloud()
})

const id = "system-1"
const failing = (color: string, fails = "it exits at once") =>
  cloud.add({ kind: "system", scope: "poc", name: "main", color, fails })

/** A change that ends as `after` says, one look later. */
const changing = (after: { readonly color: string; readonly fails?: string }) =>
  thing(system, wish, {
    async update(on) {
      on.change(id, {})
      const asked = on.now
      const { phase } = on
      on.phase = (one) => {
        if (on.now === asked) return phase.call(on, one)
        const { fails: _, ...rest } = { ...one, ...after }
        on.things.set(id, { ...rest, ...(after.fails !== undefined && { fails: after.fails }) })
        on.phase = phase
        return phase.call(on, { ...rest, ...(after.fails !== undefined && { fails: after.fails }) })
      }
    },
  })

describe("a thing that failed and can be taken up again", () => {
  it("is changed in place, whatever it looks like, and never destroyed for it", async () => {
    failing("red")
    const step = changing({ color: "red" })
    const [finding] = (await observe(cloud, blueprintOf([step]), kindsOf(system))).findings
    expect(finding).toMatchObject({ state: "differs", because: "it has failed: it exits at once", cause: "drift" })
    const outcome = await apply(runOn(cloud), blueprintOf([step]), kindsOf(system))
    expect(outcome).toMatchObject({ failed: [], done: [{ verb: "update" }] })
    expect(cloud.changes()).toEqual(["update system/main"])
  })

  it("that fails again fails the run at once, with what it says now", async () => {
    failing("old")
    const run = runOn(cloud)
    const outcome = await apply(run, blueprintOf([changing({ color: "new", fails: "no disk" })]), kindsOf(system))
    expect(outcome.failed.map(({ error }) => String(error))).toEqual(["UserError: system/main has failed: no disk"])
    expect(cloud.now).toBeLessThan(20_000)
    expect(cloud.changes()).toEqual(["update system/main"])
  })

  it("is told at once where it is still at something else, and waited for where it is at that", async () => {
    cloud.slow.set("system", 3600)
    cloud.add({ kind: "system", scope: "poc", name: "main", color: "old" })
    const step = thing(system, wish, {
      async update(on) {
        on.change(id, { color: "red", readyAt: on.now + 30_000 })
      },
    })
    await apply(runOn(cloud), blueprintOf([step]), kindsOf(system))
    expect(cloud.now).toBeLessThan(60_000)
    expect(cloud.changes()).toEqual(["update system/main"])
    cloud.change(id, { readyAt: cloud.now + 90_000 })
    const before = cloud.now
    cloud.calls = []
    await apply(runOn(cloud), blueprintOf([step]), kindsOf(system))
    expect(cloud.now - before).toBeGreaterThanOrEqual(90_000)
    expect(cloud.changes()).toEqual([])
  })

  it("that fails while this run makes it is not taken up by the same run", async () => {
    const step = thing(system, wish, {
      create: async (on) => void failing("red", `attempt ${on.made + 1}`),
    })
    const outcome = await apply(runOn(cloud), blueprintOf([step]), kindsOf(system))
    expect(outcome.failed.map(({ error }) => String(error))).toEqual(["UserError: system/main has failed: attempt 1"])
    expect(cloud.changes()).toEqual([])
  })
})

it("one whole destroy says so to every thing, and a leftover's does not", async () => {
  const asked: DestroyOptions[] = []
  const kind = kindOf("system", {
    async destroy(on, live, options) {
      asked.push(options)
      on.drop(live.id)
      return undefined
    },
  })
  await apply(runOn(cloud), blueprintOf([thing(kind, wish)]), kindsOf(kind))
  await apply(runOn(cloud), blueprintOf([]), kindsOf(kind), { prune: true })
  await apply(runOn(cloud), blueprintOf([thing(kind, wish)]), kindsOf(kind))
  await destroy(runOn(cloud), blueprintOf([]), kindsOf(kind), { purge: false })
  expect(asked.map(({ whole }) => whole ?? false)).toEqual([false, true])
})
