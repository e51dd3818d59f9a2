import { DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2"
import { GetParameterCommand } from "@aws-sdk/client-ssm"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { realClock } from "../../src/aws/clock.ts"
import { groupsOf } from "../../src/blueprints/groups.ts"
import { apply } from "../../src/engine/apply.ts"
import { vpc } from "../../src/steps/vpc.ts"
import { type Sandboxed, sandboxed } from "../aws/sandboxed.ts"
import { blueprintOf, type TestStep } from "../engine/cloud.ts"
import { type World, world } from "./small-world.ts"

const scope = "poc"
const main = vpc({ scope, name: "main", cidr: "10.20.0.0/16" })
const made = groupsOf({ scope, loadBalancer: true, allowedCidrs: ["203.0.113.10/32"] }, main)
const { loadBalancer: group } = groupsOf({ scope, loadBalancer: true }, main)

let at: World
let aws: Sandboxed
beforeEach(async () => {
  aws = await sandboxed()
  at = world()
  at.aws = await aws.open({ clock: passing() })
  at.records.push(scope)
  at.steps = [made.loadBalancer as unknown as TestStep]
  await deploy()
  at.steps = [group as unknown as TestStep]
})
afterEach(() => aws.close())

/** Whoever waits has waited: AWS's time goes on by that, also the time in which it lets so many through. */
const passing = () => ({
  now: realClock().now,
  sleep: async (milliseconds: number) => aws.sandbox.world.clock.advance(milliseconds),
})

/** As a deploy would, of these steps alone. */
async function deploy() {
  const session = await aws.open({ clock: passing() })
  const journal = { open: async () => ({ nonce: "one", earlier: false }), close() {} }
  const former = { load: async () => undefined, save: async () => {}, forget: async () => {} }
  const stop = new AbortController().signal
  const run = { ctx: session, clock: session.clock, stop, report() {}, journal, former }
  const { failed } = await apply(run, blueprintOf(at.steps, []) as never, [])
  expect(failed).toEqual([])
}

async function comesIn(): Promise<readonly string[]> {
  const Filters = [{ Name: "group-name", Values: ["smart0dte-poc-load-balancer"] }]
  const { SecurityGroups = [] } = (await at.aws?.ec2.send(new DescribeSecurityGroupsCommand({ Filters }))) ?? {}
  const ranges = SecurityGroups.flatMap(({ IpPermissions = [] }) =>
    IpPermissions.flatMap(({ IpRanges = [] }) => IpRanges),
  )
  return [...new Set(ranges.map(({ CidrIp = "" }) => CidrIp))].toSorted()
}

const written = async () => {
  const command = new GetParameterCommand({ Name: "/smart0dte/poc/choices/visitors" })
  return (await at.aws?.ssm.send(command))?.Parameter?.Value
}

describe("access add-me", () => {
  it("lets in the address that the world sees, for good, and writes it down", async () => {
    expect(await at.run("access add-me")).toBe(0)
    expect(await comesIn()).toEqual(["198.51.100.7/32", "203.0.113.10/32"])
    expect(await written()).toBe("198.51.100.7/32")
    expect(at.said.out).toMatch(/203\.0\.113\.10\/32\s+as deployed/)
    expect(at.said.out).toMatch(/198\.51\.100\.7\/32\s+for good/)
    expect(at.journal).toContain("lock poc to access poc")
    await deploy()
    expect(await comesIn()).toEqual(["198.51.100.7/32", "203.0.113.10/32"])
  })

  it("lets it in for a while, shows when that ended, and the next run sends it away", async () => {
    expect(await at.run("access add-me --for 12h")).toBe(0)
    expect(await written()).toMatch(/^198\.51\.100\.7\/32 until \d{4}-.*Z$/)
    expect(await comesIn()).toContain("198.51.100.7/32")
    aws.sandbox.world.clock.advance(13 * 3_600_000)
    at.aws = await aws.open({ clock: { now: () => Date.now() + 13 * 3_600_000, sleep: async () => {} } })
    at.said.out = ""
    expect(await at.run("access list")).toBe(0)
    expect(at.said.out).toMatch(/198\.51\.100\.7\/32\s+ended .*: the next run sends it away/)
    expect(await at.run("access remove 203.0.113.99")).toBe(1)
    expect(await at.run("access remove 198.51.100.7")).toBe(0)
    expect(await comesIn()).toEqual(["203.0.113.10/32"])
    expect(await written()).toBe("none")
  })

  it("says one thing where somebody is there already, and takes a new time for the old one", async () => {
    await at.run("access add-me --for 1h")
    const first = await written()
    await at.run("access add-me --for 2h")
    expect(await written()).not.toBe(first)
    await at.run("access add-me")
    expect(await written()).toBe("198.51.100.7/32")
    await at.run("access add-me --for 1h")
    expect(await written()).toBe("198.51.100.7/32")
  })

  it.each(["0h", "31d", "12", "soon"])("takes %s for no time", async (time) => {
    expect(await at.run(`access add-me --for ${time}`)).toBe(2)
    expect(await comesIn()).toEqual(["203.0.113.10/32"])
  })
})

describe("access remove", () => {
  it("does not send away whom the environment was made for", async () => {
    expect(await at.run("access remove 203.0.113.10")).toBe(3)
    expect(at.said.err).toContain("one of those that the environment was made for")
    expect(await comesIn()).toEqual(["203.0.113.10/32"])
  })
})

describe("without a load balancer", () => {
  it("nobody can be let in, and open is named", async () => {
    at.steps = [main as unknown as TestStep]
    expect(await at.run("access add-me")).toBe(1)
    expect(at.said.err).toContain("smart0dte open smart-0dte")
  })
})

describe("what else is to be done", () => {
  it("is not done by the way", async () => {
    const wider = groupsOf({ scope, loadBalancer: true }, vpc({ scope, name: "other", cidr: "10.30.0.0/16" }))
    at.steps = [wider.loadBalancer as unknown as TestStep]
    expect(await at.run("access add-me")).toBe(3)
    expect(at.said.err).toContain("more is to be done than that: vpc/other")
    expect(await comesIn()).toEqual(["203.0.113.10/32"])
  })
})
