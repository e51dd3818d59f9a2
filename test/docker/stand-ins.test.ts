import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { systems } from "../../src/nodes/systems.ts"
import { type Yard, yard } from "../sandbox/machines/yard.ts"
import { expectedOf, failures, toldOf } from "./failures.ts"
import { type Ground, type Outcome, putSecrets, release } from "./ground.ts"
import { sandboxNode } from "./stand-ins.ts"

describe("the same scripts on the sandbox's stand-ins", () => {
  let on: Yard
  let node: Ground
  let started: readonly Outcome[] = []
  beforeAll(async () => {
    on = await yard()
    node = await sandboxNode(on)
    await putSecrets(node)
    started = await Promise.all(systems.map((system) => release(node, system, "main")))
  })
  afterAll(() => on.close())

  it("have both systems healthy", () => {
    expect(started.map(({ step, report }) => [step, report.phase, report.why])).toEqual([
      ["system", "ready", undefined],
      ["system", "ready", undefined],
    ])
    for (const { report } of started)
      expect(report.health).toEqual({
        backend: "healthy",
        "data-feed": "healthy",
        frontend: "healthy",
        "signal-generator": "healthy",
      })
  })

  it.each(failures)("say the same of $system at $ref, which $fails", async (failure) => {
    const former = started[systems.indexOf(failure.system)]?.report.commit ?? ""
    expect(toldOf(await release(node, failure.system, failure.ref), former)).toEqual(expectedOf(failure))
  })
})
