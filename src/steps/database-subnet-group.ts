import {
  CreateDBSubnetGroupCommand,
  DeleteDBSubnetGroupCommand,
  DescribeDBSubnetGroupsCommand,
  type DBSubnetGroup as Described,
  ModifyDBSubnetGroupCommand,
  paginateDescribeDBSubnetGroups,
} from "@aws-sdk/client-rds"
import { namedIn, onAnything } from "../aws/allow.ts"
import { unlessNotFound } from "../aws/already.ts"
import { describedAs, descriptionOf } from "../aws/described.ts"
import type { SubnetId, VpcId } from "../aws/ids.ts"
import { nameFor } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

/** The subnets, in two zones at least, that a database may be in. */
export interface DatabaseSubnetGroup {
  readonly groupName: string
  readonly vpcId: string
  readonly subnetIds: readonly string[]
}

export interface DatabaseSubnetGroupWish {
  readonly scope: Scope
  readonly name: string
  readonly vpc: Need<{ readonly id: VpcId }>
  readonly subnets: readonly Need<{ readonly id: SubnetId }>[]
}

export const databaseSubnetGroup = ({ scope, name, vpc, subnets }: DatabaseSubnetGroupWish) => {
  const groupName = nameFor(scope, `database-${name}`)
  return step({
    kind: databaseSubnetGroupKind,
    name,
    scope,
    needs: { vpc, subnets },
    // Their ids are all that it needs, so that what takes longest is asked for sooner.
    started: ["vpc", "subnets"],
    // What is in it stays in its subnets.
    rooted: ["subnets"],
    spec: { groupName },
    links: ({ vpc, subnets }) => ({ vpcId: vpc.id, subnetIds: subnets.map(({ id }) => id).toSorted() }),
    async occupant(ctx) {
      const command = new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: groupName })
      const found = await unlessNotFound(ctx.rds.send(command))
      return found?.DBSubnetGroups?.map(liveOf)[0]
    },
    async create(ctx, { subnets }, birth) {
      await ctx.rds.send(
        new CreateDBSubnetGroupCommand({
          DBSubnetGroupName: groupName,
          DBSubnetGroupDescription: descriptionOf(birth),
          SubnetIds: subnets.map(({ id }) => id),
          Tags: birthTags(birth),
        }),
      )
    },
    async update(ctx, _live, _changes, { subnets }) {
      await ctx.rds.send(
        new ModifyDBSubnetGroupCommand({
          DBSubnetGroupName: groupName,
          // Whose it is stands in there: it is never left to a default.
          DBSubnetGroupDescription: descriptionOf({ scope, key: `database-subnet-group/${name}` }),
          SubnetIds: subnets.map(({ id }) => id),
        }),
      )
    },
  })
}

const groups = namedIn("rds", "subgrp")

export const databaseSubnetGroupKind: CloudKind<DatabaseSubnetGroup> = {
  name: "database-subnet-group",
  unique: "name",
  async list(ctx, scopes) {
    const all = await everyItem(paginateDescribeDBSubnetGroups({ client: ctx.rds }, {}), (page) => page.DBSubnetGroups)
    const ours = describedAs(
      "database-subnet-group",
      all,
      (group) => group.DBSubnetGroupDescription,
      (group) => ({ live: liveOf(group), phase: "ready" }),
    )
    return ours.filter(({ scope }) => scopes.includes(scope))
  },
  async destroy(ctx, { groupName }) {
    await ctx.rds.send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: groupName }))
    return undefined
  },
  before: ["database"],
  fixed: ["groupName", "vpcId"],
  blank: { groupName: "", vpcId: "", subnetIds: [] },
  allow: [
    onAnything("rds:DescribeDBSubnetGroups"),
    {
      action: [
        "rds:CreateDBSubnetGroup",
        "rds:ModifyDBSubnetGroup",
        "rds:DeleteDBSubnetGroup",
        "rds:AddTagsToResource",
      ],
      resource: groups,
    },
  ],
  usually: { create: 2, update: 2, destroy: 2 },
}

const liveOf = ({ DBSubnetGroupName = "", VpcId = "", Subnets = [] }: Described): DatabaseSubnetGroup => ({
  groupName: DBSubnetGroupName,
  vpcId: VpcId,
  subnetIds: Subnets.map(({ SubnetIdentifier = "" }) => SubnetIdentifier).toSorted(),
})
