import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { stateBucketName } from "../../src/aws/names.ts"
import { type SingleWish, single } from "../../src/blueprints/single.ts"
import { stepsOf } from "../laws/attacks.ts"
import { deviations, isChange, troubles } from "../laws/evidence.ts"
import { surprises } from "../laws/remains.ts"
import { everything, lean } from "../laws/wishes.ts"
import { type Moto, startMoto } from "./moto.ts"
import { unchangeable } from "./moto-cache.ts"
import { corrections, forgottenAtBirth, leftBehind } from "./moto-differences.ts"
import { type MotoGround, motoGround, place, there } from "./moto-ground.ts"
import { standing } from "./moto-standing.ts"

const nothing = { done: [], failed: [], skipped: [], remains: [] }

describe("the engine on moto", () => {
  let moto: Moto
  let on: MotoGround<SingleWish>
  beforeAll(async () => {
    moto = await startMoto(corrections.map(({ name }) => name))
  })
  afterAll(() => moto.close())
  beforeEach(async () => {
    await moto.reset()
    on = await motoGround(moto, single)
    return on.close
  })

  it.each([
    ["with all options", there(everything)],
    ["as small as can be", there(lean)],
  ])("makes an environment %s, changes nothing of it in a second run, and leaves nothing behind", async (_, wish) => {
    const before = await standing(on.outsider)
    expect(troubles(await on.deploy(wish))).toEqual([])
    expect(deviations(await on.look(wish))).toEqual([])
    expect((await standing(on.outsider)).length).toBeGreaterThan(before.length + 15)

    const made = changesOf(on)
    expect(await on.deploy(wish)).toEqual(nothing)
    expect(changesOf(on)).toEqual(made)

    const ended = await on.takeDown(wish)
    expect([...troubles(ended), ...surprises(ended)]).toEqual([])
    const remain = (await standing(on.outsider)).filter((id) => !before.includes(id))
    const kinds = new Set(stepsOf(wish).map(({ kind }) => kind.name))
    const left = leftBehind.filter(({ by }) => kinds.has(by)).map(({ what }) => expect.stringMatching(`^${what}-`))
    expect(remain).toEqual([...left, stateBucketName(place)])
    expect(await on.takeDown(wish)).toEqual(nothing)
  })

  it("has nothing to put right at birth but what moto forgets", async () => {
    const changes = changesAsked(on)
    await on.deploy(there(lean))
    expect(changes.toSorted()).toEqual(forgottenAtBirth.map(({ change }) => change).toSorted())
  })
})

describe("moto as it comes", () => {
  let moto: Moto
  let on: MotoGround<SingleWish>
  beforeAll(async () => {
    moto = await startMoto([])
    on = await motoGround(moto, single)
  })
  afterAll(async () => {
    on.close()
    await moto.close()
  })

  it.each(corrections.map((one) => [one.name, one] as const))("still needs the correction %s", async (_, one) => {
    expect(await one.isNeeded(on.outsider)).toBe(true)
  })

  it.each(unchangeable.map((one) => [one.kind, one] as const))("still changes nothing of a %s", async (_, one) => {
    expect(await one.isSo(on.outsider)).toBe(true)
  })
})

/** How often each change was asked for; the lock's and the record's own writes are not of the account. */
const changesOf = ({ session }: MotoGround<SingleWish>) =>
  Object.entries(session.calls().byOperation).filter(([call]) => isChange(call) && call !== "s3:PutObject")

/** The changes of machines that are there, with the members that each names. */
function changesAsked({ session }: MotoGround<SingleWish>): readonly string[] {
  const asked: string[] = []
  session.ec2.middlewareStack.add(
    (next, { commandName = "" }) =>
      (args) => {
        const members = Object.keys(args.input).toSorted().join(", ")
        if (/^Modify(Instance|Volume)/.test(commandName))
          asked.push(`${commandName.replace("Command", "")}: ${members}`)
        return next(args)
      },
    { step: "initialize" },
  )
  return asked
}
