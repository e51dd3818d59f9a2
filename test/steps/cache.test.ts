import {
  AddTagsToResourceCommand,
  CreateUserGroupCommand,
  DescribeCacheClustersCommand,
  DescribeUsersCommand,
} from "@aws-sdk/client-elasticache"
import { PutSecretValueCommand } from "@aws-sdk/client-secrets-manager"
import { beforeAll, describe, expect, it, vi } from "vitest"
import { phaseOf } from "../../src/aws/elasticache/replication-group.ts"
import { type CacheWish, cache, cacheKind } from "../../src/steps/cache.ts"
import { cacheParameters } from "../../src/steps/cache-parameters.ts"
import { cacheSubnetGroup } from "../../src/steps/cache-subnet-group.ts"
import { cacheUserKind, defaultUser, systemUser } from "../../src/steps/cache-user.ts"
import { cacheUserGroup } from "../../src/steps/cache-user-group.ts"
import { cacheVersion } from "../../src/steps/choice.ts"
import { secret } from "../../src/steps/secret.ts"
import { securityGroup } from "../../src/steps/security-group.ts"
import { subnet } from "../../src/steps/subnet.ts"
import { cacheTampers } from "../laws/tampers/cache.ts"
import { bench } from "./bench.ts"
import { inside, main, outside, scope, zones } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

vi.setConfig({ testTimeout: 60_000 })

const on = bench()
const other = subnet({ scope, name: "private-b", cidr: "10.20.2.0/24", vpc: main, zones, zone: 1 })
const group = securityGroup({
  scope,
  name: "cache",
  description: "Valkey or Redis",
  vpc: main,
  ports: [[6379, 6379]],
  fromGroups: [],
  reachesOut: false,
})
const passwords = secret({
  scope,
  name: "smart-0dte/generated",
  description: "made",
  generated: ["CACHE_PASSWORD"],
})
const subnets = cacheSubnetGroup({ scope, name: "main", vpc: main, subnets: [inside, other] })

const partsOf = (engine: CacheWish["engine"]) => {
  const version = cacheVersion({ scope, engine })
  const user = systemUser({ scope, system: "smart-0dte", engine, secret: passwords })
  const nobody = defaultUser({ scope, engine })
  const users = cacheUserGroup({ scope, name: "main", engine, users: [nobody, user] })
  const parameters = cacheParameters({ scope, engine, version })
  const wish: CacheWish = {
    scope,
    name: "main",
    engine,
    version,
    nodeType: "cache.t3.micro",
    nodes: 1,
    failover: false,
    snapshotDays: 0,
    subnets,
    parameters,
    group,
    users,
  }
  return { user, nobody, users, parameters, wish, cache: cache(wish) }
}
const valkey = partsOf("valkey")

const tampersFor = (kind: string) => {
  const table = cacheTampers.find((one) => one.kind === kind)
  if (!table) throw new Error(`nobody tampers with ${kind}`)
  // Each row is of the very kind whose thing it gets.
  const fields = Object.entries(table.rows).map(([field, [row]]) => [field, row?.does as never] as const)
  return { fields: Object.fromEntries(fields), fixed: Object.keys(table.fixed) }
}

describe("a cache", () => {
  it("is made with TLS and encryption, and says where it listens when it does", async () => {
    await on.make(valkey.cache)
    expect(await on.live(valkey.cache)).toEqual({
      identifier: "smart0dte-poc-main",
      engine: "valkey",
      version: "9.1",
      nodeType: "cache.t3.micro",
      nodes: 1,
      subnetGroup: "smart0dte-poc-main",
      vpcId: (await on.live(main)).id,
      parameterGroup: "smart0dte-poc-valkey",
      groupIds: [(await on.live(group)).id],
      userGroupIds: ["smart0dte-poc-main"],
      tls: "required",
      encrypted: true,
      failover: false,
      multiAz: false,
      maintenanceWindow: "sun:05:30-sun:06:30",
      snapshotDays: 0,
      minorUpgrades: true,
      address: expect.stringMatching(/^master\.smart0dte-poc-main\.[a-z0-9]{6}\.use1\.cache\.amazonaws\.com$/),
      port: 6379,
    })
  })

  it("changes nothing when it is deployed again", async () => {
    expect(await on.make(valkey.cache)).toEqual([])
  })

  const { fields, fixed } = tampersFor("cache")
  seesAndRepairs(on, () => valkey.cache, fields, fixed)

  it("may go on to a later version by itself", () => {
    const agrees = cacheKind.agrees ?? (() => false)
    expect(agrees("version", "9.2", "9.1")).toBe(true)
    expect(agrees("version", "9.0", "9.1")).toBe(false)
    expect(agrees("port", 6380, 6379)).toBe(false)
  })

  it("costs by the hour and node, and Valkey less than Redis", () => {
    const live = { ...cacheKind.blank, engine: "valkey", nodeType: "cache.t3.micro", nodes: 2 }
    expect(cacheKind.price?.(live)).toEqual([{ sku: "elasticache/valkey/cache.t3.micro", units: 2 }])
  })

  it("is found although its tags are not in the list, and not where another's description says so", async () => {
    const { CacheClusters: [node] = [] } = await on.cloud.elasticache.send(new DescribeCacheClustersCommand({}))
    const ResourceName = node?.ARN?.replace(":cluster:", ":replicationgroup:").replace(/-001$/, "")
    const Tags = [{ Key: "smart0dte:scope", Value: "dev" }]
    await on.cloud.elasticache.send(new AddTagsToResourceCommand({ ResourceName, Tags }))
    expect((await on.see(valkey.cache)).state).toBe("same")
  })
})

