import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { Refused } from "../../src/errors.ts"
import { systems } from "../../src/nodes/systems.ts"
import { census, deviations, forget, mutations, standing, troubles } from "./evidence.ts"
import { deploy, type Ground, ground, look, theAt } from "./ground.ts"
import { surprises, withoutRemains } from "./remains.ts"
import { followsOnNode } from "./removals-node.ts"
import { followsNode } from "./removals-watching.ts"
import { everything } from "./wishes.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

// Another range for the network is another network.
const moved = { ...everything, vpcCidr: "10.30.0.0/16" }
const agreed = { replace: new Set(["database/postgres"]) }

let on: Ground
beforeEach(async () => {
  on = await ground()
  await deploy(on, everything)
})
afterEach(() => on.close())

it("shows everything that stands on it as replaced, and what that has about it as changed", async () => {
  const replaced = [
    "vpc/main replace: cidr (pending)",
    "subnet/public-a replace: cidr (pending), vpcId (pending)",
    "subnet/public-b replace: cidr (pending), vpcId (pending)",
    "subnet/private-a replace: cidr (pending), vpcId (pending)",
    "subnet/private-b replace: cidr (pending), vpcId (pending)",
    "internet-gateway/main replace: vpcId (pending), attachedTo (pending)",
    "nat-gateway/main replace: subnetId (pending)",
    "route-table/public replace: vpcId (pending), routes (pending), subnetIds (pending)",
    "route-table/private replace: vpcId (pending), routes (pending), subnetIds (pending)",
    "endpoint/s3 replace: vpcId (pending), routeTableIds (pending)",
    "default-group/main replace: vpcId (pending)",
    "flow-log/main replace: vpcId (pending)",
    "security-group/load-balancer replace: vpcId (pending)",
    "security-group/app replace: vpcId (pending), ingress (pending)",
    "security-group/database replace: vpcId (pending), ingress (pending)",
    "security-group/cache replace: vpcId (pending), ingress (pending)",
    "database-subnet-group/main replace: vpcId (pending), subnetIds (pending)",
    "database/postgres replace: vpcId (pending), groupIds (pending)",
    "cache-subnet-group/main replace: vpcId (pending), subnetIds (pending)",
    "cache/main replace: vpcId (pending), groupIds (pending)",
    "instance/node replace: subnetId (pending), groupIds (pending)",
    "load-balancer/main replace: vpcId (pending), subnetIds (pending), groupIds (pending)",
    "listener/http replace: loadBalancer (pending)",
    "listener/https replace: loadBalancer (pending), rules (pending)",
    ...sides.map((side) => `target-group/${side} replace: vpcId (pending), targets (pending)`),
  ]
  const changed = [
    "record/main differs: wishes (pending)",
    "setting/data differs: lines (pending)",
    "setting/cache differs: lines (pending)",
    "databases/main differs: wish (pending), node (pending)",
    ...systems.map((system) => `dns-record/${system}.trading.example.com differs: value (pending)`),
    ...[...sides.map((side) => `${side}-unhealthy`), "front-5xx", "front-unanswered"].map(
      (name) => `alarm/${name} differs: dimensions (pending)`,
    ),
    ...[...followsNode, ...followsOnNode].filter((line) => !/^(target-group|databases)\//.test(line)),
  ]
  expect(deviations(await look(on, moved, agreed)).toSorted()).toEqual([...replaced, ...changed].toSorted())
})

it("says of each what beneath it is replaced", async () => {
  const { findings } = await look(on, moved)
  const because = Object.fromEntries(findings.map(({ key, because }) => [key, because]))
  expect(because["vpc/main"]).toBe("cidr cannot change in place")
  expect(because["nat-gateway/main"]).toBe("subnet/public-a, internet-gateway/main are replaced")
  expect(because["instance/node"]).toBe("subnet/private-a, security-group/app, route-table/private are replaced")
  expect(because["cache/main"]).toBe("cache-subnet-group/main, security-group/cache are replaced")
  expect(because["database/postgres"]).toBe(
    "it holds data, and database-subnet-group/main, security-group/database are replaced; replacing it wants --replace database/postgres",
  )
})

it("changes nothing before it is said that the database may be replaced", async () => {
  forget(on)
  await expect(deploy(on, moved)).rejects.toThrow(Refused)
  expect(mutations(on)).toEqual([])
})

it("replaces all of it, the volume excepted, and leaves the database's snapshot", async () => {
  const before = census(withoutRemains(standing(on)))
  const volume = (await theAt(on, everything))("volume/influx")
  const outcome = await deploy(on, moved, agreed)
  expect(troubles(outcome)).toEqual([])
  expect(surprises(outcome)).toEqual([])
  expect(outcome.remains.map(({ step }) => step.key)).toEqual(["database/postgres"])
  forget(on)
  expect(await deploy(on, moved)).toEqual({ done: [], failed: [], skipped: [], remains: [] })
  expect(mutations(on)).toEqual([])

  const the = await theAt(on, moved)
  // It is bound to its zone, and not to a network.
  expect(the("volume/influx")).toBe(volume)
  expect(the("instance/node", "dataVolumeId")).toBe(volume)
  for (const key of ["database/postgres", "cache/main", "load-balancer/main"])
    expect([key, the(key, "vpcId")]).toEqual([key, the("vpc/main")])
  expect(census(withoutRemains(standing(on)))).toEqual(before)
})

const sides = systems.flatMap((system) => [`${system}-frontend`, `${system}-backend`])
