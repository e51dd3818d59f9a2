import { beforeEach, describe, expect, it } from "vitest"
import { apply } from "../../src/engine/apply.ts"
import { fingerprint } from "../../src/engine/compare.ts"
import { type Action, actionId } from "../../src/engine/events.ts"
import { observe } from "../../src/engine/observe.ts"
import { secondsLeft } from "../../src/engine/path.ts"
import { insist, isNotYet, pause, until } from "../../src/engine/poll.ts"
import type { Lives, Needs } from "../../src/engine/types.ts"
import { wishesOf } from "../../src/engine/wishes.ts"
import { NotYet } from "../../src/errors.ts"
import { blueprintOf, Cloud, kindOf, kindsOf, runOn, type TestStep, thing } from "./cloud.ts"

const wall = kindOf("wall", { fixed: [] })
const floor = kindOf("floor")
const record = kindOf("record", { fixed: [] })
const kinds = kindsOf(wall)

let cloud: Cloud
beforeEach(() => {
  cloud = new Cloud()
})

/** A record that remembers what these steps want. */
function remembering(steps: readonly TestStep[]) {
  const { needs: _, ...rest } = thing(record, { name: "poc" })
  const read = async () => ({
    live: { id: "record-1", size: 1, color: "red", on: [], wishes: wishesOf(steps) },
    owner: "ours",
    phase: "ready",
  })
  return { ...rest, needs: {}, links: undefined, read } as unknown as TestStep
}

describe("drift and newer wishes", () => {
  const causes = async (want: readonly TestStep[], last: readonly TestStep[]) => {
    const { findings } = await observe(cloud, { ...blueprintOf(want), first: remembering(last) }, kinds)
    return findings.filter((f) => f.key.startsWith("wall")).map((f) => [f.state, f.cause])
  }
  it("are told apart field by field", async () => {
    const last = [thing(wall, { name: "w", color: "red" })]
    await apply(runOn(cloud), blueprintOf(last), kinds)
    expect(await causes(last, last)).toEqual([["same", undefined]])
    expect(await causes([thing(wall, { name: "w", color: "blue" })], last)).toEqual([["differs", "pending"]])
    const only = [...cloud.things.values()][0]
    cloud.change(only?.id ?? "", { color: "green" })
    expect(await causes(last, last)).toEqual([["differs", "drift"]])
    const both = [thing(wall, { name: "w", color: "red", size: 2 })]
    const { findings } = await observe(cloud, { ...blueprintOf(both), first: remembering(last) }, kinds)
    expect(findings.at(-1)?.changes.map((c) => [c.field, c.cause])).toEqual([
      ["size", "pending"],
      ["color", "drift"],
    ])
  })

  it("are told apart for what follows from other things", async () => {
    const [a, b] = [thing(floor, { name: "a" }), thing(floor, { name: "b" })]
    const last = [a, b, thing(wall, { name: "w", on: [a] })]
    await apply(runOn(cloud), blueprintOf(last), kindsOf(wall, floor))
    expect(await causes([a, b, thing(wall, { name: "w", on: [b] })], last)).toEqual([["differs", "pending"]])
    const made = [...cloud.things.values()].find(({ kind }) => kind === "wall")
    cloud.change(made?.id ?? "", { on: ["floor-of-somebody"] })
    expect(await causes(last, last)).toEqual([["differs", "drift"]])
  })

  it("what follows from a need that changes in place is no drift, what somebody did besides is", async () => {
    const painted = (color: string) => {
      const base = thing(floor, { name: "a", color })
      const links = ({ on }: Lives<Needs>) => ({
        color: [on]
          .flat()
          .map((one) => "color" in one && one.color)
          .join(),
      })
      const { color: _, ...spec } = thing(wall, { name: "w" }).spec
      return [base, { ...thing(wall, { name: "w", on: [base] }), spec, links }]
    }
    await apply(runOn(cloud), blueprintOf(painted("red")), kindsOf(wall, floor))
    expect(await causes(painted("blue"), painted("red"))).toEqual([["differs", "pending"]])
    const made = [...cloud.things.values()].find(({ kind }) => kind === "wall")
    cloud.change(made?.id ?? "", { color: "green" })
    expect(await causes(painted("blue"), painted("red"))).toEqual([["differs", "drift"]])
  })

  it("are told apart also where, with nothing in a need, nothing is made of it", async () => {
    const shaded = (shade: string) => {
      const base = thing(floor, { name: "a", color: "red" })
      const shades = (one: object) => ("color" in one && one.color ? [`${shade} ${one.color}`] : [])
      const links = ({ on }: Lives<Needs>) => ({ color: [on].flat().flatMap(shades).join() })
      const { color: _, ...spec } = thing(wall, { name: "w" }).spec
      return [base, { ...thing(wall, { name: "w", on: [base] }), spec, links }]
    }
    await apply(runOn(cloud), blueprintOf(shaded("dark")), kindsOf(wall, floor))
    expect(await causes(shaded("light"), shaded("dark"))).toEqual([["differs", "pending"]])
    const made = [...cloud.things.values()].find(({ kind }) => kind === "wall")
    cloud.change(made?.id ?? "", { color: "green" })
    expect(await causes(shaded("dark"), shaded("dark"))).toEqual([["differs", "drift"]])
  })

  it("are told apart for what is missing", async () => {
    const last = [thing(wall, { name: "w" })]
    expect(await causes(last, last)).toEqual([["missing", "drift"]])
    expect(await causes([thing(wall, { name: "new" })], last)).toEqual([["missing", "pending"]])
  })
})

