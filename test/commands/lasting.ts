import type { Site, Sources } from "../../src/app/site.ts"
import type { Place } from "../../src/aws/cloud.ts"
import { groupsOf } from "../../src/blueprints/groups.ts"
import { kindsOf } from "../../src/blueprints/kinds.ts"
import { networkOf } from "../../src/blueprints/network.ts"
import { storageOf } from "../../src/blueprints/storage.ts"
import { databaseVersion, source, zones as zonesOf } from "../../src/steps/choice.ts"
import { database } from "../../src/steps/database.ts"
import { databaseParameters } from "../../src/steps/database-parameters.ts"
import { databaseSubnetGroup } from "../../src/steps/database-subnet-group.ts"

const scope = "poc"

/** The parts of an environment of which something is kept. */
export function lasting(place: Place, { databaseSource, influxSource }: Sources = {}) {
  const zones = zonesOf({ scope, instanceType: "t3.xlarge" })
  const network = networkOf({ place, scope, vpcCidr: "10.20.0.0/16", egress: "public-ip", flowLogs: false, zones })
  const { database: group } = groupsOf({ scope, allowedCidrs: ["203.0.113.10/32"], loadBalancer: true }, network.vpc)
  const instanceClass = "db.t3.small"
  const postgres = database({
    scope,
    name: "postgres",
    version: databaseVersion({ scope, major: 15, instanceClass, multiAz: false }),
    source: source({ scope, name: "database", value: databaseSource }),
    zones,
    subnets: databaseSubnetGroup({ scope, name: "main", vpc: network.vpc, subnets: network.closed }),
    parameters: databaseParameters({ scope, major: 15 }),
    group,
    instanceClass,
    storageGb: 50,
    maxStorageGb: 200,
    backupDays: 3,
    multiAz: false,
    deletionProtection: false,
  })
  return [postgres, ...storageOf({ place, scope, zones, influxSource }).steps]
}

/** An environment of nothing but these. */
export const lastingSite = (environment: string, place: Place, sources?: Sources): Site => ({
  environment,
  blueprint: { name: "lasting", scopes: [scope], steps: lasting(place, sources) },
  kinds: kindsOf("environment"),
  groundwork: { name: "state", scopes: [], steps: [] },
  stays: [],
  kept: async () => [],
  outputs: () => ({}),
})
