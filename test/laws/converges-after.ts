import { beforeAll, describe, expect, it } from "vitest"
import type { Saved } from "../../src/sandbox/state-file.ts"
import { census, forget, mutations, standing, troubles } from "./evidence.ts"
import { deploy, type Ground, ground, takeDown } from "./ground.ts"
import type { Doomed } from "./interruptions.ts"
import { everything } from "./wishes.ts"

/** A run that ends at any of its changes is finished by one more, without a duplicate, and a third changes nothing. */
export function convergesAfter(
  what: string,
  interrupted: (on: Ground, n: number) => Promise<Doomed>,
  every: number,
): void {
  let saved: Saved
  const whole = { deployed: {}, destroyed: {} }
  beforeAll(async () => {
    const on = await ground()
    await deploy(on, everything)
    saved = on.saved()
    whole.deployed = census(standing(on))
    await on.close()
    const after = await ground({ saved })
    await takeDown(after, everything)
    whole.destroyed = census(standing(after))
    await after.close()
  })

  const cases = [
    { verb: "deploy", changes: 54, begin: () => ground(), act: deployAll, end: () => whole.deployed },
    { verb: "destroy", changes: 33, begin: () => ground({ saved }), act: destroyAll, end: () => whole.destroyed },
  ]
  describe.each(cases)(`${what} as it $verbs`, ({ changes, begin, act, end }) => {
    const points = Array.from({ length: changes }, (_, n) => n + 1).filter((n) => n % every === 0)
    it.each(points)("at change %i", async (n) => {
      const on = await begin()
      const doomed = await interrupted(on, n)
      await doomed.over(act(on, doomed.run))
      // Only what was under way by then still happens.
      expect(mutations(on).length).toBeLessThan(n + 15)
      expect(doomed.struck()).toBe(true)
      expect(troubles(await act(on))).toEqual([])
      forget(on)
      expect(await act(on)).toEqual({ done: [], failed: [], skipped: [], remains: [] })
      expect(mutations(on)).toEqual([])
      expect(census(standing(on))).toEqual(end())
      await on.close()
    })
  })
}

const deployAll = (on: Ground, run = on.run()) => deploy(on, everything, {}, run)
const destroyAll = (on: Ground, run = on.run()) => takeDown(on, everything, false, run)
