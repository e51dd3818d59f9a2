import { expect, it } from "vitest"
import { apply } from "../../src/engine/apply.ts"
import { observe } from "../../src/engine/observe.ts"
import { blueprintOf, Cloud, kindOf, kindsOf, runOn, thing } from "./cloud.ts"

const wall = kindOf("wall")
const roof = kindOf("roof", { fixed: [] })
const kinds = kindsOf(wall, roof)

const main = thing(wall, { name: "main" })
const house = blueprintOf([main, thing(roof, { name: "main", on: [main as never] })])

it("what is going tells nothing of its successor: what stands on it follows in the same run", async () => {
  const cloud = new Cloud()
  await apply(runOn(cloud), house, kinds)
  const [former] = cloud.visible("wall")
  cloud.change(former?.id ?? "", { goneAt: cloud.now + 20_000 })
  const seen = await observe(cloud, house, kinds)
  expect(seen.findings.map(({ key, state, cause }) => [key, state, cause])).toContainEqual([
    "roof/main",
    "differs",
    "pending",
  ])
  const { failed } = await apply(runOn(cloud), house, kinds)
  expect(failed).toEqual([])
  const successor = cloud.visible("wall")[0]?.id
  expect(successor).not.toBe(former?.id)
  expect(cloud.visible("roof")[0]?.on).toEqual([successor])
})
