import { DescribeSnapshotsCommand, ModifyVolumeCommand } from "@aws-sdk/client-ec2"
import { afterEach, describe, expect, it } from "vitest"
import { attachData } from "../../src/aws/ec2/data-volume.ts"
import { keepLast } from "../../src/aws/ec2/final-snapshot.ts"
import { blankMachine } from "../../src/aws/ec2/machine.ts"
import { volume } from "../../src/steps/volume.ts"
import { bench, there } from "./bench.ts"
import { madeEmpty, scope, zones } from "./network.ts"

const on = bench()
const data = volume({ scope, name: "influx", gb: 20, source: madeEmpty, zones, zone: 0 })

const snapshots = async (volumeId: string) => {
  const Filters = [{ Name: "volume-id", Values: [volumeId] }]
  const { Snapshots = [] } = await on.cloud.ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ["self"], Filters }))
  return Snapshots
}

describe("a volume of its own", () => {
  afterEach(() => on.sandbox.world.faults.set([]))

  it("is encrypted, and where the node is", async () => {
    await on.make(data)
    expect(await on.live(data)).toMatchObject({ zone: "us-east-1a", gb: 20, type: "gp3", encrypted: true })
    expect((await on.see(data)).state).toBe("same")
  })

  it("grows in place, and says that it cannot shrink", async () => {
    const { id } = await on.live(data)
    await on.cloud.ec2.send(new ModifyVolumeCommand({ VolumeId: id, Size: 30 }))
    await expect(on.make(data)).rejects.toThrow(`the volume ${id} has 30 GB and cannot shrink to 20 GB`)
    expect((await on.see(volume({ scope, name: "influx", gb: 30, source: madeEmpty, zones, zone: 0 }))).state).toBe(
      "same",
    )
  })

  it("leaves its last snapshot when it goes, complete, said with price and date", async () => {
    const { id } = await on.live(data)
    const [remains] = await on.unmake(false, data)
    expect(remains).toMatch(
      /^the snapshot snap-\w+ with the last of it: at most 30 GB, 1\.50 USD a month, made on \d{4}-\d\d-\d\d$/,
    )
    expect(await snapshots(id)).toMatchObject([{ State: "completed" }])
    const tags = there((await snapshots(id))[0]?.Tags)
    expect(tags).toContainEqual({ Key: "smart0dte:step", Value: "volume/influx" })
    expect((await on.see(data)).found?.phase).not.toBe("ready")
  })

  it("leaves one, and not two, where the answer was lost", async () => {
    on.sandbox.world.clock.advance(60_000)
    await on.make(data)
    const { id } = await on.live(data)
    on.sandbox.world.faults.set([{ name: "lost", operation: "ec2:CreateSnapshot", times: 1 }])
    expect(await on.unmake(false, data)).toHaveLength(1)
    expect(await snapshots(id)).toHaveLength(1)
  })

  it("that was kept once and used again is kept again", async () => {
    on.sandbox.world.clock.advance(60_000)
    await on.make(data)
    const { id } = await on.live(data)
    // A run was ended after it had kept it, and before it went; then somebody deployed again.
    await keepLast(on.cloud, id)
    await attachData(on.cloud, { ...blankMachine, id: "i-0123456789abcdef0" }, id).catch(() => {})
    await on.unmake(false, data)
    expect(await snapshots(id)).toHaveLength(2)
  })

  it("leaves nothing when that is asked for", async () => {
    on.sandbox.world.clock.advance(60_000)
    await on.make(data)
    const { id } = await on.live(data)
    expect(await on.unmake(true, data)).toEqual([])
    expect(await snapshots(id)).toEqual([])
  })
})
