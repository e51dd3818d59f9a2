import type { AnyStep, Scope } from "../engine/types.ts"
import { type CacheWish, cache } from "../steps/cache.ts"
import { cacheParameters } from "../steps/cache-parameters.ts"
import { cacheSubnetGroup } from "../steps/cache-subnet-group.ts"
import { defaultUser, systemUser } from "../steps/cache-user.ts"
import { cacheUserGroup } from "../steps/cache-user-group.ts"
import { cacheVersion, databaseVersion, source, type zones } from "../steps/choice.ts"
import { database } from "../steps/database.ts"
import { databaseParameters } from "../steps/database-parameters.ts"
import { databaseSubnetGroup } from "../steps/database-subnet-group.ts"
import type { groupsOf } from "./groups.ts"
import type { networkOf } from "./network.ts"
import type { secretsOf } from "./secrets.ts"

export interface DataWish {
  /** Of PostgreSQL. */
  readonly databaseMajor: number
  readonly databaseClass: string
  readonly databaseGb: number
  readonly cacheEngine: CacheWish["engine"]
  /** Such as cache.t3.micro. */
  readonly cacheType: string
  /** What the database is made from, where somebody wishes it just now; left out, what was wished last. */
  readonly databaseSource?: string | undefined
}

export interface DataGiven extends DataWish {
  readonly scope: Scope
  readonly zones: ReturnType<typeof zones>
  readonly network: Pick<ReturnType<typeof networkOf>, "vpc" | "closed">
  readonly groups: Pick<ReturnType<typeof groupsOf>, "database" | "cache">
  readonly secrets: Pick<ReturnType<typeof secretsOf>, "generated">
}

/** What keeps the systems' data, in the closed subnets. */
export function dataOf(wish: DataGiven) {
  const database = databaseOf(wish)
  const cache = cacheOf(wish)
  const steps: readonly AnyStep[] = [database, cache]
  return { database, cache, steps }
}

function databaseOf({ scope, zones, network, groups, ...wish }: DataGiven) {
  const { databaseMajor: major, databaseClass: instanceClass, databaseGb: storageGb } = wish
  const multiAz = false
  return database({
    scope,
    name: "postgres",
    version: databaseVersion({ scope, major, instanceClass, multiAz }),
    source: source({ scope, name: "database", value: wish.databaseSource }),
    zones,
    subnets: databaseSubnetGroup({ scope, name: "main", vpc: network.vpc, subnets: network.closed }),
    parameters: databaseParameters({ scope, major }),
    group: groups.database,
    instanceClass,
    storageGb,
    maxStorageGb: Math.min(4 * storageGb, largestGb),
    backupDays: 3,
    multiAz,
    deletionProtection: false,
  })
}

/** What gp3 can hold. */
const largestGb = 65_536

function cacheOf({ scope, network, groups, secrets, cacheEngine: engine, cacheType: nodeType }: DataGiven) {
  const version = cacheVersion({ scope, engine })
  const users = [...secrets.generated].map(([system, secret]) => systemUser({ scope, system, engine, secret }))
  return cache({
    scope,
    name: "main",
    engine,
    version,
    nodeType,
    nodes: 1,
    failover: false,
    snapshotDays: 0,
    subnets: cacheSubnetGroup({ scope, name: "main", vpc: network.vpc, subnets: network.closed }),
    parameters: cacheParameters({ scope, engine, version }),
    group: groups.cache,
    users: cacheUserGroup({ scope, name: "main", engine, users: [defaultUser({ scope, engine }), ...users] }),
  })
}
