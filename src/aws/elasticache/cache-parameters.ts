import {
  ModifyCacheParameterGroupCommand,
  paginateDescribeCacheParameters,
  ResetCacheParameterGroupCommand,
} from "@aws-sdk/client-elasticache"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"

export type Parameters = Readonly<Record<string, string>>

/** Only what somebody set: the rest follows the engine. */
export async function parametersOf(ctx: Cloud, CacheParameterGroupName: string): Promise<Parameters> {
  const pages = paginateDescribeCacheParameters(
    { client: ctx.elasticache },
    { CacheParameterGroupName, Source: "user" },
  )
  const set = await everyItem(pages, (page) => page.Parameters)
  return Object.fromEntries(set.map(({ ParameterName = "", ParameterValue = "" }) => [ParameterName, ParameterValue]))
}

/** Sets what is wanted, and puts back what somebody else set. */
export async function setParameters(
  ctx: Cloud,
  CacheParameterGroupName: string,
  set: Parameters,
  want: Parameters,
): Promise<void> {
  const wanted = Object.entries(want).filter(([name, value]) => set[name] !== value)
  const surplus = Object.keys(set).filter((name) => !(name in want))
  if (wanted.length > 0)
    await ctx.elasticache.send(
      new ModifyCacheParameterGroupCommand({ CacheParameterGroupName, ParameterNameValues: wanted.map(pair) }),
    )
  if (surplus.length > 0)
    await ctx.elasticache.send(
      new ResetCacheParameterGroupCommand({
        CacheParameterGroupName,
        ParameterNameValues: surplus.map((ParameterName) => ({ ParameterName })),
      }),
    )
}

const pair = ([ParameterName, ParameterValue]: readonly [string, string]) => ({ ParameterName, ParameterValue })
