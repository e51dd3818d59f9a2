import { CreateInternetGatewayCommand } from "@aws-sdk/client-ec2"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { Cloud } from "../../src/aws/cloud.ts"
import { kindsOf } from "../../src/blueprints/kinds.ts"
import { single } from "../../src/blueprints/single.ts"
import { apply } from "../../src/engine/apply.ts"
import { destroy } from "../../src/engine/destroy.ts"
import { observe } from "../../src/engine/observe.ts"
import { graphOf } from "../../src/engine/order.ts"
import type { AnyStep, Blueprint } from "../../src/engine/types.ts"
import { securityGroup } from "../../src/steps/security-group.ts"
import { subnet } from "../../src/steps/subnet.ts"
import { vpc } from "../../src/steps/vpc.ts"
import { lookAt, wholeAccount } from "./account-ground.ts"
import { asked, forget, troubles } from "./evidence.ts"
import { deploy, type Ground, ground, takeDown } from "./ground.ts"
import { defaults, everything } from "./wishes.ts"

const kinds = kindsOf("environment")

vi.setConfig({ testTimeout: 60_000 })

let on: Ground
beforeEach(async () => {
  on = await ground()
})
afterEach(() => on.close())

/** Asks of the account what a plan asks, and says how often. */
async function requestsOf(blueprint: Blueprint<Cloud>): Promise<number> {
  forget(on)
  await observe(on.session, blueprint, kinds)
  return asked(on).length
}

/** One list for each kind, and for what is kept by path one for each path. */
function lists(blueprint: Blueprint<Cloud>, made: boolean): number {
  const scopes = blueprint.scopes.length
  const has = (kind: string) => made && graphOf(blueprint).steps.some((step) => step.kind.name === kind)
  const choices = graphOf(blueprint).steps.filter(({ kind }) => kind.name === "choice").length
  // Systems Manager answers with ten at a time.
  const more = made ? Math.ceil(choices / 10) - 1 : 0
  const own: Readonly<Record<string, number>> = {
    choice: scopes + more,
    record: scopes,
    // What nodes are to run, and what both systems of a node share.
    setting: 2,
    // Of the topic that each scope may have.
    subscription: scopes,
    // Tags come by themselves, and listeners by their load balancer.
    "load-balancer": has("load-balancer") ? 2 : 1,
    "target-group": has("target-group") ? 2 : 1,
    listener: has("listener") ? 3 : 1,
    // The tags and the state of the only one, which none of ACM's lists show.
    certificate: has("certificate") ? 3 : 1,
    // Which zones they are in, and what is in each.
    "dns-record": scopes + more + (has("dns-record") ? 1 : 0),
  }
  return kinds.filter(({ list }) => list).reduce((sum, { name }) => sum + (own[name] ?? 1), 0)
}

const sum = (steps: readonly AnyStep[], reads: (step: AnyStep) => number) =>
  steps.reduce((total, step) => total + reads(step), 0)

/** What no list shows of a thing that is there. */
const singleReads = ({ kind, read }: AnyStep) => (read ? 1 : 0) + (kind.completes ?? 0)

describe("a plan asks", () => {
  it.each([
    ["with all options", everything],
    ["as the defaults are", defaults],
  ])("one list for each kind, and the declared single reads (%s)", async (_, wish) => {
    await deploy(on, wish)
    const blueprint = single(wish)
    const { steps } = graphOf(blueprint)
    expect(await requestsOf(blueprint)).toBe(lists(blueprint, true) + sum(steps, singleReads))
    expect(new Set(asked(on)).size).toBeGreaterThan(15)
  })

  it("nothing more for more subnets and groups, and for another network the reads that it declares", async () => {
    await deploy(on, everything)
    const blueprint = single(everything)
    const before = await requestsOf(blueprint)
    const wider = widened(blueprint, 3)
    expect(troubles(await apply(on.run(), wider, kinds))).toEqual([])
    expect(await requestsOf(wider)).toBe(before)
    const another = vpc({ scope: "poc", name: "another", cidr: "10.99.0.0/16" })
    const two = { ...wider, steps: [...wider.steps, another] }
    expect(troubles(await apply(on.run(), two, kinds))).toEqual([])
    expect(await requestsOf(two)).toBe(before + (another.kind.completes ?? 0))
  })

  it("of an empty account the lists, who has the names that it is going to take, and what it would choose", async () => {
    const blueprint = single(everything)
    const { steps } = graphOf(blueprint)
    // In a network that is not there yet, nothing can have a name.
    const named = steps.filter((step) => step.occupant && step.kind.name !== "security-group")
    const kindsNamed = new Set(named.map(({ kind }) => kind.name))
    for (const kind of ["key-pair", "role", "instance-profile", "database", "cache", "secret", "load-balancer"])
      expect(kindsNamed).toContain(kind)
    const foreseen = steps.reduce((sum, step) => sum + (step.foresee ? (step.foresees ?? 0) : 0), 0)
    // Zones, image, and the versions of database and cache.
    expect(foreseen).toBe(8)
    expect(await requestsOf(blueprint)).toBe(lists(blueprint, false) + named.length + foreseen)
  })
})

