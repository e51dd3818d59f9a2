import { DeleteDBInstanceCommand, DescribeDBInstancesCommand, paginateDescribeDBInstances } from "@aws-sdk/client-rds"
import { arn, namedIn, onAnything } from "../aws/allow.ts"
import { alreadyGone, unlessNotFound } from "../aws/already.ts"
import type { Cloud } from "../aws/cloud.ts"
import type { GroupId } from "../aws/ids.ts"
import { listed } from "../aws/listed.ts"
import { nameFor } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { canHaveSnapshot, finalSnapshotName } from "../aws/rds/final-snapshot.ts"
import { blankDatabase, type Database, type DatabaseSize, databaseOf, phaseOf, settled } from "../aws/rds/instance.ts"
import { bearDatabase } from "../aws/rds/instance-birth.ts"
import { changeDatabase } from "../aws/rds/instance-change.ts"
import { majorOf, minorOf } from "../aws/rds/picks.ts"
import { isWishedAfter } from "../aws/source.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import type { Scope } from "../engine/types.ts"
import { monthlyUsd } from "../prices.ts"

export interface DatabaseWish extends DatabaseSize {
  readonly scope: Scope
  readonly name: string
  /** A version of PostgreSQL; RDS may go on to a later minor by itself. */
  readonly version: Need<{ readonly value: string }>
  /** What it is made from. */
  readonly source: Need<{ readonly value: string }>
  readonly zones: Need<{ readonly value: string }>
  readonly subnets: Need<{ readonly groupName: string; readonly vpcId: string }>
  readonly parameters: Need<{ readonly groupName: string }>
  readonly group: Need<{ readonly id: GroupId }>
}

/** One instance of PostgreSQL; what is in it is made from the node. */
export const database = ({
  scope,
  name,
  version,
  source,
  zones,
  subnets,
  parameters,
  group,
  ...wish
}: DatabaseWish) => {
  const { instanceClass, storageGb, maxStorageGb, backupDays, multiAz, deletionProtection } = wish
  const identifier = nameFor(scope, name, 63)
  const size = { instanceClass, storageGb, maxStorageGb, backupDays, multiAz, deletionProtection }
  const spec = { identifier, ...settled, ...size }
  return step({
    kind: databaseKind,
    name,
    scope,
    needs: { version, source, zones, subnets, parameters, group },
    // Its rules may follow: nobody connects before the database listens.
    started: ["group"],
    rooted: ["subnets"],
    spec,
    links: ({ version, source, subnets, parameters, group }) => ({
      engineVersion: version.value,
      source: source.value,
      subnetGroup: subnets.groupName,
      vpcId: subnets.vpcId,
      parameterGroup: parameters.groupName,
      groupIds: [group.id],
    }),
    async occupant(ctx) {
      const found = await unlessNotFound(
        ctx.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier })),
      )
      return found?.DBInstances?.map(databaseOf)[0]
    },
    async create(ctx, { version, source, zones, subnets, parameters, group }, birth) {
      await bearDatabase(ctx, birth, {
        identifier,
        ...size,
        engineVersion: version.value,
        source: source.value,
        zone: zones.value.split(",")[0],
        subnetGroup: subnets.groupName,
        parameterGroup: parameters.groupName,
        groupId: group.id,
      })
    },
    async update(ctx, live, changes, { version, subnets, parameters, group }) {
      const want = {
        ...live,
        ...spec,
        engineVersion: version.value,
        subnetGroup: subnets.groupName,
        parameterGroup: parameters.groupName,
        groupIds: [group.id],
      }
      await changeDatabase(ctx, live, new Set(changes.map(({ field }) => field)), want)
    },
  })
}