describe("its users", () => {
  const { fields, fixed } = tampersFor("cache-user")
  seesAndRepairs(on, () => valkey.user, fields, fixed)
  const ofGroup = tampersFor("cache-user-group")
  seesAndRepairs(on, () => valkey.users, ofGroup.fields, ofGroup.fixed)

  it("are one for each system, and one called default who may do nothing", async () => {
    const { Users = [] } = await on.cloud.elasticache.send(new DescribeUsersCommand({}))
    const ours = Users.filter(({ UserId }) => UserId !== "others")
    const shown = ours.map(({ UserId, UserName, AccessString, Authentication }) => ({
      UserId,
      UserName,
      AccessString,
      type: Authentication?.Type,
    }))
    expect(shown).toEqual([
      { UserId: "default", UserName: "default", AccessString: "on ~* +@all", type: "no-password" },
      { UserId: "smart0dte-poc-default", UserName: "default", AccessString: "off ~keys* -@all", type: "password" },
      {
        UserId: "smart0dte-poc-smart-0dte",
        UserName: "smart-0dte",
        AccessString: "on ~* &* +@all -flushall -swapdb",
        type: "password",
      },
    ])
  })

  it("have passwords that no listing and no trace shows", async () => {
    expect(Object.keys(await on.live(valkey.user))).not.toContain("password")
    const trace = on.sandbox.world.trace.list().filter(({ operation }) => operation === "CreateUser")
    expect(trace.length).toBeGreaterThan(0)
    for (const { input } of trace) expect(input).toMatchObject({ Passwords: "(sensitive)" })
  })

  it("may be told the same in other words", () => {
    const agrees = (a: string, b: string) => cacheUserKind.agrees?.("access", a, b)
    expect(agrees("on ~* resetchannels -@all +get", "on ~* +get")).toBe(true)
    expect(agrees("on &* ~* +@all -flushall", "on ~* &* +@all -flushall")).toBe(true)
    expect(agrees("on ~* -@all +get -@all", "on ~* +get")).toBe(false)
    expect(agrees("on ~* +@all -flushall", "on ~* -flushall +@all")).toBe(false)
    expect(agrees("off ~* +@all", "on ~* +@all")).toBe(false)
    expect(cacheUserKind.agrees?.("userName", "a", "a")).toBe(false)
  })

  it("cannot be made without their password, and say where it should be", async () => {
    const SecretId = "smart0dte/poc/smart-0dte/generated"
    await on.cloud.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: "OTHER=x\n" }))
    const stranger = systemUser({ scope, system: "mag7-7dte", engine: "valkey", secret: passwords })
    await expect(on.make(stranger)).rejects.toThrow(`the secret ${SecretId} has no CACHE_PASSWORD`)
  })

  it("that are somebody else's are left alone, whatever their names begin with", async () => {
    const UserGroupId = "smart0dte-stage-main"
    await on.cloud.elasticache.send(new CreateUserGroupCommand({ UserGroupId, Engine: "valkey" }))
    expect(await valkey.users.kind.list?.(on.cloud, ["poc"])).toMatchObject([{ name: "main", scope: "poc" }])
    expect(await valkey.users.kind.list?.(on.cloud, ["poc", "stage"])).toMatchObject([
      { scope: "poc" },
      { scope: "stage" },
    ])
  })
})

describe("what it stands on", () => {
  const ofParameters = tampersFor("cache-parameters")
  seesAndRepairs(on, () => valkey.parameters, ofParameters.fields, ofParameters.fixed)
  const ofSubnets = tampersFor("cache-subnet-group")
  beforeAll(() => on.make(outside))
  seesAndRepairs(on, () => subnets, ofSubnets.fields, ofSubnets.fixed)
})

describe("a cache that goes", () => {
  const on = bench()

  it("runs Redis on request, and all that it stands on goes after it", async () => {
    const redis = partsOf("redis")
    await on.make(redis.cache)
    expect(await on.live(redis.cache)).toMatchObject({
      engine: "redis",
      version: "7.1",
      parameterGroup: "smart0dte-poc-redis",
    })
    const remains = await on.unmake(true, redis.cache)
    expect(remains).toEqual([])
    expect(await cacheKind.list?.(on.cloud, ["poc"])).toEqual([])
    expect(await cacheUserKind.list?.(on.cloud, ["poc"])).toEqual([])
  })
})

describe("what ElastiCache calls a cache", () => {
  it.each<readonly [string, ReturnType<typeof phaseOf>]>([
    ["creating", "pending"],
    ["available", "ready"],
    ["modifying", "pending"],
    ["snapshotting", "pending"],
    ["deleting", "leaving"],
    ["create-failed", { failed: "ElastiCache could not make it, and gives no reason" }],
  ])("%s", (Status, phase) => {
    expect(phaseOf({ Status })).toEqual(phase)
  })
})
