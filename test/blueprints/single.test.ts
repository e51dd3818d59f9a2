import { describe, expect, it } from "vitest"
import { account } from "../../src/blueprints/account.ts"
import { kinds, kindsOf } from "../../src/blueprints/kinds.ts"
import { type SingleWish, single } from "../../src/blueprints/single.ts"
import { canonical, wantedOf } from "../../src/engine/compare.ts"
import { fillNeeds, graphOf, needsOf } from "../../src/engine/order.ts"
import { type AnyStep, keyOf } from "../../src/engine/types.ts"
import { monthlyUsd } from "../../src/prices.ts"
import { wholeAccount } from "../laws/account-ground.ts"

const wish: SingleWish = {
  place: { partition: "aws", region: "us-east-1", account: "111122223333" },
  vpcCidr: "10.20.0.0/16",
  egress: "nat",
  instanceType: "t3.xlarge",
  diskGb: 100,
  systems: {},
  databaseMajor: 15,
  databaseClass: "db.t3.small",
  databaseGb: 50,
  cacheEngine: "valkey",
  cacheType: "cache.t3.micro",
  allowedCidrs: ["203.0.113.10/32"],
  flowLogs: false,
  loadBalancer: true,
  email: [],
  sms: [],
  webhook: [],
  logDays: 30,
}
const stepsOf = (more: Partial<SingleWish> = {}) => graphOf(single({ ...wish, ...more })).steps
const keysOf = (more: Partial<SingleWish> = {}) => stepsOf(more).map(keyOf).toSorted()
const find = (key: string, more: Partial<SingleWish> = {}) => {
  const found = stepsOf(more).find((step) => keyOf(step) === key)
  if (!found) throw new Error(`no ${key}`)
  return found
}
const below = (step: AnyStep): readonly AnyStep[] => [
  ...new Set(needsOf(step).flatMap((need) => [need, ...below(need)])),
]

