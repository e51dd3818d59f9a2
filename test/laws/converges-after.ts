import { beforeAll, describe, expect, it } from "vitest"
import type { Outcome } from "../../src/engine/perform.ts"
import type { Saved } from "../../src/sandbox/state-file.ts"
import { census, forget, mutations, standing, troubles } from "./evidence.ts"
import { deploy, type Ground, ground, takeDown } from "./ground.ts"
import type { Doomed } from "./interruptions.ts"
import { momentOf, samples } from "./samples.ts"
import { everything } from "./wishes.ts"

/** What is made whole and taken away again, and at how many moments that is interrupted. */
export interface Undertaking {
  readonly few: number
  make(on: Ground, run?: ReturnType<Ground["run"]>): Promise<Outcome>
  takeAway(on: Ground, run?: ReturnType<Ground["run"]>): Promise<Outcome>
}

const environment: Undertaking = {
  few: 6,
  make: (on, run = on.run()) => deploy(on, everything, {}, run),
  takeAway: (on, run = on.run()) => takeDown(on, everything, false, run),
}

/** A run that ends at any of its changes is finished by one more, without a duplicate, and a third changes nothing. */
export function convergesAfter(
  what: string,
  interrupted: (on: Ground, n: number) => Promise<Doomed>,
  { few, make, takeAway }: Undertaking = environment,
): void {
  let saved: Saved
  let former: Ground["former"]
  const whole = { deployed: {}, destroyed: {} }
  const changes = { deploy: 0, destroy: 0 }
  beforeAll(async () => {
    const on = await ground()
    await make(on)
    saved = on.saved()
    former = on.former
    changes.deploy = mutations(on).length
    whole.deployed = census(standing(on))
    await on.close()
    const after = await ground({ saved, former })
    await takeAway(after)
    changes.destroy = mutations(after).length
    whole.destroyed = census(standing(after))
    await after.close()
  })

  const cases = [
    { verb: "deploy", begin: () => ground(), act: make, end: () => whole.deployed },
    { verb: "destroy", begin: () => ground({ saved, former }), act: takeAway, end: () => whole.destroyed },
  ] as const
  describe.each(cases)(`${what} in the middle of a $verb`, ({ verb, begin, act, end }) => {
    const moments = samples(few)
    it.each(moments)("is finished by one more (moment %i)", async (moment) => {
      const n = momentOf(moment, moments, changes[verb])
      const on = await begin()
      const doomed = await interrupted(on, n)
      await doomed.over(act(on, doomed.run))
      // Only what was under way by then still happens: many steps at once, of which some take dozens of calls.
      expect(mutations(on).length).toBeLessThan(n + underWay)
      expect(doomed.struck()).toBe(true)
      await finished(on, act, end())
    })

    it("is finished though every run but the last ends at its third change", async () => {
      const on = await begin()
      let ended = 0
      for (;;) {
        const doomed = await interrupted(on, 3)
        await doomed.over(act(on, doomed.run))
        if (!doomed.struck()) break
        ended++
      }
      expect(ended).toBeGreaterThan(changes[verb] / 30)
      await finished(on, act, end())
    })
  })
}

const underWay = 90

async function finished(on: Ground, act: Undertaking["make"], end: object) {
  expect(troubles(await act(on))).toEqual([])
  forget(on)
  expect(await act(on)).toEqual({ done: [], failed: [], skipped: [], remains: [] })
  expect(mutations(on)).toEqual([])
  expect(census(standing(on))).toEqual(end)
  await on.close()
}
