import { ModifyVolumeCommand } from "@aws-sdk/client-ec2"
import { beforeAll, describe, expect, it, vi } from "vitest"
import { account } from "../../src/blueprints/account.ts"
import type { Observation } from "../../src/engine/observation.ts"
import { graphOf } from "../../src/engine/order.ts"
import { keyOf } from "../../src/engine/types.ts"
import type { Saved } from "../../src/sandbox/state-file.ts"
import { wholeAccount } from "./account-ground.ts"
import { attacksOn, carryOut, fieldsWanted, roundsOf, stepsOffNode } from "./attacks.ts"
import { deviations, forget, mutations, troubles } from "./evidence.ts"
import { deploy, type Ground, ground, look } from "./ground.ts"
import { tampers } from "./tampers/index.ts"
import { everything, lean } from "./wishes.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

describe("the tables", () => {
  it.each(stepsOffNode(everything).map((step) => [keyOf(step), step] as const))(
    "know every wanted field of %s",
    (_, step) => {
      const table = tampers.find(({ kind }) => kind === step.kind.name)
      const known = [...Object.keys(table?.rows ?? {}), ...Object.keys(table?.fixed ?? {})]
      expect(fieldsWanted(step).filter((field) => !known.includes(field))).toEqual([])
    },
  )

  it("know nothing that is wanted nowhere", () => {
    const wanted = new Set(
      [...stepsOffNode(everything), ...graphOf(account(wholeAccount)).steps].flatMap((step) =>
        fieldsWanted(step).map((field) => `${step.kind.name} ${field}`),
      ),
    )
    const known = tampers.flatMap(({ kind, rows, fixed }) =>
      [...Object.keys(rows), ...Object.keys(fixed)].map((field) => `${kind} ${field}`),
    )
    expect(known.filter((field) => !wanted.has(field))).toEqual([])
    expect(new Set(known).size).toBe(known.length)
  })
})

// What the smaller environment has otherwise than the larger: a public address, and no way out of the inside.
const otherwise = stepsOffNode(lean)
  .filter(({ kind }) => ["instance", "route-table"].includes(kind.name))
  .map((step) => attacksOn(step).filter(({ field }) => ["publicAddress", "running", "routes"].includes(field)))

describe.each([
  ["everything", everything, roundsOf(stepsOffNode(everything).map(attacksOn))],
  ["a machine with a public address", lean, roundsOf(otherwise)],
] as const)("%s, tampered with from outside", (_, wish, rounds) => {
  let saved: Saved
  let findings: Observation["findings"]
  beforeAll(async () => {
    const on = await ground()
    await deploy(on, wish)
    ;({ findings } = await look(on, wish))
    saved = on.saved()
    await on.close()
  })

  it.each(rounds.map((round, n) => [n + 1, round] as const))(
    "is seen field by field, and put right, also where the first answer to each change is lost (round %i)",
    async (_, round) => {
      const on = await ground({ saved })
      const expected = await carryOut(on.outsider, { findings }, round)
      // A disk may be changed once in six hours.
      on.sandbox.world.clock.advance(7 * 3_600_000)
      expect(deviations(await look(on, wish)).toSorted()).toEqual(expected)
      const tampered = on.saved()
      forget(on)
      expect(troubles(await deploy(on, wish))).toEqual([])
      expect(deviations(await look(on, wish))).toEqual([])
      await on.close()

      const unlucky = await ground({ saved: tampered })
      unlucky.faults(
        ...[...new Set(mutations(on))].map((operation) => ({ name: "lost", operation, times: 1 }) as const),
      )
      expect(troubles(await deploy(unlucky, wish))).toEqual([])
      expect(deviations(await look(unlucky, wish))).toEqual([])
      await unlucky.close()
    },
  )
})

describe("a disk", () => {
  it("that was changed a moment ago is seen, and changed back when AWS lets it be", async () => {
    const on = await ground()
    await deploy(on, lean)
    await on.outsider.ec2.send(new ModifyVolumeCommand({ VolumeId: await diskOf(on), Iops: 4000 }))
    const { failed } = await deploy(on, lean)
    expect(failed.map(({ error }) => error)).toEqual([
      expect.objectContaining({ hint: "AWS changes a disk once in six hours: run again when they are over" }),
    ])
    on.sandbox.world.clock.advance(6 * 3_600_000)
    expect(troubles(await deploy(on, lean))).toEqual([])
    await on.close()
  })

  it("that somebody enlarged is seen, cannot shrink, and is right again with the larger wish", async () => {
    const on = await ground()
    await deploy(on, lean)
    await on.outsider.ec2.send(new ModifyVolumeCommand({ VolumeId: await diskOf(on), Size: 120 }))
    expect(deviations(await look(on, lean))).toEqual(["instance/node differs: diskGb (drift)"])
    const { failed } = await deploy(on, lean)
    expect(failed.map(({ error }) => error)).toEqual([
      expect.objectContaining({
        message: expect.stringContaining("cannot shrink to 100 GB"),
        hint: "set diskGb to 120 or more",
      }),
    ])
    expect((await deploy(on, { ...lean, diskGb: 120 })).failed).toEqual([])
    await on.close()
  })
})

async function diskOf(on: Ground): Promise<string> {
  const node = (await look(on, lean)).findings.find(({ key }) => key === "instance/node")?.found?.live
  return node && "volumeId" in node ? String(node.volumeId) : ""
}
