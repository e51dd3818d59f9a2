import { expect, it } from "vitest"
import { apply } from "../../src/engine/apply.ts"
import { destroy } from "../../src/engine/destroy.ts"
import { StillInUse } from "../../src/errors.ts"
import { blueprintOf, Cloud, kindOf, kindsOf, runOn, thing } from "./cloud.ts"

/** A wall on which something stands for so long. */
async function destroyed(seconds: number) {
  const cloud = new Cloud()
  let since: number | undefined
  const wall = kindOf("wall", {
    async destroy(on, { id }) {
      since ??= on.now
      if (on.now - since < seconds * 1000)
        throw new StillInUse(`${id} carries a stranger's roof`, "DependencyViolation")
      on.drop(id)
      return undefined
    },
  })
  const blueprint = blueprintOf([thing(wall, { name: "main" })])
  await apply(runOn(cloud), blueprint, kindsOf(wall))
  const run = runOn(cloud)
  const outcome = await destroy(run, blueprint, kindsOf(wall), { purge: false })
  const waits = run.events.flatMap((event) => (event.type === "step" && event.phase === "waiting" ? [event.why] : []))
  return { outcome, waits }
}

it("a thing that others stand on says so after half a minute, once", async () => {
  const { outcome, waits } = await destroyed(120)
  expect(outcome.failed).toEqual([])
  expect(waits).toEqual(["something still stands on it: wall-1 carries a stranger's roof"])
})

it("says nothing of the moment that AWS needs to notice that they are gone", async () => {
  expect((await destroyed(20)).waits).toEqual([])
})

it("says at last why it could not go", async () => {
  const { outcome, waits } = await destroyed(3600)
  expect(waits).toHaveLength(1)
  expect(outcome.failed.map(({ error }) => error)).toEqual([expect.any(StillInUse)])
})