it("the fingerprint of a value does not depend on the order of its keys", () => {
  expect(fingerprint({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(fingerprint({ b: [{ d: 3, c: 2 }], a: 1 }))
  expect(fingerprint({ a: 1 })).not.toBe(fingerprint({ a: 2 }))
})

describe("time", () => {
  const action = (name: string, usual: number, ...after: string[]): Action => ({
    id: actionId("create", "poc", name),
    step: { key: name, kind: name, name, scope: "poc" },
    verb: "create",
    usual,
    after: after.map((one) => actionId("create", "poc", one)),
  })
  it("left is that of the longest chain", () => {
    const actions = [action("a", 10), action("b", 100, "a"), action("c", 20, "a"), action("d", 5, "c")]
    expect(secondsLeft(actions, new Set())).toBe(110)
    const done = new Set([actionId("create", "poc", "a"), actionId("create", "poc", "b")])
    expect(secondsLeft(actions, done)).toBe(25)
    expect(secondsLeft(actions, done, new Map([[actionId("create", "poc", "c"), 15]]))).toBe(10)
  })

  it("that passed while the machine slept does not end a wait before it has looked often enough", async () => {
    const asleep = { ...runOn(cloud).clock, now: () => (cloud.now += 3_600_000) }
    let looks = 0
    const late = await until(asleep, new AbortController().signal, { for: 1_000, usual: 1 }, async () =>
      ++looks === 4 ? "there" : undefined,
    )
    expect(late).toBe("there")
    looks = 0
    const never = until(asleep, new AbortController().signal, { for: 1_000, usual: 1 }, async () => void looks++)
    expect(await never).toBeUndefined()
    expect(looks).toBe(5)
    let attempts = 0
    const attempt = async () => {
      if (++attempts < 5) throw new NotYet("not yet", "NotYet")
      return attempts
    }
    expect(await insist(asleep, new AbortController().signal, 1_000, isNotYet, attempt)).toBe(5)
  })

  it("between looks is long before the usual time, short around it, and longer again after", () => {
    expect(pause(200_000, 350)).toBe(15_000)
    expect(pause(290_000, 350)).toBeLessThan(15_000)
    expect(pause(350_000, 350)).toBe(5_000)
    expect(pause(800_000, 350)).toBe(10_000)
    expect(pause(0, 1)).toBe(500)
  })

  it("between looks is an eighth of the time so far at the most, for what is much quicker than usual", () => {
    expect(pause(0, 350)).toBe(5_000)
    expect(pause(80_000, 350)).toBe(10_000)
    expect(pause(8_000, 60)).toBe(2_000)
    expect(pause(24_000, 60)).toBe(3_000)
  })
})
