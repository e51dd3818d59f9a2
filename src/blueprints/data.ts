import type { AnyStep, Scope } from "../engine/types.ts"
import { databaseVersion, type zones } from "../steps/choice.ts"
import { database } from "../steps/database.ts"
import { databaseParameters } from "../steps/database-parameters.ts"
import { databaseSubnetGroup } from "../steps/database-subnet-group.ts"
import type { groupsOf } from "./groups.ts"
import type { networkOf } from "./network.ts"

export interface DataWish {
  /** Of PostgreSQL. */
  readonly databaseMajor: number
  readonly databaseClass: string
  readonly databaseGb: number
}

export interface DataGiven extends DataWish {
  readonly scope: Scope
  readonly zones: ReturnType<typeof zones>
  readonly network: Pick<ReturnType<typeof networkOf>, "vpc" | "closed">
  readonly groups: Pick<ReturnType<typeof groupsOf>, "database" | "cache">
}

/** What keeps the systems' data, in the closed subnets. */
export function dataOf(wish: DataGiven) {
  const postgres = databaseOf(wish)
  const steps: readonly AnyStep[] = [postgres]
  return { database: postgres, steps }
}

function databaseOf({ scope, zones, network, groups, ...wish }: DataGiven) {
  const { databaseMajor: major, databaseClass: instanceClass, databaseGb: storageGb } = wish
  const multiAz = false
  return database({
    scope,
    name: "postgres",
    version: databaseVersion({ scope, major, instanceClass, multiAz }),
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
