import { DeleteNatGatewayCommand, DescribeAddressesCommand } from "@aws-sdk/client-ec2"
import { describe, expect, it } from "vitest"
import { address } from "../../src/steps/address.ts"
import { internetGateway } from "../../src/steps/internet-gateway.ts"
import { natGateway } from "../../src/steps/nat-gateway.ts"
import { bench, standIn } from "./bench.ts"
import { main, outside, scope } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const gateway = internetGateway({ scope, name: "main", vpc: main })
const own = address({ scope, name: "nat" })
const nat = natGateway({ scope, name: "main", subnet: outside, address: own, gateway })

describe("a NAT gateway", () => {
  it("is made with an address of its own", async () => {
    await on.make(nat)
    const { id } = await on.live(own)
    expect(await on.live(nat)).toMatchObject({ addressId: id })
  })

  seesAndRepairs(on, () => nat, {}, ["subnetId", "addressId"])

  it("is made again when somebody deleted it, though AWS still shows the old one", async () => {
    const { id } = await on.live(nat)
    await on.cloud.ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id }))
    expect((await on.see(nat)).state).toBe("missing")
    await on.make(nat)
    expect((await on.live(nat)).id).not.toBe(id)
  })

  it("costs by the hour, and so does its address", () => {
    expect(nat.kind.price?.(nat.kind.blank)).toEqual([{ sku: "vpc/nat-gateway", units: 1 }])
    expect(own.kind.price?.(own.kind.blank)).toEqual([{ sku: "vpc/public-ipv4", units: 1 }])
  })

  it("goes, and its address with it", async () => {
    await on.unmake(false, nat)
    const { Addresses } = await on.cloud.ec2.send(new DescribeAddressesCommand({}))
    expect(Addresses).toEqual([])
  })

  it("that has failed says why, and is replaced", async () => {
    const nowhere = standIn({ id: "igw-0123456789abcdef0" as const })
    const stranded = natGateway({ scope, name: "main", subnet: outside, address: own, gateway: nowhere })
    await expect(on.make(stranded)).rejects.toThrow(/nat-gateway\/main has failed/)
    const failed = await on.see(nat)
    expect(failed).toMatchObject({ state: "replace", because: expect.stringContaining("it has failed") })
    await on.make(nat)
    expect((await on.see(nat)).state).toBe("same")
  })
})
