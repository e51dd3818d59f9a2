import { describe, expect, it } from "vitest"
import { type DataWish, dataOf } from "../../src/blueprints/data.ts"
import { groupsOf } from "../../src/blueprints/groups.ts"
import { networkOf } from "../../src/blueprints/network.ts"
import { secretsOf } from "../../src/blueprints/secrets.ts"
import { needsOf } from "../../src/engine/order.ts"
import { type AnyStep, keyOf } from "../../src/engine/types.ts"
import { zones } from "../../src/steps/choice.ts"

const scope = "poc"
const place = { partition: "aws", region: "us-east-1", account: "111122223333" }

const dataWith = (more: Partial<DataWish> = {}) => {
  const home = zones({ scope, instanceType: "t3.xlarge" })
  const network = networkOf({ place, scope, zones: home, vpcCidr: "10.20.0.0/16", egress: "nat", flowLogs: false })
  const groups = groupsOf({ scope, allowedCidrs: ["203.0.113.10/32"], loadBalancer: true }, network.vpc)
  return dataOf({
    scope,
    zones: home,
    network,
    groups,
    secrets: secretsOf({ scope, systems: {} }),
    databaseMajor: 15,
    databaseClass: "db.t3.small",
    databaseGb: 50,
    cacheEngine: "valkey",
    cacheType: "cache.t3.micro",
    ...more,
  })
}

const below = (step: AnyStep): readonly string[] => [
  ...new Set(needsOf(step).flatMap((need) => [keyOf(need), ...below(need)])),
]

describe("the data of an environment", () => {
  it("stands on nothing that takes long: the database and the cache are asked for first", () => {
    const { database, cache } = dataWith()
    const slow = /^(nat-gateway|instance|load-balancer|route-table|address|endpoint|certificate)\//
    for (const step of [database, cache]) expect(below(step).filter((key) => slow.test(key))).toEqual([])
    for (const step of [database, cache]) expect(step.started).toEqual(["group"])
    expect(below(cache)).not.toContain("database/postgres")
    expect(below(database)).not.toContain("cache/main")
  })

  it("has a cache with a user for each system beside the one called default", () => {
    expect(below(dataWith().cache)).toEqual(
      expect.arrayContaining([
        "cache-user-group/main",
        "cache-user/default",
        "cache-user/smart-0dte",
        "cache-user/mag7-7dte",
        "secret/smart-0dte/generated",
        "secret/mag7-7dte/generated",
        "subnet/private-a",
        "subnet/private-b",
      ]),
    )
    expect(below(dataWith().cache)).not.toContain("subnet/public-a")
  })

  it("runs Valkey, or Redis on request, in every part of it", () => {
    expect(dataWith().cache.spec).toMatchObject({ engine: "valkey", nodeType: "cache.t3.micro", nodes: 1 })
    const { cache } = dataWith({ cacheEngine: "redis", cacheType: "cache.t3.small" })
    expect(cache.spec).toMatchObject({ engine: "redis", nodeType: "cache.t3.small", tls: "required", encrypted: true })
    expect(below(cache)).toEqual(expect.arrayContaining(["choice/cache-version-redis", "cache-parameters/redis"]))
    expect(cache.needs.users.spec.engine).toBe("redis")
  })
})