export const databaseKind: CloudKind<Database> = {
  name: "database",
  unique: "name",
  async list(ctx, scopes) {
    const all = await everyItem(paginateDescribeDBInstances({ client: ctx.rds }, {}), (page) => page.DBInstances)
    const things = all.map((one) => ({ one, Tags: one.TagList }))
    const ours = listed("database", things, ({ one }) => ({ live: databaseOf(one), phase: phaseOf(one) }))
    return ours.filter(({ scope }) => scopes.includes(scope))
  },
  async destroy(ctx, live, { purge }) {
    const keeps = !purge && canHaveSnapshot(live)
    await alreadyGone(
      ctx.rds.send(
        new DeleteDBInstanceCommand({
          DBInstanceIdentifier: live.identifier,
          SkipFinalSnapshot: !keeps,
          ...(keeps && { FinalDBSnapshotIdentifier: finalSnapshotName(live) }),
        }),
      ),
    )
    return keeps ? { leaves: inWords(ctx, live) } : undefined
  },
  fixed: ["identifier", "encrypted", "subnetGroup", "vpcId", "masterUser", "source"],
  // What was born before somebody wished for a snapshot goes to make room for that.
  superseded: (field, { born }, want) => field === "source" && isWishedAfter(want, born),
  agrees(field, live, want) {
    // RDS lets both grow, and neither shrink.
    if (field === "storageGb") return Number(live) >= Number(want)
    const [has, wanted] = [String(live), String(want)]
    return field === "engineVersion" && majorOf(has) === majorOf(wanted) && minorOf(has) >= minorOf(wanted)
  },
  blank: blankDatabase,
  holdsData: true,
  allow: [
    onAnything("rds:DescribeDBInstances", "rds:DescribeDBSnapshots"),
    {
      action: [
        "rds:CreateDBInstance",
        "rds:RestoreDBInstanceFromDBSnapshot",
        "rds:ModifyDBInstance",
        "rds:RebootDBInstance",
        "rds:StartDBInstance",
        "rds:DeleteDBInstance",
        "rds:CreateDBSnapshot",
        "rds:AddTagsToResource",
      ],
      resource: namedIn("rds", "db"),
    },
    // A database is made with these, and each of them is asked for by itself.
    ...[namedIn("rds", "pg"), namedIn("rds", "subgrp"), arn("rds", "og:default:*")].map((needed) => ({
      action: ["rds:CreateDBInstance", "rds:RestoreDBInstanceFromDBSnapshot", "rds:ModifyDBInstance"],
      resource: needed,
    })),
    {
      action: [
        "rds:CreateDBSnapshot",
        "rds:CopyDBSnapshot",
        "rds:RestoreDBInstanceFromDBSnapshot",
        "rds:AddTagsToResource",
      ],
      resource: namedIn("rds", "snapshot"),
    },
    // What RDS makes each night has a prefix of its own.
    { action: "rds:CopyDBSnapshot", resource: namedIn("rds", "snapshot:rds") },
    // RDS makes the secret of the master in the name of whoever asks for the database.
    {
      action: ["secretsmanager:CreateSecret", "secretsmanager:TagResource"],
      resource: arn("secretsmanager", "secret:rds!db-*"),
    },
    { action: "kms:DescribeKey", resource: arn("kms", "key/*") },
    {
      action: "iam:CreateServiceLinkedRole",
      resource: "*",
      when: { StringEquals: { "iam:AWSServiceName": "rds.amazonaws.com" } },
    },
  ],
  price: ({ instanceClass, storageGb, multiAz }) => [
    { sku: `rds/${instanceClass}${multiAz ? "-multi-az" : ""}`, units: 1 },
    { sku: `rds/gp3-gb${multiAz ? "-multi-az" : ""}`, units: storageGb },
    { sku: "secretsmanager/secret", units: 1 },
  ],
  usually: { create: 350, update: 330, destroy: 240 },
}

/** The final snapshot. What it will cost depends on how full the storage is, which RDS does not say. */
function inWords(ctx: Cloud, live: Database): string {
  const usd = monthlyUsd({ sku: "rds/snapshot-gb", units: live.storageGb }) ?? 0
  const date = new Date(ctx.clock.now()).toISOString().slice(0, 10)
  return `the snapshot ${finalSnapshotName(live)}: ${live.storageGb} GB at most, ${usd.toFixed(2)} USD a month at most on ${date}`
}
