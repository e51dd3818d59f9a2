import { describe, expect, it, vi } from "vitest"
import { convergesAfter } from "./converges-after.ts"
import { census, deviations, standing, troubles } from "./evidence.ts"
import { deploy, ground, look } from "./ground.ts"
import { killedAt } from "./interruptions.ts"
import { everything } from "./wishes.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000, maxConcurrency: 8 })

convergesAfter("a run that is killed", killedAt, 1)

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
  it.concurrent.each(makes)("does not lead to a second one: %s", async (name, shows) => {
    // Blindness is measured in simulated time: real time must not be lost in it.
    const on = await ground({ speed: 100 })
    on.faults({ name: "blind", seconds: 110, operation: `ec2:${shows}` })
    const doomed = await killedAt(on, `ec2:${name}`)
    await doomed.over(deploy(on, everything, {}, doomed.run))
    expect(doomed.struck()).toBe(true)
    expect(troubles(await deploy(on, everything))).toEqual([])
    on.faults()
    expect(deviations(await look(on, everything))).toEqual([])
    expect(census(standing(on))).toEqual(await wholeOf())
    await on.close()
  })
})

async function wholeOf() {
  const on = await ground()
  await deploy(on, everything)
  const whole = census(standing(on))
  await on.close()
  return whole
}
