import { describe, expect, it, vi } from "vitest"
import { convergesAfter } from "./converges-after.ts"
import { census, deviations, standing, troubles } from "./evidence.ts"
import { deploy, ground, look } from "./ground.ts"
import { killedAt } from "./interruptions.ts"
import { everything } from "./wishes.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

convergesAfter("a run that is killed", killedAt, 1)

describe("a run that is killed before AWS shows what it made", () => {
  // Those that AWS would make twice: neither their name nor anything else is unique.
  const makes = ["CreateVpc", "AllocateAddress", "CreateInternetGateway", "CreateNatGateway", "RunInstances"]
  it.concurrent.each(makes)("does not lead to a second one: %s", async (name) => {
    // Blindness is measured in simulated time: real time must not be lost in it.
    const on = await ground({ speed: 200 })
    on.faults({ name: "blind", seconds: 60 })
    const doomed = await killedAt(on, `ec2:${name}`)
    await doomed.over(deploy(on, everything, {}, doomed.run))
    expect(doomed.struck()).toBe(true)
    expect(troubles(await deploy(on, everything))).toEqual([])
    on.faults()
    expect(deviations(await look(on, everything))).toEqual([])
    const made = ["ec2/vpc", "ec2/address", "ec2/internet-gateway", "ec2/nat-gateway", "ec2/instance"]
    const counts = census(standing(on))
    expect(made.map((what) => `${what} ${counts[what]}`)).toEqual(made.map((what) => `${what} 1`))
    await on.close()
  })
})
