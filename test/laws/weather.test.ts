import { afterEach, beforeAll, describe, expect, it, vi } from "vitest"
import { NoAccess, NoCapacity, QuotaReached, UserError } from "../../src/errors.ts"
import type { Fault } from "../../src/sandbox/faults.ts"
import { census, deviations, forget, mutations, standing, troubles } from "./evidence.ts"
import { deploy, type Ground, type GroundOptions, ground, look, takeDown } from "./ground.ts"
import { everything, lean } from "./wishes.ts"

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const opened: Ground[] = []
const open = async (options?: GroundOptions) => {
  const on = await ground(options)
  opened.push(on)
  return on
}
afterEach(async () => {
  for (const on of opened.splice(0)) await on.close()
})

/** What there is after a run in fine weather. */
let whole: Readonly<Record<string, number>>
beforeAll(async () => {
  const on = await open()
  await deploy(on, everything)
  whole = census(standing(on))
})

async function stands(on: Ground) {
  on.faults()
  forget(on)
  expect(deviations(await look(on, everything))).toEqual([])
  await deploy(on, everything)
  expect(mutations(on)).toEqual([])
  expect(census(standing(on))).toEqual(whole)
}

const faults = (on: Ground) => on.sandbox.world.faults.list().reduce((sum, { hits }) => sum + hits, 0)

describe("a deploy and a destroy succeed", () => {
  const storms: readonly (readonly [string, Fault, number])[] = [
    ["with 30 % of all requests throttled", { name: "throttle", share: 0.3 }, 40],
    ["with 20 % of all connections cut before the request has its effect", { name: "reset", share: 0.2 }, 20],
    ["with 20 % of all answers lost", { name: "lost", share: 0.2 }, 20],
    ["with 20 % of all requests answered by 500", { name: "error500", share: 0.2 }, 20],
    ["when the first forty requests are answered by 500", { name: "error500", times: 40 }, 40],
    ["when every answer takes 40 ms", { name: "slow", milliseconds: 40 }, 100],
  ]
  it.each(storms)("%s", async (_, fault, hits) => {
    const on = await open({ speed: 400 })
    on.faults(fault)
    expect(troubles(await deploy(on, everything))).toEqual([])
    expect(faults(on)).toBeGreaterThanOrEqual(hits)
    await stands(on)
    on.faults(fault)
    expect(troubles(await takeDown(on, everything))).toEqual([])
    on.faults()
    expect((await takeDown(on, everything)).done).toEqual([])
  })

  it("when what was made cannot be seen for a minute, and answers are lost besides", async () => {
    // Blindness is measured in simulated time: real time must not be lost in it.
    const on = await open({ speed: 100 })
    // What was there before, such as the zone of the domain, can be seen: a plan that cannot see it is another plan.
    await on.session.clock.sleep(60_000)
    const lost = (operation: string): Fault => ({ name: "lost", operation, times: 1 })
    on.faults({ name: "blind", seconds: 60 }, lost("ec2:CreateVpc"), lost("ec2:AllocateAddress"))
    expect(troubles(await deploy(on, everything))).toEqual([])
    await stands(on)
  })
})

describe("a run stops with words that say what to do, and a later one finishes", () => {
  const failure = async (on: Ground) => {
    const outcome = await deploy(on, everything)
    expect(outcome.failed).toHaveLength(1)
    return { ...outcome.failed[0], skipped: outcome.skipped.map(({ step }) => step.key) }
  }

  it("when AWS has no such machine", async () => {
    const on = await open()
    on.faults({ name: "capacity", operation: "ec2:RunInstances" })
    const { step, error } = await failure(on)
    expect(step?.key).toBe("instance/node")
    expect(error).toBeInstanceOf(NoCapacity)
    expect(error).toMatchObject({ hint: "try again later, or set another zone or instance type" })
    await finishes(on)
  })

  const quotas = [
    ["L-F678F1CE", 0, "vpc/main", "VPCs per region"],
    ["L-A4707A72", 0, "internet-gateway/main", "internet gateways per region"],
    ["L-0263D0A3", 0, "address/nat", "elastic IP addresses per region"],
    ["L-FE5A380F", 0, "nat-gateway/main", "NAT gateways per zone"],
    ["L-1216C47A", 2, "instance/node", "vCPUs of running instances"],
  ] as const
  it.each(quotas)("when the quota %s is %i", async (quota, value, key, what) => {
    const on = await open()
    on.faults({ name: "quota", quota, value })
    const { step, error } = await failure(on)
    expect(step?.key).toBe(key)
    expect(error).toBeInstanceOf(QuotaReached)
    expect(error).toMatchObject({
      message: expect.stringContaining(`may not have more ${what}`),
      hint: expect.stringMatching(new RegExp(`ask for more: https://us-east-1\\..*/${quota}$`)),
    })
    await finishes(on)
  })

  it("when the session expires in the middle", async () => {
    const on = await open()
    const waiting = deploy(on, everything)
    await vi.waitUntil(() => mutations(on).length > 15, { interval: 1, timeout: 30_000 })
    on.faults({ name: "expired" })
    const { failed } = await waiting
    expect(failed.length).toBeGreaterThan(0)
    for (const { error } of failed) {
      expect(error).toBeInstanceOf(NoAccess)
      expect(error).toMatchObject({ message: "the AWS session has expired", hint: expect.stringMatching(/./) })
    }
    await finishes(on)
  })

  it("when the session had expired before", async () => {
    const on = await open()
    on.faults({ name: "expired" })
    await expect(deploy(on, everything)).rejects.toThrow(NoAccess)
    expect(mutations(on)).toEqual([])
    await finishes(on)
  })

  it("when nothing is answered any more", async () => {
    const on = await open()
    const ctx = await on.open({ timeout: 150 })
    on.faults({ name: "hang", operation: "ec2:DescribeVpcs" })
    await expect(deploy(on, lean, {}, on.run({ ctx }))).rejects.toThrow(UserError)
    expect(mutations(on)).toEqual([])
    await finishes(on)
  })

  async function finishes(on: Ground) {
    on.faults()
    expect(troubles(await deploy(on, everything))).toEqual([])
    await stands(on)
  }
})

it("a request that hangs is given up and sent again", async () => {
  const on = await open()
  const ctx = await on.open({ timeout: 150 })
  on.faults(
    { name: "hang", operation: "ec2:CreateVpc", times: 1 },
    { name: "hang", operation: "ec2:RunInstances", times: 1 },
  )
  expect(troubles(await deploy(on, everything, {}, on.run({ ctx })))).toEqual([])
  expect(faults(on)).toBe(2)
  await stands(on)
})

it("all failures are reported, not only the first, and what does not depend on them is made", async () => {
  const on = await open()
  on.faults({ name: "quota", quota: "L-0263D0A3", value: 0 }, { name: "quota", quota: "L-E79EC296", value: 1 })
  const { failed, skipped, done } = await deploy(on, everything)
  expect(failed.map(({ step }) => step.key).toSorted()).toEqual(["address/nat", "security-group/load-balancer"])
  expect(skipped.map(({ step, because }) => `${step.key}: ${because}`)).toContain(
    "nat-gateway/main: address/nat failed",
  )
  expect(done.map(({ step }) => step.key)).toEqual(expect.arrayContaining(["route-table/public", "role/node"]))
})
