import { describe, expect, test } from "vitest"
import { asked, copied, type Ground, ground, one, running, statusOf } from "./ground.ts"

const DBInstanceIdentifier = "one"
const change = (aws: Ground, more: object) =>
  aws.run("ModifyDBInstance", { DBInstanceIdentifier, ApplyImmediately: true, ...more })
const interfacesOf = (aws: Ground) => aws.run("DescribeNetworkInterfaces", {}).NetworkInterfaces ?? []

describe("an instance", () => {
  test("is made in minutes; it has no address before it listens, and its secret from the beginning", () => {
    const aws = ground()
    aws.run("CreateDBInstance", asked)
    expect(one(aws)).toMatchObject({ DBInstanceStatus: "creating", Endpoint: undefined })
    expect(one(aws).MasterUserSecret).toMatchObject({ SecretStatus: "creating" })
    aws.pass(284)
    expect(one(aws)).toMatchObject({ DBInstanceStatus: "creating", Endpoint: undefined })
    aws.pass(1)
    expect(one(aws)).toMatchObject({ DBInstanceStatus: "backing-up", Endpoint: { Port: 5432 } })
    aws.pass(65)
    expect(one(aws)).toMatchObject({ DBInstanceStatus: "available", MasterUserSecret: { SecretStatus: "active" } })
  })

  test("with a standby takes twice as long", () => {
    const aws = ground()
    aws.run("CreateDBInstance", { ...asked, MultiAZ: true })
    aws.pass(699)
    expect(statusOf(aws)).toBe("modifying")
    aws.pass(1)
    expect(statusOf(aws)).toBe("available")
  })

  test("holds a subnet and its groups until it is gone, which leaves the snapshot", () => {
    const aws = ground()
    aws.run("CreateDBInstance", { ...asked, VpcSecurityGroupIds: [aws.group] })
    aws.pass(400)
    expect(interfacesOf(aws)).toMatchObject([{ Description: "RDSNetworkInterface", RequesterManaged: true }])
    const home = interfacesOf(aws)[0]?.SubnetId
    aws.run("DeleteDBInstance", { DBInstanceIdentifier, FinalDBSnapshotIdentifier: "last" })
    expect(statusOf(aws)).toBe("deleting")
    expect(aws.refused("DeleteSubnet", { SubnetId: home })).toMatch(/^DependencyViolation/)
    expect(aws.refused("DeleteSecurityGroup", { GroupId: aws.group })).toMatch(/^DependencyViolation/)
    aws.pass(239)
    expect(statusOf(aws)).toBe("deleting")
    aws.pass(1)
    expect(aws.refused("DescribeDBInstances", { DBInstanceIdentifier })).toMatch(/^DBInstanceNotFound/)
    aws.run("DeleteSecurityGroup", { GroupId: aws.group })
    aws.run("DeleteDBSubnetGroup", { DBSubnetGroupName: "main" })
    aws.run("DeleteSubnet", { SubnetId: home })
    expect(aws.run("DescribeDBSnapshots", {}).DBSnapshots).toMatchObject([
      { DBSnapshotIdentifier: "last", Status: "available", AllocatedStorage: 50, SnapshotType: "manual" },
    ])
  })

  test("gets the newest minor of a major, and RDS's own group where none is named", () => {
    const aws = running({ EngineVersion: "16" })
    expect(one(aws)).toMatchObject({
      EngineVersion: "16.14",
      DBParameterGroups: [{ DBParameterGroupName: "default.postgres16", ParameterApplyStatus: "in-sync" }],
      VpcSecurityGroups: [{ Status: "active" }],
    })
  })
})

