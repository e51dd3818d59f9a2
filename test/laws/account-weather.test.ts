import { beforeAll, describe, expect, it, vi } from "vitest"
import type { Fault } from "../../src/sandbox/faults.ts"
import { bootstrap, lookAt, takeBack, willing } from "./account-ground.ts"
import { census, deviations, forget, mutations, standing, troubles } from "./evidence.ts"
import { ground } from "./ground.ts"

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let whole: Readonly<Record<string, number>>
let rest: Readonly<Record<string, number>>
beforeAll(async () => {
  const on = await ground()
  await bootstrap(on, willing)
  whole = census(standing(on))
  await takeBack(on, willing, true)
  rest = census(standing(on))
  await on.close()
})

describe("the account is made whole, and put back as it was", () => {
  const storms: readonly (readonly [string, Fault, number])[] = [
    ["with 30 % of all requests throttled", { name: "throttle", share: 0.3 }, 30],
    ["with 20 % of all connections cut before the request has its effect", { name: "reset", share: 0.2 }, 20],
    ["with 20 % of all answers lost", { name: "lost", share: 0.2 }, 20],
    ["with 20 % of all requests answered by 500", { name: "error500", share: 0.2 }, 20],
  ]
  it.each(storms)("%s", async (_, fault, least) => {
    const on = await ground({ speed: 400 })
    const hits = () => on.sandbox.world.faults.list().reduce((sum, one) => sum + one.hits, 0)
    on.faults(fault)
    expect(troubles(await bootstrap(on, willing))).toEqual([])
    expect(hits()).toBeGreaterThanOrEqual(least)
    on.faults()
    expect(deviations(await lookAt(on, willing))).toEqual([])
    forget(on)
    await bootstrap(on, willing)
    expect(mutations(on)).toEqual([])
    expect(census(standing(on))).toEqual(whole)
    on.faults(fault)
    expect(troubles(await takeBack(on, willing, true))).toEqual([])
    on.faults()
    expect((await takeBack(on, willing, true)).done).toEqual([])
    expect(census(standing(on))).toEqual(rest)
    await on.close()
  })
})
