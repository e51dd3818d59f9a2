import { DescribeSnapshotsCommand, DescribeVolumesCommand } from "@aws-sdk/client-ec2"
import { DescribeDBSnapshotsCommand, RemoveTagsFromResourceCommand } from "@aws-sdk/client-rds"
import { describe, expect, it, vi } from "vitest"
import { keepDatabase } from "../../src/aws/backups/database.ts"
import { keepVolume } from "../../src/aws/backups/volume.ts"
import { isWishedAfter, snapshotIn, sourceIn, sourceOf, sourceTags } from "../../src/aws/source.ts"
import { databaseVersion, source } from "../../src/steps/choice.ts"
import { database } from "../../src/steps/database.ts"
import { databaseParameters } from "../../src/steps/database-parameters.ts"
import { databaseSubnetGroup } from "../../src/steps/database-subnet-group.ts"
import { securityGroup } from "../../src/steps/security-group.ts"
import { subnet } from "../../src/steps/subnet.ts"
import { volume } from "../../src/steps/volume.ts"
import { bench, fieldsOf, there } from "./bench.ts"
import { inside, main, scope, zones } from "./network.ts"

vi.setConfig({ testTimeout: 60_000 })

const on = bench()
const other = subnet({ scope, name: "private-b", cidr: "10.20.2.0/24", vpc: main, zones, zone: 1 })
const group = securityGroup({
  scope,
  name: "database",
  description: "PostgreSQL",
  vpc: main,
  ports: [[5432, 5432]],
  fromGroups: [],
  reachesOut: false,
})

const postgres = (from?: string, major = 15) =>
  database({
    scope,
    name: "postgres",
    version: databaseVersion({ scope, major, instanceClass: "db.t3.small", multiAz: false }),
    source: source({ scope, name: "database", value: from }),
    zones,
    subnets: databaseSubnetGroup({ scope, name: "main", vpc: main, subnets: [inside, other] }),
    parameters: databaseParameters({ scope, major }),
    group,
    instanceClass: "db.t3.small",
    storageGb: 50,
    maxStorageGb: 200,
    backupDays: 3,
    multiAz: false,
    deletionProtection: false,
  })
const influx = (from?: string) =>
  volume({ scope, name: "influx", gb: 20, source: source({ scope, name: "influx", value: from }), zones, zone: 0 })

const wished = (snapshot: string) => sourceOf(snapshot, on.cloud.clock.now())
const snapshots = async () => (await on.cloud.rds.send(new DescribeDBSnapshotsCommand({}))).DBSnapshots ?? []
const kept = "smart0dte-poc-postgres-backup-20261121-063401"

describe("a source", () => {
  it("names its snapshot, and tells two wishes for the same one apart", () => {
    const [first, second] = [sourceOf("snap-1", 1_000), sourceOf("snap-1", 2_000)]
    expect(first).not.toBe(second)
    expect([snapshotIn(first), snapshotIn(second), snapshotIn("new")]).toEqual(["snap-1", "snap-1", undefined])
    expect([sourceIn(sourceTags(first)), sourceTags("new"), sourceIn(undefined)]).toEqual([first, [], "new"])
    // What RDS lets tags be made of.
    expect(first).toMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u)
  })

  it("is wished after what is older, and not after what is younger or of no known age", () => {
    const text = sourceOf("snap-1", Date.parse("2026-11-21T06:00:00Z"))
    expect(isWishedAfter(text, "2026-11-21T05:59:59Z")).toBe(true)
    expect(isWishedAfter(text, "2026-11-21T06:00:01Z")).toBe(false)
    expect(isWishedAfter(text, "")).toBe(false)
    expect(isWishedAfter("new", "2026-11-21T05:59:59Z")).toBe(false)
  })
})

describe("a database that is gone back to", () => {
  it("was made empty, and a run that wishes nothing else finds nothing to do", async () => {
    await on.make(postgres())
    expect(await on.live(postgres())).toMatchObject({ source: "new" })
    expect(await on.make(postgres())).toEqual([])
    await keepDatabase(
      on.cloud,
      { scope, key: "database/postgres", identifier: "smart0dte-poc-postgres" },
      kept.slice(-15),
    )
    await on.cloud.clock.sleep(200_000)
  })

  it("is another one out of the snapshot, put right in all that RDS does not take, and leaves what was there", async () => {
    const before = await on.live(postgres())
    const from = wished(kept)
    expect((await on.see(postgres(from))).state).toBe("replace")
    await on.make(postgres(from))
    const after = await on.live(postgres())
    expect(after.id).not.toBe(before.id)
    expect(after).toMatchObject({ source: from, managedPassword: true, backupDays: 3, maxStorageGb: 200 })
    expect(after.masterSecret).not.toBe(before.masterSecret)
    expect((await snapshots()).map((one) => one.DBSnapshotIdentifier)).toContainEqual(
      expect.stringMatching(/^smart0dte-poc-postgres-final-/),
    )
    // The choice has kept it: who says nothing has nothing to do.
    expect(await on.make(postgres())).toEqual([])
  })

  it("can be gone back to once more, from the same snapshot", async () => {
    const { id } = await on.live(postgres())
    await on.cloud.clock.sleep(10_000)
    await on.make(postgres(wished(kept)))
    expect((await on.live(postgres())).id).not.toBe(id)
  })

  it("comes out of an older major's snapshot and goes up to the wished one", async () => {
    await on.cloud.clock.sleep(10_000)
    await on.make(postgres(wished(kept), 16))
    expect(await on.live(postgres(undefined, 16))).toMatchObject({
      engineVersion: "16.14",
      parameterGroup: "smart0dte-poc-postgres16",
    })
  })

  it("that has lost the tag is told of, and nothing goes for it unless that is asked for", async () => {
    const ResourceName = `arn:aws:rds:us-east-1:${on.cloud.account}:db:smart0dte-poc-postgres`
    await on.cloud.rds.send(new RemoveTagsFromResourceCommand({ ResourceName, TagKeys: ["smart0dte:source"] }))
    const finding = await on.see(postgres(undefined, 16))
    expect([finding.state, fieldsOf(finding)]).toEqual(["blocked", ["source"]])
    expect(finding.because).toContain("replacing it wants --replace database/postgres")
  })
})

describe("a database of which the snapshot is gone", () => {
  const on = bench()

  it("is not made at all, and says so", async () => {
    await expect(on.make(postgres(sourceOf("gone", 0)))).rejects.toThrow(/the snapshot gone, which .* is gone$/)
    expect((await on.see(postgres())).found).toBeUndefined()
  })
})

const describeSnapshots = () => on.cloud.ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ["self"] }))

describe("a volume that is gone back to", () => {
  it("is another one with what the snapshot has, and leaves what was there", async () => {
    await on.make(influx())
    const before = await on.live(influx())
    await keepVolume(on.cloud, { scope, key: "volume/influx", volumeId: before.id }, "20261121-063401")
    await on.cloud.clock.sleep(100_000)
    const { Snapshots: [snapshot] = [] } = await describeSnapshots()
    const from = wished(there(snapshot?.SnapshotId))
    await on.make(influx(from))
    const after = await on.live(influx())
    expect(after).toMatchObject({ source: from, gb: 20, type: "gp3", zone: before.zone })
    expect(after.id).not.toBe(before.id)
    const { Volumes: [made] = [] } = await on.cloud.ec2.send(new DescribeVolumesCommand({ VolumeIds: [after.id] }))
    expect(made?.SnapshotId).toBe(snapshot?.SnapshotId)
    expect((await describeSnapshots()).Snapshots).toHaveLength(2)
    expect(await on.make(influx())).toEqual([])
  })
})