describe("a change", () => {
  test("is pending, then made, then so", () => {
    const aws = running()
    change(aws, { DBInstanceClass: "db.t3.medium" })
    expect(one(aws)).toMatchObject({ DBInstanceStatus: "available", DBInstanceClass: "db.t3.small" })
    expect(one(aws).PendingModifiedValues).toMatchObject({ DBInstanceClass: "db.t3.medium" })
    aws.pass(4)
    expect(statusOf(aws)).toBe("modifying")
    aws.pass(300)
    expect(one(aws)).toMatchObject({ DBInstanceStatus: "available", DBInstanceClass: "db.t3.medium" })
    expect(one(aws).PendingModifiedValues?.DBInstanceClass).toBeUndefined()
  })

  test("waits for the maintenance window where it is not to be made at once", () => {
    // It is Saturday.
    const aws = running({ PreferredMaintenanceWindow: "sun:04:00-sun:05:00" })
    change(aws, { DBInstanceClass: "db.t3.medium", ApplyImmediately: false })
    aws.pass(27 * 3600)
    expect(one(aws)).toMatchObject({ DBInstanceStatus: "available", DBInstanceClass: "db.t3.small" })
    aws.pass(3600)
    expect(one(aws)).toMatchObject({ DBInstanceStatus: "available", DBInstanceClass: "db.t3.medium" })
  })

  test("of what is only noted holds at once", () => {
    const aws = running()
    change(aws, { DeletionProtection: true, MaxAllocatedStorage: 200, ApplyImmediately: false })
    expect(one(aws)).toMatchObject({
      DBInstanceStatus: "available",
      DeletionProtection: true,
      MaxAllocatedStorage: 200,
    })
  })

  test("of storage is settled for six hours, in which everything else can change", () => {
    const aws = running()
    change(aws, { AllocatedStorage: 60 })
    aws.pass(100)
    expect(one(aws)).toMatchObject({ DBInstanceStatus: "storage-optimization", AllocatedStorage: 60 })
    change(aws, { BackupRetentionPeriod: 5 })
    aws.pass(100)
    expect(one(aws)).toMatchObject({ DBInstanceStatus: "storage-optimization", BackupRetentionPeriod: 5 })
    aws.pass(6 * 3600)
    expect(statusOf(aws)).toBe("available")
  })

  test("of the parameter group, or of a static parameter, waits for a restart", () => {
    const aws = running({ DBParameterGroupName: "own" })
    const applied = () => one(aws).DBParameterGroups?.[0]?.ParameterApplyStatus
    const max = { ParameterName: "max_connections", ParameterValue: "99", ApplyMethod: "pending-reboot" } as const
    aws.run("ModifyDBParameterGroup", { DBParameterGroupName: "own", Parameters: [max] })
    expect(applied()).toBe("pending-reboot")
    aws.run("RebootDBInstance", { DBInstanceIdentifier })
    expect(statusOf(aws)).toBe("rebooting")
    aws.pass(60)
    expect(applied()).toBe("in-sync")
    change(aws, { DBParameterGroupName: "default.postgres15" })
    aws.pass(60)
    expect(applied()).toBe("pending-reboot")
  })

  test("of the major starts the engine with the parameters of that", () => {
    const aws = running({ DBParameterGroupName: "own" })
    const to = { EngineVersion: "16.14", DBParameterGroupName: "default.postgres16", AllowMajorVersionUpgrade: true }
    change(aws, to)
    aws.pass(10)
    expect(statusOf(aws)).toBe("upgrading")
    aws.pass(600)
    expect(one(aws)).toMatchObject({
      EngineVersion: "16.14",
      DBParameterGroups: [{ DBParameterGroupName: "default.postgres16", ParameterApplyStatus: "in-sync" }],
    })
  })
})

test("what stands still is started by RDS itself after seven days", () => {
  const aws = running()
  aws.run("StopDBInstance", { DBInstanceIdentifier })
  aws.pass(100)
  expect(statusOf(aws)).toBe("stopped")
  aws.pass(7 * 24 * 3600)
  expect(statusOf(aws)).toBe("starting")
  aws.pass(100)
  expect(statusOf(aws)).toBe("available")
})

test("a snapshot comes back as an instance of its own, with the password that it had", () => {
  const aws = copied(running({ Tags: [{ Key: "a", Value: "b" }], CopyTagsToSnapshot: true }))
  expect(aws.run("DescribeDBSnapshots", {}).DBSnapshots?.[0]?.TagList).toEqual([{ Key: "a", Value: "b" }])
  const two = { DBInstanceIdentifier: "two", DBSnapshotIdentifier: "first", DBSubnetGroupName: "main" }
  aws.run("RestoreDBInstanceFromDBSnapshot", two)
  aws.pass(400)
  const [restored] = aws.run("DescribeDBInstances", { DBInstanceIdentifier: "two" }).DBInstances ?? []
  expect(restored).toMatchObject({ AllocatedStorage: 50, EngineVersion: "15.18", MasterUserSecret: undefined })
  aws.run("ModifyDBInstance", { DBInstanceIdentifier: "two", ManageMasterUserPassword: true })
  const [managed] = aws.run("DescribeDBInstances", { DBInstanceIdentifier: "two" }).DBInstances ?? []
  expect(managed?.MasterUserSecret?.SecretArn).toMatch(/:secret:rds!db-/)
})

test("RDS keeps a first backup by itself, which goes with the instance; a copy of it stays", () => {
  const aws = running({ BackupRetentionPeriod: 3, Tags: [{ Key: "a", Value: "b" }], CopyTagsToSnapshot: true })
  const list = () => aws.run("DescribeDBSnapshots", {}).DBSnapshots ?? []
  const [own] = list()
  expect(own).toMatchObject({
    SnapshotType: "automated",
    DBSnapshotIdentifier: expect.stringMatching(/^rds:one-\d{4}-\d\d-\d\d-\d\d-\d\d$/),
    Status: "available",
    TagList: [{ Key: "a", Value: "b" }],
  })
  const names = { SourceDBSnapshotIdentifier: own?.DBSnapshotIdentifier, TargetDBSnapshotIdentifier: "kept" }
  aws.run("CopyDBSnapshot", { ...names, CopyTags: true, Tags: [{ Key: "c", Value: "d" }] })
  aws.run("DeleteDBInstance", { DBInstanceIdentifier, SkipFinalSnapshot: true })
  expect(list()).toMatchObject([{ DBSnapshotIdentifier: "kept", SnapshotType: "manual" }])
  expect(list()[0]?.TagList).toHaveLength(2)
})

test("an instance whose backups are switched off has none, nor is one seen before it listens", () => {
  expect(running({ BackupRetentionPeriod: 0 }).run("DescribeDBSnapshots", {}).DBSnapshots).toEqual([])
  const young = ground()
  young.run("CreateDBInstance", asked)
  young.pass(100)
  expect(young.run("DescribeDBSnapshots", {}).DBSnapshots).toEqual([])
})
