import { DescribeDBInstancesCommand, DescribeDBSnapshotsCommand, StopDBInstanceCommand } from "@aws-sdk/client-rds"
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager"
import { describe, expect, it, vi } from "vitest"
import { finalSnapshotName } from "../../src/aws/rds/final-snapshot.ts"
import { blankDatabase, phaseOf } from "../../src/aws/rds/instance.ts"
import { databaseVersion } from "../../src/steps/choice.ts"
import { type DatabaseWish, database, databaseKind } from "../../src/steps/database.ts"
import { databaseParameters } from "../../src/steps/database-parameters.ts"
import { databaseSubnetGroup } from "../../src/steps/database-subnet-group.ts"
import { securityGroup } from "../../src/steps/security-group.ts"
import { subnet } from "../../src/steps/subnet.ts"
import { databaseTampers } from "../laws/tampers/database.ts"
import { bench } from "./bench.ts"
import { inside, madeEmpty, main, scope, zones } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

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
const version = databaseVersion({ scope, major: 15, instanceClass: "db.t3.small", multiAz: false })
const subnets = databaseSubnetGroup({ scope, name: "main", vpc: main, subnets: [inside, other] })
const parameters = databaseParameters({ scope, major: 15 })
const wish: DatabaseWish = {
  scope,
  name: "postgres",
  version,
  source: madeEmpty,
  zones,
  subnets,
  parameters,
  group,
  instanceClass: "db.t3.small",
  storageGb: 50,
  maxStorageGb: 200,
  backupDays: 3,
  multiAz: false,
  deletionProtection: false,
}
const postgres = database(wish)

const tampersFor = (kind: string) => {
  const table = databaseTampers.find((one) => one.kind === kind)
  if (!table) throw new Error(`nobody tampers with ${kind}`)
  // Each row is of the very kind whose thing it gets.
  const fields = Object.entries(table.rows).map(([field, [row]]) => [field, row?.does as never] as const)
  return {
    fields: Object.fromEntries(fields.filter(([field]) => field !== "storageType")),
    fixed: Object.keys(table.fixed),
  }
}

describe("a database", () => {
  it("is made in the node's zone, listens when RDS says so, and has its password in a secret of RDS's own", async () => {
    await on.make(postgres)
    const live = await on.live(postgres)
    expect(live).toMatchObject({
      identifier: "smart0dte-poc-postgres",
      engineVersion: "15.18",
      address: expect.stringMatching(/^smart0dte-poc-postgres\.[a-z0-9]+\.us-east-1\.rds\.amazonaws\.com$/),
      port: 5432,
      masterSecret: expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:\d{12}:secret:rds!db-/),
    })
    const { DBInstances: [made] = [] } = await on.cloud.rds.send(new DescribeDBInstancesCommand({}))
    expect(made).toMatchObject({ AvailabilityZone: "us-east-1a", StorageType: "gp3", StorageEncrypted: true })
    const { SecretString = "" } = await on.cloud.secrets.send(
      new GetSecretValueCommand({ SecretId: live.masterSecret }),
    )
    expect(JSON.parse(SecretString)).toEqual({ username: "postgres", password: expect.stringMatching(/^.{20,}$/) })
  })

  const { fields, fixed } = tampersFor("database")
  seesAndRepairs(on, () => postgres, fields, [...fixed, "storageType"])

  it("may grow and go on to a later minor by itself", async () => {
    const agrees = databaseKind.agrees ?? (() => false)
    expect(agrees("storageGb", 80, 50)).toBe(true)
    expect(agrees("storageGb", 49, 50)).toBe(false)
    expect(agrees("engineVersion", "15.19", "15.18")).toBe(true)
    expect(agrees("engineVersion", "15.9", "15.18")).toBe(false)
    expect(agrees("engineVersion", "16.1", "15.18")).toBe(false)
    expect(agrees("port", 5433, 5432)).toBe(false)
  })

  it("grows when more is wanted, and stays as large when less is", async () => {
    await on.make(database({ ...wish, storageGb: 100, maxStorageGb: 400 }))
    expect(await on.live(postgres)).toMatchObject({ storageGb: 100, maxStorageGb: 400 })
    await on.make(postgres)
    expect(await on.live(postgres)).toMatchObject({ storageGb: 100, maxStorageGb: 200 })
  })

  it("goes to a later major with the parameters of that, and not back", async () => {
    const at = (major: number) =>
      database({
        ...wish,
        version: databaseVersion({ scope, major, instanceClass: "db.t3.small", multiAz: false }),
        parameters: databaseParameters({ scope, major }),
      })
    await on.make(at(16))
    expect(await on.live(at(16))).toMatchObject({ engineVersion: "16.14", parameterGroup: "smart0dte-poc-postgres16" })
    await expect(on.make(at(15))).rejects.toThrow(/annot upgrade postgres from 16.14 to 15.18/)
  })

  it("costs by the hour and by the GB, and its password too", () => {
    const live = { ...blankDatabase, instanceClass: "db.t3.small", storageGb: 50 }
    expect(databaseKind.price?.(live)).toEqual([
      { sku: "rds/db.t3.small", units: 1 },
      { sku: "rds/gp3-gb", units: 50 },
      { sku: "secretsmanager/secret", units: 1 },
    ])
    expect(databaseKind.price?.({ ...live, multiAz: true })[0]).toEqual({ sku: "rds/db.t3.small-multi-az", units: 1 })
  })
})

describe("a database that goes", () => {
  const on = bench()

  it("leaves a snapshot, also when it stood still, said with its price; all that it stood on goes after it", async () => {
    await on.make(postgres)
    const live = await on.live(postgres)
    await on.cloud.rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier: live.identifier }))
    await on.cloud.clock.sleep(120_000)
    const snapshot = finalSnapshotName(live)
    expect(await on.unmake(false, postgres)).toEqual([
      expect.stringMatching(`^the snapshot ${snapshot}: 50 GB at most, 4.75 USD a month at most on \\d{4}-`),
    ])
    const { DBSnapshots = [] } = await on.cloud.rds.send(new DescribeDBSnapshotsCommand({}))
    expect(DBSnapshots).toEqual([expect.objectContaining({ DBSnapshotIdentifier: snapshot, AllocatedStorage: 50 })])
  })

  it("leaves another snapshot each time, and none where nothing is to remain", async () => {
    await on.make(postgres)
    await on.unmake(true, postgres)
    await on.make(postgres)
    expect(await on.unmake(false, postgres)).toHaveLength(1)
    const { DBSnapshots = [] } = await on.cloud.rds.send(new DescribeDBSnapshotsCommand({}))
    expect(new Set(DBSnapshots.map(({ DbiResourceId }) => DbiResourceId)).size).toBe(2)
  })
})

describe("what RDS calls a database", () => {
  it.each<readonly [string, ReturnType<typeof phaseOf>]>([
    ["creating", "pending"],
    ["backing-up", "pending"],
    ["modifying", "pending"],
    ["available", "ready"],
    ["storage-optimization", "ready"],
    ["storage-full", "ready"],
    ["stopped", "ready"],
    ["deleting", "leaving"],
    ["failed", { failed: "RDS calls it failed" }],
    ["incompatible-network", { failed: "RDS calls it incompatible-network" }],
  ])("%s is %o", (DBInstanceStatus, phase) => {
    expect(phaseOf({ DBInstanceStatus })).toEqual(phase)
  })
})
