import { DescribeSnapshotsCommand } from "@aws-sdk/client-ec2"
import { beforeAll, describe, expect, it, vi } from "vitest"
import { keepDatabase } from "../../src/aws/backups/database.ts"
import { keepVolume } from "../../src/aws/backups/volume.ts"
import { sourceOf } from "../../src/aws/source.ts"
import type { SingleWish } from "../../src/blueprints/single.ts"
import type { Saved } from "../../src/sandbox/state-file.ts"
import { asked, deviations, forget, mutations, troubles } from "./evidence.ts"
import { deploy, type Ground, ground, look, theAt } from "./ground.ts"
import { killedAt } from "./interruptions.ts"
import { momentOf, samples } from "./samples.ts"
import { lean } from "./wishes.ts"

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const id = "20261121-063401"

/** What a restore of both parts wishes. */
interface Before {
  readonly saved: Saved
  readonly wish: SingleWish
  readonly database: string
  readonly volume: string
  readonly node: string
  /** How many changes it is at the least. */
  readonly changes: number
}

const onNode = new Set(["influx", "databases", "checkout", "images", "system"])

let before: Before
beforeAll(async () => {
  const on = await ground()
  await deploy(on, lean)
  const the = await theAt(on, lean)
  const [database, volume, node] = [the("database/postgres"), the("volume/influx"), the("instance/node")]
  const { session } = on
  const identifier = the("database/postgres", "identifier")
  await keepDatabase(session, { scope: "poc", key: "database/postgres", identifier }, id)
  await keepVolume(session, { scope: "poc", key: "volume/influx", volumeId: volume }, id)
  await session.clock.sleep(300_000)
  const { Snapshots: [snapshot] = [] } = await session.ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ["self"] }))
  const now = session.clock.now()
  const wish = {
    ...lean,
    databaseSource: sourceOf(`${identifier}-backup-${id}`, now),
    influxSource: sourceOf(snapshot?.SnapshotId ?? "", now),
  }
  const saved = on.saved()
  await on.close()
  const trial = await ground({ saved })
  const { done } = await deploy(trial, wish)
  // A node may be told once more what it is told anyway: only once each is what every run has.
  const told = done.filter(({ step }) => onNode.has(step.kind)).length
  const changes = mutations(trial).filter((call) => call !== "ssm:SendCommand").length + told
  await trial.close()
  before = { saved, wish, database, volume, node, changes }
})

describe("a restore", () => {
  it("makes both anew, keeps the node, leaves what was there, and is over", async () => {
    const on = await ground({ saved: before.saved })
    expect(deviations(await look(on, before.wish)).toSorted()).toEqual(
      expect.arrayContaining([
        expect.stringMatching("^database/postgres replace"),
        expect.stringMatching("^volume/influx replace"),
      ]),
    )
    const outcome = await deploy(on, before.wish)
    expect(troubles(outcome)).toEqual([])
    expect(outcome.remains.map(({ step, what }) => `${step.key}: ${what}`).toSorted()).toEqual([
      expect.stringMatching("^database/postgres: the snapshot smart0dte-poc-postgres-final-"),
      expect.stringMatching("^volume/influx: the snapshot snap-"),
    ])
    await holdsRestored(on)
    const the = await theAt(on, lean)
    expect([the("instance/node"), the("instance/node", "running")]).toEqual([before.node, "true"])
    expect(the("instance/node", "dataVolumeId")).toBe(the("volume/influx"))
    // The machine is down before anything takes its volume away, and what is wished is written before anything goes.
    const calls = asked(on)
    const first = (call: string) => calls.indexOf(call)
    expect(first("ec2:StopInstances")).toBeLessThan(first("ec2:DetachVolume"))
    expect(first("ec2:DetachVolume")).toBeLessThan(first("ec2:CreateSnapshot"))
    expect(first("ssm:PutParameter")).toBeLessThan(first("rds:DeleteDBInstance"))
    expect(first("ssm:PutParameter")).toBeLessThan(first("ec2:StopInstances"))
    forget(on)
    expect((await deploy(on, lean)).done).toEqual([])
    expect(mutations(on)).toEqual([])
    await on.close()
  })

  const moments = samples(6)
  it.each(moments)(
    "that is killed is finished by one more deploy, with the data wished for (moment %i)",
    async (moment) => {
      const on = await ground({ saved: before.saved })
      const doomed = await killedAt(on, momentOf(moment, moments, before.changes))
      await doomed.over(deploy(on, before.wish, {}, doomed.run))
      expect(doomed.struck()).toBe(true)
      expect(troubles(await deploy(on, lean))).toEqual([])
      expect(deviations(await look(on, lean))).toEqual([])
      // Nothing is ever made empty, and what nobody has wished for yet is as it was.
      expect(asked(on)).not.toContain("rds:CreateDBInstance")
      const the = await theAt(on, lean)
      for (const [key, choice, was] of parts()) {
        const wished = the(choice, "value")
        expect(the(key, "source")).toBe(wished)
        expect(the(key) === was).toBe(wished === "new")
      }
      // Whoever asks for the same once more has it whole.
      expect(troubles(await deploy(on, before.wish))).toEqual([])
      await holdsRestored(on)
      await on.close()
    },
  )
})

const parts = () =>
  [
    ["database/postgres", "choice/database-source", before.database],
    ["volume/influx", "choice/influx-source", before.volume],
  ] as const

async function holdsRestored(on: Ground) {
  const the = await theAt(on, lean)
  expect(the("database/postgres", "source")).toBe(before.wish.databaseSource)
  expect(the("volume/influx", "source")).toBe(before.wish.influxSource)
  for (const [key, , was] of parts()) expect(the(key)).not.toBe(was)
}
