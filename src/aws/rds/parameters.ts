import {
  ModifyDBParameterGroupCommand,
  type Parameter,
  paginateDescribeDBParameters,
  ResetDBParameterGroupCommand,
} from "@aws-sdk/client-rds"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"

export type Parameters = Readonly<Record<string, string>>

/** Only what somebody set: the rest follows the engine. */
export async function parametersOf(ctx: Cloud, name: string): Promise<Parameters> {
  const set = await parametersSet(ctx, name)
  return Object.fromEntries(set.map(({ ParameterName = "", ParameterValue = "" }) => [ParameterName, ParameterValue]))
}

/** Sets what is wanted, all of it in force at once, and puts back what somebody else set. */
export async function setParameters(ctx: Cloud, DBParameterGroupName: string, want: Parameters): Promise<void> {
  const set = await parametersSet(ctx, DBParameterGroupName)
  const surplus = set.filter(({ ParameterName = "" }) => !(ParameterName in want))
  const wanted = Object.entries(want).map(
    ([ParameterName, ParameterValue]): Parameter => ({ ParameterName, ParameterValue, ApplyMethod: "immediate" }),
  )
  await ctx.rds.send(new ModifyDBParameterGroupCommand({ DBParameterGroupName, Parameters: wanted }))
  if (surplus.length > 0)
    await ctx.rds.send(
      new ResetDBParameterGroupCommand({ DBParameterGroupName, Parameters: surplus.map(withoutValue) }),
    )
}

async function parametersSet(ctx: Cloud, DBParameterGroupName: string): Promise<readonly Parameter[]> {
  const pages = paginateDescribeDBParameters({ client: ctx.rds }, { DBParameterGroupName, Source: "user" })
  return everyItem(pages, (page) => page.Parameters)
}

/** A static one cannot apply before the next start. */
const withoutValue = ({ ParameterName, ApplyType }: Parameter): Parameter => ({
  ParameterName,
  ApplyMethod: ApplyType === "static" ? "pending-reboot" : "immediate",
})
