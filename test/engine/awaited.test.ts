import { beforeEach, describe, expect, it } from "vitest"
import { apply } from "../../src/engine/apply.ts"
import { observe } from "../../src/engine/observe.ts"
import { planRows } from "../../src/engine/rows.ts"
import { Awaited, exitCodes } from "../../src/errors.ts"
import { blueprintOf, Cloud, kindOf, kindsOf, runOn, thing } from "./cloud.ts"

const deed = kindOf("deed")
const house = kindOf("house")
const shed = kindOf("shed")

let cloud: Cloud
let signed: boolean
beforeEach(() => {
  cloud = new Cloud()
  signed = false
})

/** A deed is worth nothing until somebody has signed it. */
const unsigned = {
  ...deed,
  list: async (ctx: Cloud, scopes: readonly string[]) =>
    ((await deed.list?.(ctx, scopes)) ?? []).map((found) =>
      signed ? found : { ...found, phase: "pending" as const, waitsFor: "a signature" },
    ),
}
const kinds = kindsOf(unsigned, house, shed)
const paper = thing(unsigned, { name: "main" })
const blueprint = blueprintOf([paper, thing(house, { name: "left", on: [paper] }), thing(shed, { name: "own" })])

describe("what only a person can bring about", () => {
  it("is not waited for: what needs it is left out, and the rest is done", async () => {
    const before = cloud.now
    const { done, failed, skipped } = await apply(runOn(cloud), blueprint, kinds)
    expect(done.map(({ step }) => step.key)).toEqual(["shed/own"])
    expect(failed.map(({ step, error }) => [step.key, String(error)])).toEqual([
      ["deed/main", "Awaited: deed/main waits for a signature"],
    ])
    expect(failed[0]?.error).toBeInstanceOf(Awaited)
    expect(failed[0]?.error).toMatchObject({ exitCode: exitCodes.partly })
    expect(skipped.map(({ step, because }) => [step.key, because])).toEqual([
      ["house/left", "deed/main waits for somebody"],
    ])
    expect(cloud.now - before).toBeLessThan(60_000)
  })

  it("is told by a plan, and made nothing of by the next run", async () => {
    await apply(runOn(cloud), blueprint, kinds)
    const rows = planRows(await observe(cloud, blueprint, kinds))
    expect(rows.find(({ step }) => step.key === "deed/main")).toMatchObject({
      action: "same",
      phase: "pending",
      because: "it waits for a signature",
    })
    cloud.calls = []
    expect((await apply(runOn(cloud), blueprint, kinds)).failed).toHaveLength(1)
    expect(cloud.changes()).toEqual([])
  })

  it("lets the next run go on when it is done", async () => {
    await apply(runOn(cloud), blueprint, kinds)
    signed = true
    cloud.calls = []
    expect(await apply(runOn(cloud), blueprint, kinds)).toMatchObject({ failed: [], skipped: [] })
    expect(cloud.changes()).toEqual(["create house/left"])
  })
})
