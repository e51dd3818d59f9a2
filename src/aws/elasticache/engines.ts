import { paginateDescribeCacheEngineVersions } from "@aws-sdk/client-elasticache"
import { UserError } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"

export type CacheEngine = "valkey" | "redis"

/** The newest version that ElastiCache has of an engine. */
export async function pickCacheVersion(ctx: Cloud, engine: CacheEngine): Promise<string> {
  const pages = paginateDescribeCacheEngineVersions({ client: ctx.elasticache }, { Engine: engine })
  const versions = await everyItem(pages, (page) => page.CacheEngineVersions)
  const newest = versions
    .map(({ EngineVersion = "" }) => EngineVersion)
    .toSorted(byNumber)
    .at(-1)
  if (newest !== undefined) return minorOf(newest)
  throw new UserError(`ElastiCache has no version of ${engine} in ${ctx.region}`, { hint: "set another cacheEngine" })
}

/** What is asked for as 8.1, ElastiCache calls 8.1.2: it chooses the patch. */
export const minorOf = (version: string): string => version.split(".").slice(0, 2).join(".")

/** Of parameter groups: one for each major version. Before version 7 it was written otherwise. */
export const familyOf = (engine: CacheEngine, version: string): string => {
  const major = version.split(".")[0] ?? ""
  return engine === "redis" && major === "6" ? "redis6.x" : `${engine}${major}`
}

const byNumber = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true })
