import { CreateSubnetCommand, ModifySubnetAttributeCommand } from "@aws-sdk/client-ec2"
import { describe, expect, it } from "vitest"
import { subnet } from "../../src/steps/subnet.ts"
import { bench } from "./bench.ts"
import { inside, main, scope, zones } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()

describe("a subnet", () => {
  it("is made in the zone that was chosen", async () => {
    await on.make(inside)
    expect(await on.live(inside)).toMatchObject({ cidr: "10.20.1.0/24", zone: "us-east-1a", publicByDefault: false })
  })

  seesAndRepairs(
    on,
    () => inside,
    {
      publicByDefault: (cloud, { id }) =>
        cloud.ec2.send(new ModifySubnetAttributeCommand({ SubnetId: id, MapPublicIpOnLaunch: { Value: true } })),
    },
    ["cidr", "vpcId", "zone"],
  )

  it("is not made over a foreign one of the same range", async () => {
    const { id } = await on.live(main)
    await on.cloud.ec2.send(new CreateSubnetCommand({ VpcId: id, CidrBlock: "10.20.7.0/24" }))
    const clash = subnet({ scope, name: "clash", cidr: "10.20.7.0/24", vpc: main, zones, zone: 1 })
    await expect(on.make(clash)).rejects.toThrow(/subnet\/clash.*cannot be made/)
  })

  it("goes with its network when that is replaced, and comes again", async () => {
    const elsewhere = { ...main, spec: { ...main.spec, cidr: "10.30.0.0/16" } }
    const moved = subnet({ scope, name: "private-a", cidr: "10.30.1.0/24", vpc: elsewhere, zones, zone: 0 })
    expect((await on.see(moved)).state).toBe("replace")
  })
})
