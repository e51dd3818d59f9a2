import { describe, expect, it } from "vitest"
import { kinds } from "../../src/blueprints/kinds.ts"
import { single } from "../../src/blueprints/single.ts"
import { graphOf, needsOf } from "../../src/engine/order.ts"
import { keyOf } from "../../src/engine/types.ts"
import { defaults, everything, lean } from "./wishes.ts"

const blueprints = [everything, defaults, lean].map(single)
const steps = blueprints.flatMap((blueprint) => graphOf(blueprint).steps)
const names = kinds.map(({ name }) => name)

/** What goes before a thing of each kind: by the kinds' own order, and by what stands on it in the blueprint. */
const goesBefore = new Map(
  kinds.map(({ name, before = [] }) => {
    const standing = steps.filter((step) =>
      needsOf(step).some((need) => need.kind.name === name && step.kind !== need.kind),
    )
    return [name, new Set([...before, ...standing.map(({ kind }) => kind.name)])]
  }),
)

describe("kinds", () => {
  it("are all in the list by which leftovers are found, each once", () => {
    expect(new Set(names).size).toBe(names.length)
    expect(steps.map(({ kind }) => kind).filter((kind) => !kinds.includes(kind))).toEqual([])
  })

  it("go before kinds that there are", () => {
    expect(kinds.flatMap(({ before = [] }) => before).filter((name) => !names.includes(name))).toEqual([])
  })

  it("do not wait for each other in a circle, whatever is taken down together", () => {
    const circle = (name: string, path: readonly string[]): readonly string[] | undefined =>
      path.includes(name)
        ? [...path, name]
        : [...(goesBefore.get(name) ?? [])].map((other) => circle(other, [...path, name])).find(Boolean)
    expect(names.map((name) => circle(name, [])).find(Boolean)).toBeUndefined()
  })

  it.each(kinds.map((kind) => [kind.name, kind] as const))(
    "%s says what a plan and its permissions need",
    (_, kind) => {
      expect(kind.allow.length).toBeGreaterThan(0)
      expect(Object.keys(kind.blank)).toEqual(expect.arrayContaining([...kind.fixed]))
      expect(kind.usually.create).toBeGreaterThan(0)
      if (kind.complete) expect(kind.completes).toBeGreaterThan(0)
      else expect(kind.completes).toBeUndefined()
    },
  )
})

describe("steps", () => {
  it.each(blueprints)("have names of their own in each environment", (blueprint) => {
    const keys = graphOf(blueprint).steps.map((step) => `${step.scope} ${keyOf(step)}`)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
