import { paginateGetParametersByPath } from "@aws-sdk/client-ssm"
import type { Cloud } from "../../aws/cloud.ts"
import { parameterName } from "../../aws/names.ts"
import { everyItem } from "../../aws/pages.ts"
import type { Scope } from "../../engine/types.ts"
import { type NodeSaid, saidOf } from "./said.ts"

/** What was said last of how each system trades: a node speaks when something of it has changed. */
export async function reportedTrading(
  ctx: Cloud,
  scope: Scope,
): Promise<Readonly<Record<string, NodeSaid | undefined>>> {
  const Path = parameterName(scope, "state", "trading")
  const found = await everyItem(paginateGetParametersByPath({ client: ctx.ssm }, { Path }), (page) => page.Parameters)
  return Object.fromEntries(found.map(({ Name = "", Value = "" }) => [Name.slice(Path.length + 1), saidOf(Value)]))
}
