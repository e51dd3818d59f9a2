import {
  CreateDBParameterGroupCommand,
  DeleteDBParameterGroupCommand,
  DescribeDBParameterGroupsCommand,
  type DBParameterGroup as Described,
  paginateDescribeDBParameterGroups,
} from "@aws-sdk/client-rds"
import { namedIn, onAnything } from "../aws/allow.ts"
import { unlessNotFound } from "../aws/already.ts"
import { describedAs, descriptionOf } from "../aws/described.ts"
import { nameFor } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { type Parameters, parametersOf, setParameters } from "../aws/rds/parameters.ts"
import { familyOf } from "../aws/rds/picks.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

/** What PostgreSQL is told on top of RDS's own settings. */
export interface DatabaseParameters {
  readonly groupName: string
  readonly family: string
  readonly parameters: Parameters
}

export interface DatabaseParametersWish {
  readonly scope: Scope
  /** Of PostgreSQL: each has parameters of its own, so that a later major gets a group of its own. */
  readonly major: number
}

export const databaseParameters = ({ scope, major }: DatabaseParametersWish) => {
  const family = familyOf(major)
  const groupName = nameFor(scope, family)
  return step({
    kind: databaseParametersKind,
    name: family,
    scope,
    needs: {},
    spec: { groupName, family, parameters },
    async occupant(ctx) {
      const command = new DescribeDBParameterGroupsCommand({ DBParameterGroupName: groupName })
      const found = await unlessNotFound(ctx.rds.send(command))
      return found?.DBParameterGroups?.map(liveOf)[0]
    },
    async create(ctx, _, birth) {
      await ctx.rds.send(
        new CreateDBParameterGroupCommand({
          DBParameterGroupName: groupName,
          DBParameterGroupFamily: family,
          Description: descriptionOf(birth),
          Tags: birthTags(birth),
        }),
      )
    },
    update: (ctx) => setParameters(ctx, groupName, parameters),
  })
}

/**
 * RDS's own choice since PostgreSQL 15, and here no matter of versions: nobody connects without TLS. Statements are
 * written into no log, as RDS has it by itself: those that set passwords would be among them.
 */
const parameters: Parameters = { "rds.force_ssl": "1" }

export const databaseParametersKind: CloudKind<DatabaseParameters> = {
  name: "database-parameters",
  unique: "name",
  async list(ctx, scopes) {
    const pages = paginateDescribeDBParameterGroups({ client: ctx.rds }, {})
    const ours = describedAs(
      "database-parameters",
      await everyItem(pages, (page) => page.DBParameterGroups),
      (group) => group.Description,
      (group) => ({ live: liveOf(group), phase: "ready" }),
    )
    return ours.filter(({ scope }) => scopes.includes(scope))
  },
  async complete(ctx, found) {
    return { ...found, live: { ...found.live, parameters: await parametersOf(ctx, found.live.groupName) } }
  },
  completes: 1,
  async destroy(ctx, { groupName }) {
    await ctx.rds.send(new DeleteDBParameterGroupCommand({ DBParameterGroupName: groupName }))
    return undefined
  },
  before: ["database"],
  fixed: ["groupName", "family"],
  blank: { groupName: "", family: "", parameters: {} },
  allow: [
    onAnything("rds:DescribeDBParameterGroups"),
    {
      action: [
        "rds:CreateDBParameterGroup",
        "rds:ModifyDBParameterGroup",
        "rds:ResetDBParameterGroup",
        "rds:DescribeDBParameters",
        "rds:DeleteDBParameterGroup",
        "rds:AddTagsToResource",
      ],
      resource: namedIn("rds", "pg"),
    },
  ],
  usually: { create: 3, update: 2, destroy: 2 },
}

const liveOf = ({ DBParameterGroupName = "", DBParameterGroupFamily = "" }: Described): DatabaseParameters => ({
  groupName: DBParameterGroupName,
  family: DBParameterGroupFamily,
  parameters: {},
})
