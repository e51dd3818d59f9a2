import { paginateDescribeDBEngineVersions, paginateDescribeOrderableDBInstanceOptions } from "@aws-sdk/client-rds"
import { UserError } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"

export interface VersionWish {
  readonly major: number
  readonly instanceClass: string
  readonly multiAz: boolean
}

/** The newest minor of this major that new databases may have, and that runs on this class with gp3. */
export async function pickDatabaseVersion(ctx: Cloud, wish: VersionWish): Promise<string> {
  const input = { Engine: "postgres", DBParameterGroupFamily: familyOf(wish.major) }
  const pages = paginateDescribeDBEngineVersions({ client: ctx.rds }, input)
  const versions = await everyItem(pages, (page) => page.DBEngineVersions)
  const newestFirst = versions
    .map(({ EngineVersion = "" }) => EngineVersion)
    .toSorted((a, b) => minorOf(b) - minorOf(a))
  if (newestFirst.length === 0)
    throw new UserError(`RDS makes no new databases of PostgreSQL ${wish.major} in ${ctx.region}`, {
      hint: "set another databaseMajor",
    })
  for (const version of newestFirst) if (await isOrderable(ctx, version, wish)) return version
  throw new UserError(`RDS has no ${wish.instanceClass} with gp3 for PostgreSQL ${wish.major} in ${ctx.region}`, {
    hint: "set another databaseClass or databaseMajor",
  })
}

export const familyOf = (major: number): string => `postgres${major}`

/** As long as it is the same major, a higher minor is later. */
export const majorOf = (version: string): number => Number(version.split(".")[0])
export const minorOf = (version: string): number => Number(version.split(".")[1] ?? 0)

async function isOrderable(ctx: Cloud, EngineVersion: string, { instanceClass, multiAz }: VersionWish) {
  const input = { Engine: "postgres", EngineVersion, DBInstanceClass: instanceClass, Vpc: true }
  const pages = paginateDescribeOrderableDBInstanceOptions({ client: ctx.rds }, input)
  const options = await everyItem(pages, (page) => page.OrderableDBInstanceOptions)
  return options.some(({ StorageType, MultiAZCapable }) => StorageType === "gp3" && (MultiAZCapable || !multiAz))
}
