import {
  AttachInternetGatewayCommand,
  CreateVpcCommand,
  DescribeInternetGatewaysCommand,
  DetachInternetGatewayCommand,
} from "@aws-sdk/client-ec2"
import { describe, expect, it } from "vitest"
import { internetGateway } from "../../src/steps/internet-gateway.ts"
import { vpc } from "../../src/steps/vpc.ts"
import { bench, fieldsOf } from "./bench.ts"
import { main, scope } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const gateway = internetGateway({ scope, name: "main", vpc: main })

describe("an internet gateway", () => {
  it("is attached to its network", async () => {
    await on.make(gateway)
    const { id } = await on.live(main)
    expect(await on.live(gateway)).toMatchObject({ vpcId: id, attachedTo: id })
  })

  seesAndRepairs(
    on,
    () => gateway,
    {
      attachedTo: (cloud, { id, attachedTo }) =>
        cloud.ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId: id, VpcId: attachedTo })),
    },
    ["vpcId"],
  )

  it("is brought back from another network", async () => {
    const { id, attachedTo } = await on.live(gateway)
    const { Vpc } = await on.cloud.ec2.send(new CreateVpcCommand({ CidrBlock: "10.99.0.0/16" }))
    await on.cloud.ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId: id, VpcId: attachedTo }))
    await on.cloud.ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: id, VpcId: Vpc?.VpcId }))
    expect(fieldsOf(await on.see(gateway))).toEqual(["attachedTo"])
    await on.make(gateway)
    expect((await on.live(gateway)).attachedTo).toBe(attachedTo)
  })

  it("goes with its network, even detached, and a new one comes", async () => {
    const { id, attachedTo } = await on.live(gateway)
    await on.cloud.ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId: id, VpcId: attachedTo }))
    const elsewhere = vpc({ scope, name: "main", cidr: "10.30.0.0/16" })
    const moved = internetGateway({ scope, name: "main", vpc: elsewhere })
    expect((await on.see(moved)).state).toBe("replace")
    await on.make(moved)
    const { InternetGateways = [] } = await on.cloud.ec2.send(new DescribeInternetGatewaysCommand({}))
    expect(InternetGateways.map(({ Attachments }) => Attachments?.[0]?.VpcId)).toEqual([(await on.live(elsewhere)).id])
    expect(InternetGateways[0]?.InternetGatewayId).not.toBe(id)
  })

  it("goes", async () => {
    await on.unmake(false, gateway)
    expect((await on.see(gateway)).state).toBe("missing")
  })
})
