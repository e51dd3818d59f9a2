import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { single } from "../../src/blueprints/single.ts"
import { graphOf } from "../../src/engine/order.ts"
import { type Attack, attacksOn, roundsOf } from "../laws/attacks.ts"
import { deviations, troubles } from "../laws/evidence.ts"
import { everything } from "../laws/wishes.ts"
import { type Moto, startMoto } from "./moto.ts"
import { beyondRepair, corrections, seenOtherwise, unseen } from "./moto-differences.ts"
import { type MotoGround, motoGround, withoutSystems } from "./moto-ground.ts"
import { onMoto } from "./moto-lacks.ts"

const wish = withoutSystems(everything)

describe("an environment on moto, tampered with from outside", () => {
  let moto: Moto
  let on: MotoGround
  beforeAll(async () => {
    moto = await startMoto(corrections.map(({ name }) => name))
    on = await motoGround(moto)
    await on.deploy(wish)
  })
  afterAll(async () => {
    on.close()
    await moto.close()
  })

  it.each(rounds().map((round, n) => [n + 1, round] as const))(
    "is seen field by field, and put right (round %i)",
    async (_, round) => {
      const { findings } = await on.look(wish)
      const expected: string[] = []
      for (const attack of round) {
        // The row is of the very kind whose thing this is.
        const live = findings.find((finding) => finding.key === attack.key)?.found?.live as never
        await attack.does(on.outsider, live)
        const seen = seenAfter(attack, live).map((field) => `${field} (${attack.cause ?? "drift"})`)
        expected.push(`${attack.key} differs: ${seen.join(", ")}`)
      }
      const seen = deviations(await on.look(wish)).toSorted()
      const failed = troubles(await on.deploy(wish))
      const left = deviations(await on.look(wish))
      // All at the end, so that a round that is wrong does not spoil the next.
      expect({ seen, failed, left }).toEqual({ seen: expected.toSorted(), failed: [], left: [] })
    },
  )

  // Last, because what is done here stays.
  it.each(beyondRepair.map((row) => [row.key, row.field, row] as const))(
    "is beyond moto in %s, in %s",
    async (key, field, { says }) => {
      const attack = attacks().find((one) => one.key === key && one.field === field)
      const live = (await on.look(wish)).findings.find((finding) => finding.key === key)?.found?.live as never
      const made = await attack?.does(on.outsider, live).then(
        () => [],
        (error) => [error.message],
      )
      expect([made, troubles(await on.deploy(wish))].flat()).toContainEqual(expect.stringMatching(says))
    },
  )
})

it("every row of the differences is about an attack that there is", () => {
  const known = attacks().map(({ key, field }) => `${key} ${field}`)
  const rows = [...seenOtherwise, ...beyondRepair, ...unseen].map(({ key, field }) => `${key} ${field}`)
  expect(rows.filter((row) => !known.includes(row))).toEqual([])
  expect(new Set(rows).size).toBe(rows.length)
})

const steps = () => graphOf(onMoto(single(wish))).steps

const attacks = (): readonly Attack[] => steps().flatMap(attacksOn)

function rounds(): readonly (readonly Attack[])[] {
  const isWithin = ({ key, field }: Attack) =>
    ![...beyondRepair, ...unseen].some((row) => row.key === key && row.field === field)
  return roundsOf(steps().map((step) => attacksOn(step).filter(isWithin)))
}

function seenAfter({ key, field, seen }: Attack, live: never): readonly string[] {
  const otherwise = seenOtherwise.find((row) => row.key === key && row.field === field)
  return otherwise?.seen ?? seen?.(live) ?? [field]
}
