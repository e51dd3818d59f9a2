import { beforeAll, describe, expect, it, vi } from "vitest"
import type { FaultName } from "../../src/sandbox/faults.ts"
import type { Saved } from "../../src/sandbox/state-file.ts"
import { census, deviations, forget, mutations, standing, troubles } from "./evidence.ts"
import { deploy, type Ground, ground, look, takeDown } from "./ground.ts"
import { everything } from "./wishes.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let saved: Saved
let whole: Readonly<Record<string, number>>
let rest: Readonly<Record<string, number>>
const calls = { deploy: [] as readonly string[], destroy: [] as readonly string[] }
beforeAll(async () => {
  const on = await ground()
  await deploy(on, everything)
  saved = on.saved()
  calls.deploy = [...new Set(mutations(on))].toSorted()
  whole = census(standing(on))
  await on.close()
  const after = await ground({ saved })
  await takeDown(after, everything)
  calls.destroy = [...new Set(mutations(after))].toSorted()
  rest = census(standing(after))
  await after.close()
})

/** Calls that are hit in the same run; each call is in one of the hands, so that more hands would find nothing else. */
const hands = [1, 2, 3, 4]
const handOf = (hand: number, all: readonly string[]) => all.filter((_, n) => n % hands.length === hand - 1)

const mishaps: readonly (readonly [string, FaultName])[] = [
  ["whose answer is lost", "lost"],
  ["that answers 500 after its effect", "error500-after"],
]

describe.each(mishaps)("calls %s", (_, name) => {
  const strike = (on: Ground, operations: readonly string[]) => {
    expect(operations.length).toBeGreaterThan(0)
    on.faults(...operations.map((operation) => ({ name, operation, times: 1 })))
  }

  it.each(hands)("make no duplicate in the same run (hand %i)", async (hand) => {
    const on = await ground()
    strike(on, handOf(hand, calls.deploy))
    expect(troubles(await deploy(on, everything))).toEqual([])
    struck(on)
    forget(on)
    expect(deviations(await look(on, everything))).toEqual([])
    await deploy(on, everything)
    expect(mutations(on)).toEqual([])
    expect(census(standing(on))).toEqual(whole)
    await on.close()
  })

  it.each(hands)("are no failure when they were to take something away (hand %i)", async (hand) => {
    const on = await ground({ saved })
    strike(on, handOf(hand, calls.destroy))
    expect(troubles(await takeDown(on, everything))).toEqual([])
    struck(on)
    forget(on)
    await takeDown(on, everything)
    expect(mutations(on)).toEqual([])
    expect(census(standing(on))).toEqual(rest)
    await on.close()
  })
})

/** A fault that was never met would prove nothing. */
const struck = (on: Ground) => expect(on.sandbox.world.faults.list().filter(({ hits }) => hits !== 1)).toEqual([])