describe("what only others have is not asked about", () => {
  const ofAccount = ["access-analyzer", "budgets", "ce", "cloudtrail", "config", "guardduty", "kms", "securityhub"]
  const ofEnvironments = ["ec2:DescribeVpcs", "rds:DescribeDBInstances", "elasticache:DescribeReplicationGroups"]
  const servicesAsked = () => new Set(asked(on).map((call) => call.split(":")[0]))

  it("for an environment, nor its things for the account", async () => {
    await requestsOf(single(defaults))
    expect(asked(on)).toEqual(expect.arrayContaining(ofEnvironments))
    expect(ofAccount.filter((service) => servicesAsked().has(service))).toEqual([])
    forget(on)
    await lookAt(on, wholeAccount)
    expect(ofAccount.filter((service) => !servicesAsked().has(service))).toEqual([])
    expect(asked(on).filter((call) => ofEnvironments.includes(call))).toEqual([])
  })
})

describe("what is said of requests", () => {
  it("is what was asked", async () => {
    await deploy(on, defaults)
    const before = on.session.calls()
    const count = await requestsOf(single(defaults))
    const after = on.session.calls()
    expect(after.requests - before.requests).toBe(count)
    expect(after.total - before.total).toBe(count)
    expect(after.throttled).toBe(0)
  })
})

describe("AWS's limits", () => {
  it("are kept with far more things than their bursts", async () => {
    // Slow enough for this machine to ask faster than AWS allows.
    const slow = await ground({ speed: 10 })
    const main = vpc({ scope: "poc", name: "main", cidr: "10.20.0.0/16" })
    const groups = Array.from({ length: 100 }, (_, n) => group(`more-${n}`, main))
    const blueprint = { name: "wide", scopes: ["poc"], steps: groups }
    expect(troubles(await apply(slow.run(), blueprint, kinds))).toEqual([])
    expect(troubles(await destroy(slow.run(), blueprint, kinds, { purge: false }))).toEqual([])
    expect(throttled(slow)).toEqual([])
    await slow.close()
  })

  it("are what the sandbox refuses by, where nobody paces himself", async () => {
    const slow = await ground({ speed: 1 })
    const { ec2 } = await slow.open({ clock: { now: () => 0, sleep: async () => {} } })
    await Promise.allSettled(Array.from({ length: 80 }, () => ec2.send(new CreateInternetGatewayCommand({}))))
    expect(throttled(slow)).toContain("CreateInternetGateway: RequestLimitExceeded")
    await slow.close()
  })

  const throttled = ({ sandbox }: Ground) =>
    sandbox.world.trace
      .list()
      .filter(({ code }) => code && /Throttl|RequestLimitExceeded|SlowDown|TooManyRequests/.test(code))
      .map(({ operation, code }) => `${operation}: ${code}`)
})

it("a deploy asks for nothing twice but what it waits for", async () => {
  await deploy(on, everything)
  const total = asked(on).length
  await takeDown(on, everything)
  expect(total).toBeLessThan(650)
  expect(asked(on).length - total).toBeLessThan(500)
})

/** The same with more subnets and as many groups. */
function widened(blueprint: Blueprint<Cloud>, count: number): Blueprint<Cloud> {
  const { steps } = graphOf(blueprint)
  const has = (key: string) => steps.find(({ kind, name }) => `${kind.name}/${name}` === key) as AnyStep
  const [main, zones, app] = [has("vpc/main"), has("choice/zones"), has("security-group/app")]
  const more = Array.from({ length: count }, (_, n) => [
    subnet({ scope: "poc", name: `more-${n}`, cidr: `10.20.${n + 100}.0/24`, vpc: main, zones, zone: n % 2 }),
    group(`more-${n}`, main, [app]),
  ])
  return { ...blueprint, steps: [...blueprint.steps, ...more.flat()] }
}

const group = (name: string, main: AnyStep, fromGroups: readonly AnyStep[] = []) =>
  securityGroup({
    scope: "poc",
    name,
    description: "More of the same",
    vpc: main,
    ports: [[9000, 9000]],
    fromGroups,
    reachesOut: false,
  })
