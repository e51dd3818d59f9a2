import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type SingleWish, single } from "../../src/blueprints/single.ts"
import type { Observation } from "../../src/engine/observation.ts"
import { type Attack, attacksOn, carryOut, roundsOf, seenAfter, stepsOffNode } from "../laws/attacks.ts"
import { deviations, troubles } from "../laws/evidence.ts"
import { everything } from "../laws/wishes.ts"
import { type Moto, startMoto } from "./moto.ts"
import { unchangeable } from "./moto-cache.ts"
import { beyondRepair, corrections, seenOtherwise, unseen } from "./moto-differences.ts"
import { type MotoGround, motoGround, there } from "./moto-ground.ts"

const wish = there(everything)

describe("an environment on moto, tampered with from outside", () => {
  let moto: Moto
  let on: MotoGround<SingleWish>
  let before: Observation
  beforeAll(async () => {
    moto = await startMoto(corrections.map(({ name }) => name))
    on = await motoGround(moto, single)
    await on.deploy(wish)
    before = await on.look(wish)
  })
  afterAll(async () => {
    on.close()
    await moto.close()
  })

  it.each(rounds().map((round, n) => [n + 1, round] as const))(
    "is seen field by field, and put right (round %i)",
    async (_, round) => {
      const expected = await carryOut(on.outsider, before, round, seenHere)
      const seen = deviations(await on.look(wish)).toSorted()
      const failed = troubles(await on.deploy(wish))
      before = await on.look(wish)
      const left = deviations(before)
      // All at the end, so that a round that is wrong does not spoil the next.
      expect({ seen, failed, left }).toEqual({ seen: expected, failed: [], left: [] })
    },
  )

  // Last, because what is done here stays.
  it.each(beyondRepair.map((row) => [row.key, row.field, row] as const))(
    "is beyond moto in %s, in %s",
    async (key, field, { says }) => {
      const made = await attempted(key, field)
      expect([...made, ...troubles(await on.deploy(wish))]).toContainEqual(expect.stringMatching(says))
    },
  )

  it.each(unseen.map((row) => [row.key, row.field] as const))(
    "is not seen on moto in %s, in %s",
    async (key, field) => {
      await attempted(key, field)
      const seen = deviations(await on.look(wish)).filter((one) => one.startsWith(`${key} differs: `))
      expect(seen.join()).not.toContain(`${field} (`)
    },
  )

  /** Why it could not be done. */
  async function attempted(key: string, field: string): Promise<readonly string[]> {
    const attack = attacks().find((one) => one.key === key && one.field === field)
    const live = (await on.look(wish)).findings.find((finding) => finding.key === key)?.found?.live as never
    try {
      await attack?.does(on.outsider, live)
      return []
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)]
    }
  }
})

it("every row of the differences is about an attack that there is", () => {
  const known = attacks().map(({ key, field }) => `${key} ${field}`)
  const rows = [...seenOtherwise, ...beyondRepair, ...unseen].map(({ key, field }) => `${key} ${field}`)
  expect(rows.filter((row) => !known.includes(row))).toEqual([])
  expect(new Set(rows).size).toBe(rows.length)
})

const steps = () => stepsOffNode(wish).filter(({ kind }) => !unchangeable.some((one) => one.kind === kind.name))

const attacks = (): readonly Attack[] => steps().flatMap(attacksOn)

function rounds(): readonly (readonly Attack[])[] {
  const isWithin = ({ key, field }: Attack) =>
    ![...beyondRepair, ...unseen].some((row) => row.key === key && row.field === field)
  return roundsOf(steps().map((step) => attacksOn(step).filter(isWithin)))
}

function seenHere(attack: Attack, live: never): readonly string[] {
  const otherwise = seenOtherwise.find(({ key, field }) => key === attack.key && field === attack.field)
  return otherwise?.seen ?? seenAfter(attack, live)
}