describe("a single environment", () => {
  it("is made of these", () => {
    expect(keysOf().join("\n")).toMatchInlineSnapshot(`
      "address/nat
      alarm/cache-evictions
      alarm/cache-memory
      alarm/database-connections
      alarm/database-cpu
      alarm/database-credits
      alarm/database-storage
      alarm/front-5xx
      alarm/front-unanswered
      alarm/heartbeat-mag7-7dte
      alarm/heartbeat-smart-0dte
      alarm/mag7-7dte-backend-unhealthy
      alarm/mag7-7dte-frontend-unhealthy
      alarm/node-cpu
      alarm/node-credits
      alarm/node-disk
      alarm/node-influx-disk
      alarm/node-memory
      alarm/node-status
      alarm/record-unreadable
      alarm/smart-0dte-backend-unhealthy
      alarm/smart-0dte-frontend-unhealthy
      bucket/access-logs
      bucket/backups
      bucket/state
      cache-parameters/valkey
      cache-subnet-group/main
      cache-user-group/main
      cache-user/default
      cache-user/mag7-7dte
      cache-user/smart-0dte
      cache/main
      checkout/mag7-7dte
      checkout/smart-0dte
      choice/allowed-cidrs
      choice/cache-version-valkey
      choice/database-source
      choice/database-version-15
      choice/image
      choice/influx-source
      choice/ref-mag7-7dte
      choice/ref-smart-0dte
      choice/visitors
      choice/zones
      dashboard/overview
      database-parameters/postgres15
      database-subnet-group/main
      database/postgres
      databases/main
      default-group/main
      document/compose
      document/exec
      document/halt
      document/release
      document/resume
      document/switch-live
      document/switch-paper
      endpoint/s3
      images/mag7-7dte
      images/smart-0dte
      influx/main
      instance-profile/node
      instance/node
      internet-gateway/main
      listener/mag7-7dte-backend
      listener/mag7-7dte-frontend
      listener/smart-0dte-backend
      listener/smart-0dte-frontend
      load-balancer/main
      log-group/mag7-7dte
      log-group/smart-0dte
      nat-gateway/main
      node-files/main
      node/main
      override/mag7-7dte
      override/smart-0dte
      record/main
      role/node
      route-table/private
      route-table/public
      secret/broker-live/keys
      secret/broker-paper/keys
      secret/mag7-7dte/generated
      secret/mag7-7dte/keys
      secret/node/generated
      secret/smart-0dte/generated
      secret/smart-0dte/keys
      security-group/app
      security-group/cache
      security-group/database
      security-group/load-balancer
      setting/cache
      setting/data
      setting/gateway
      setting/mag7-7dte
      setting/node
      setting/smart-0dte
      subnet/private-a
      subnet/private-b
      subnet/public-a
      subnet/public-b
      system/mag7-7dte
      system/smart-0dte
      target-group/mag7-7dte-backend
      target-group/mag7-7dte-frontend
      target-group/smart-0dte-backend
      target-group/smart-0dte-frontend
      topic/alarms
      trading/mag7-7dte
      trading/smart-0dte
      volume/influx
      vpc/main"
    `)
  })

  it("has flow logs, a key and no NAT gateway as it is asked", () => {
    expect(keysOf({ flowLogs: true })).toEqual([...keysOf(), "bucket/flow-logs", "flow-log/main"].toSorted())
    expect(keysOf({ publicKey: "ssh-ed25519 AAAA" })).toEqual([...keysOf(), "key-pair/node"].toSorted())
    const nat = ["address/nat", "nat-gateway/main"]
    expect(keysOf({ egress: "public-ip" })).toEqual(keysOf().filter((key) => !nat.includes(key)))
  })

  it("has its node in the private subnet, or in the public one with an address", () => {
    const subnetOf = (more: Partial<SingleWish>) => needsOf(find("instance/node", more)).map(keyOf)
    expect(subnetOf({ egress: "nat" })).toContain("subnet/private-a")
    expect(subnetOf({ egress: "public-ip" })).toContain("subnet/public-a")
    expect(find("instance/node", { egress: "nat" }).spec).toMatchObject({ publicAddress: false })
    expect(find("instance/node", { egress: "public-ip" }).spec).toMatchObject({ publicAddress: true })
  })

  it("makes what is in the database whatever the cache is at, and starts the systems when both are there", () => {
    const beneath = (key: string) => below(find(key)).map(keyOf)
    expect(beneath("databases/main")).toContain("database/postgres")
    expect(beneath("databases/main")).not.toContain("cache/main")
    for (const system of ["system/smart-0dte", "system/mag7-7dte"])
      expect(beneath(system)).toEqual(expect.arrayContaining(["databases/main", "cache/main"]))
  })

  it("waits on the way to the database and the cache for nothing of which an id is enough", () => {
    for (const name of ["load-balancer", "app", "database", "cache"])
      expect(find(`security-group/${name}`).started).toEqual(["vpc", "groups"])
    for (const name of ["private-a", "private-b"]) expect(find(`subnet/${name}`).started).toEqual(["vpc"])
    for (const key of ["database-subnet-group/main", "cache-subnet-group/main"])
      expect(find(key).started).toEqual(["vpc", "subnets"])
  })

  it("starts its node only when it can reach the internet", () => {
    expect(below(find("instance/node")).map(keyOf)).toContain("nat-gateway/main")
    expect(below(find("instance/node", { egress: "public-ip" })).map(keyOf)).toContain("internet-gateway/main")
  })

  it.each([
    ["10.20.0.0/16", ["10.20.1.0/24", "10.20.2.0/24", "10.20.10.0/24", "10.20.11.0/24"]],
    ["172.16.16.0/20", ["172.16.17.0/24", "172.16.18.0/24", "172.16.26.0/24", "172.16.27.0/24"]],
    ["192.168.4.0/22", ["192.168.4.0/24", "192.168.5.0/24", "192.168.6.0/24", "192.168.7.0/24"]],
  ])("divides %s", (vpcCidr, ranges) => {
    const found = ["private-a", "private-b", "public-a", "public-b"].map(
      (name) => find(`subnet/${name}`, { vpcCidr }).spec.cidr,
    )
    expect(found).toEqual(ranges)
  })

  it("owns what is in its scope, and only makes the account's bucket", () => {
    const { scopes } = single(wish)
    expect(scopes).toEqual(["poc"])
    const others = stepsOf().filter(({ scope }) => !scopes.includes(scope))
    expect(others.map(keyOf)).toEqual(["bucket/state"])
  })

  it("remembers what each of its steps wants, and says of a new wish which", () => {
    const wishes = (more: Partial<SingleWish> = {}) => find("record/main", more).spec.wishes
    expect(Object.keys(wishes()).toSorted()).toEqual(keysOf().filter((key) => key !== "record/main"))
    const changed = Object.entries(wishes({ instanceType: "t3.large" })).filter(
      ([key, fields]) => canonical(fields) !== canonical(wishes()[key]),
    )
    expect(changed.map(([key]) => key)).toEqual(["instance/node"])
  })

  it("knows the price of all that costs, and its sum", () => {
    // As a plan does: with what links tell, so that the load balancer's subnets, and with them its addresses, count.
    const rows = stepsOf().flatMap((step) => {
      const wanted = wantedOf(
        step,
        fillNeeds(step, ({ kind, spec }) => ({ ...kind.blank, ...spec })),
      )
      return step.kind.price?.({ ...step.kind.blank, ...wanted }) ?? []
    })
    const usd = rows.reduce((sum, row) => sum + (monthlyUsd(row) ?? Number.NaN), 0)
    // Each row in whole cents: a node without its data 168.07; its data volume, database, cache, load balancer, alarms and secrets are the rest.
    expect(usd).toBeCloseTo(246.26, 3)
  })
})

