import { beforeAll, describe, expect, it, vi } from "vitest"
import type { SingleWish } from "../../src/blueprints/single.ts"
import { convergesAfter } from "./converges-after.ts"
import { census, deviations, standing, troubles } from "./evidence.ts"
import { deploy, ground, look } from "./ground.ts"
import { killedAt } from "./interruptions.ts"
import { everything } from "./wishes.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000, maxConcurrency: 8 })

convergesAfter("a run that is killed", killedAt)

describe("a run that is killed before AWS shows what it made", () => {
  // Those that AWS would make twice: neither their name nor anything else is unique.
  const makes = [
    ["CreateVpc", "DescribeVpcs"],
    ["AllocateAddress", "DescribeAddresses"],
    ["CreateInternetGateway", "DescribeInternetGateways"],
    ["CreateNatGateway", "DescribeNatGateways"],
    ["CreateRouteTable", "DescribeRouteTables"],
    ["CreateVpcEndpoint", "DescribeVpcEndpoints"],
    ["CreateFlowLogs", "DescribeFlowLogs"],
    ["RunInstances", "DescribeInstances"],
  ]
  // What stands beside takes its simulated minutes, and proves nothing here.
  const wish = {
    ...everything,
    loadBalancer: false,
    domain: undefined,
    systems: { "smart-0dte": { enabled: false }, "mag7-7dte": { enabled: false } },
  }
  let whole: Readonly<Record<string, number>>
  beforeAll(async () => {
    whole = await wholeOf(wish)
  })
  it.concurrent.each(makes)("does not lead to a second one: %s", async (name, shows) => {
    // Blindness is measured in simulated time: real time must not be lost in it.
    const on = await ground({ speed: 100 })
    on.faults({ name: "blind", seconds: 110, operation: `ec2:${shows}` })
    const doomed = await killedAt(on, `ec2:${name}`)
    await doomed.over(deploy(on, wish, {}, doomed.run))
    expect(doomed.struck()).toBe(true)
    expect(troubles(await deploy(on, wish))).toEqual([])
    on.faults()
    expect(deviations(await look(on, wish))).toEqual([])
    expect(census(standing(on))).toEqual(whole)
    await on.close()
  })
})

async function wholeOf(wish: SingleWish) {
  const on = await ground()
  await deploy(on, wish)
  const whole = census(standing(on))
  await on.close()
  return whole
}
