import type * as client from "@aws-sdk/client-rds"
import { expect, test } from "vitest"
import type { OperationOf } from "../../../../src/sandbox/service.ts"
import { rds } from "../../../../src/sandbox/services/rds/index.ts"
import { unheeded } from "../heeding.ts"
import { asked, copied, type Ground, running } from "./ground.ts"

type Name = OperationOf<typeof client>

const DBInstanceIdentifier = "one"
const DBParameterGroupName = "own"
const Parameters = [{ ParameterName: "rds.force_ssl", ParameterValue: "1", ApplyMethod: "immediate" }]
const ResourceName = "arn:aws:rds:us-east-1:111122223333:db:one"
const restoring = { DBInstanceIdentifier: "two", DBSnapshotIdentifier: "first", DBSubnetGroupName: "main" }

const goesThrough: readonly (readonly [Name, (aws: Ground) => object])[] = [
  ["AddTagsToResource", () => ({ ResourceName, Tags: [{ Key: "a", Value: "b" }] })],
  ["CopyDBSnapshot", () => ({ SourceDBSnapshotIdentifier: "first", TargetDBSnapshotIdentifier: "new" })],
  ["CreateDBInstance", () => ({ ...asked, DBInstanceIdentifier: "two" })],
  [
    "CreateDBParameterGroup",
    () => ({ DBParameterGroupName: "new", DBParameterGroupFamily: "postgres15", Description: "x" }),
  ],
  ["CreateDBSnapshot", () => ({ DBSnapshotIdentifier: "new", DBInstanceIdentifier })],
  [
    "CreateDBSubnetGroup",
    ({ subnets }) => ({ DBSubnetGroupName: "new", DBSubnetGroupDescription: "x", SubnetIds: [...subnets] }),
  ],
  ["DeleteDBInstance", () => ({ DBInstanceIdentifier, SkipFinalSnapshot: true })],
  ["DeleteDBParameterGroup", () => ({ DBParameterGroupName })],
  ["DeleteDBSnapshot", () => ({ DBSnapshotIdentifier: "first" })],
  ["DeleteDBSubnetGroup", () => ({ DBSubnetGroupName: "spare" })],
  ["DescribeDBEngineVersions", () => ({ Engine: "postgres" })],
  ["DescribeDBInstances", () => ({})],
  ["DescribeDBParameterGroups", () => ({})],
  ["DescribeDBParameters", () => ({ DBParameterGroupName })],
  ["DescribeDBSnapshots", () => ({})],
  ["DescribeDBSubnetGroups", () => ({})],
  ["DescribeOrderableDBInstanceOptions", () => ({ Engine: "postgres" })],
  ["ListTagsForResource", () => ({ ResourceName })],
  ["ModifyDBInstance", () => ({ DBInstanceIdentifier, DBPortNumber: 5433 })],
  ["ModifyDBParameterGroup", () => ({ DBParameterGroupName, Parameters })],
  ["ModifyDBSubnetGroup", ({ subnets }) => ({ DBSubnetGroupName: "main", SubnetIds: [...subnets] })],
  ["RebootDBInstance", () => ({ DBInstanceIdentifier })],
  ["RemoveTagsFromResource", () => ({ ResourceName, TagKeys: ["a"] })],
  ["ResetDBParameterGroup", () => ({ DBParameterGroupName, ResetAllParameters: true })],
  ["RestoreDBInstanceFromDBSnapshot", () => restoring],
  ["StartDBInstance", () => ({ DBInstanceIdentifier })],
  ["StopDBInstance", () => ({ DBInstanceIdentifier })],
]

const ready = (name: Name): Ground => {
  const aws = copied(running())
  aws.run("CreateDBSubnetGroup", {
    DBSubnetGroupName: "spare",
    DBSubnetGroupDescription: "nobody's",
    SubnetIds: [...aws.subnets],
  })
  if (name === "StartDBInstance") {
    aws.run("StopDBInstance", { DBInstanceIdentifier })
    aws.pass(200)
  }
  return aws
}

test.each(goesThrough)("%s heeds all that a caller can say", (name, input) => {
  const aws = ready(name)
  // One operation's input after another: their types have nothing in common.
  expect(unheeded(rds, name, input(aws), (watched) => aws.run(name, watched as never))).toEqual([])
})

test("every operation that is served is among them, and has a limit", () => {
  expect(goesThrough.map(([name]) => name)).toEqual(Object.keys(rds.handlers).sort())
  expect(Object.keys(rds.handlers).filter((name) => !rds.limits.some(([pattern]) => pattern.test(name)))).toEqual([])
})