describe("the list of kinds", () => {
  it("has every kind that a blueprint uses, once, and for the account what is the account's", () => {
    const wished = stepsOf({ flowLogs: true, publicKey: "ssh-ed25519 AAAA" })
    const steps = [...wished, ...graphOf(account(wholeAccount)).steps]
    const unknown = steps.filter(
      ({ kind, scope }) => !kindsOf(scope === "account" ? "account" : "environment").includes(kind),
    )
    expect(unknown.map(keyOf)).toEqual([])
    expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length)
  })

  it.each(kinds.map((kind) => [kind.name, kind] as const))(
    "%s says what its calls need, and how long it takes",
    (_, kind) => {
      expect(kind.allow.length).toBeGreaterThan(0)
      expect(kind.usually.create).toBeGreaterThan(0)
      expect(kind.fixed.every((field) => field in kind.blank)).toBe(true)
      expect(kind.before?.every((name) => kinds.some((other) => other.name === name)) ?? true).toBe(true)
      expect(kind.complete === undefined).toBe(kind.completes === undefined)
    },
  )

  it("asks for a system's health at the load balancer as the node does", () => {
    const health = (systems: SingleWish["systems"]) => find("target-group/smart-0dte-backend", { systems }).spec.health
    expect(health({})).toMatchObject({ path: "/readyz", codes: "200" })
    const services = { backend: { health: { path: "/live", codes: "200-299", port: 9000 } } }
    expect(health({ "smart-0dte": { enabled: true, services } })).toMatchObject({ path: "/live", codes: "200-299" })
    expect(find("target-group/mag7-7dte-backend", { systems: { "smart-0dte": { enabled: true, services } } })).toEqual(
      expect.objectContaining({
        spec: expect.objectContaining({ health: expect.objectContaining({ path: "/health" }) }),
      }),
    )
  })

  it("raises no alarm for a system that is not to run", () => {
    const of = (keys: readonly string[]) => keys.filter((key) => /^alarm\/.*mag7-7dte/.test(key))
    expect(of(keysOf()).length).toBeGreaterThan(2)
    expect(of(keysOf({ systems: { "mag7-7dte": { enabled: false } } }))).toEqual([])
  })
})
