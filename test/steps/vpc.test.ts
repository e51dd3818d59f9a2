import { DescribeVpcsCommand, ModifyVpcAttributeCommand } from "@aws-sdk/client-ec2"
import { describe, expect, it } from "vitest"
import { vpc } from "../../src/steps/vpc.ts"
import { bench, fieldsOf } from "./bench.ts"

const on = bench()
const main = vpc({ scope: "poc", name: "main", cidr: "10.20.0.0/16" })

describe("a network", () => {
  it("is made with names for hosts, and tagged at birth", async () => {
    expect((await on.see(main)).state).toBe("missing")
    await on.make(main)
    expect(await on.live(main)).toMatchObject({ cidr: "10.20.0.0/16", dnsSupport: true, dnsHostnames: true })
    const { Vpcs = [] } = await on.cloud.ec2.send(new DescribeVpcsCommand({}))
    expect(Vpcs[0]?.Tags).toContainEqual({ Key: "smart0dte:step", Value: "vpc/main" })
    expect((await on.see(main)).state).toBe("same")
  })

  it("gets its names back when somebody turned them off", async () => {
    const { id } = await on.live(main)
    const off = { Value: false }
    await on.cloud.ec2.send(new ModifyVpcAttributeCommand({ VpcId: id, EnableDnsHostnames: off }))
    await on.cloud.ec2.send(new ModifyVpcAttributeCommand({ VpcId: id, EnableDnsSupport: off }))
    expect(fieldsOf(await on.see(main))).toEqual(["dnsSupport", "dnsHostnames"])
    await on.make(main)
    expect((await on.see(main)).state).toBe("same")
  })

  it("is replaced for another range", async () => {
    const wider = vpc({ scope: "poc", name: "main", cidr: "10.30.0.0/16" })
    expect(await on.see(wider)).toMatchObject({ state: "replace", because: "cidr cannot change in place" })
    await on.make(wider)
    const { Vpcs = [] } = await on.cloud.ec2.send(new DescribeVpcsCommand({}))
    expect(Vpcs.map(({ CidrBlock }) => CidrBlock)).toEqual(["10.30.0.0/16"])
  })

  it("goes", async () => {
    await on.unmake(false, main)
    expect((await on.see(main)).state).toBe("missing")
  })
})
