import { AuthorizeSecurityGroupEgressCommand, AuthorizeSecurityGroupIngressCommand } from "@aws-sdk/client-ec2"
import { describe, expect, it } from "vitest"
import { defaultGroup } from "../../src/steps/default-group.ts"
import { vpc } from "../../src/steps/vpc.ts"
import { bench } from "./bench.ts"
import { main, scope } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const group = defaultGroup({ scope, name: "main", vpc: main })
const anything = [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }]

describe("a network's default group", () => {
  it("is emptied", async () => {
    await on.make(group)
    expect(await on.live(group)).toMatchObject({ ingress: [], egress: [] })
  })

  seesAndRepairs(
    on,
    () => group,
    {
      ingress: (cloud, { id }) =>
        cloud.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: anything })),
      egress: (cloud, { id }) =>
        cloud.ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: id, IpPermissions: anything })),
    },
    ["vpcId"],
  )

  it("of a network that takes another's place is emptied in the same run", async () => {
    const elsewhere = vpc({ scope, name: "main", cidr: "10.30.0.0/16" })
    const moved = defaultGroup({ scope, name: "main", vpc: elsewhere })
    expect((await on.see(moved)).state).toBe("replace")
    await on.make(moved)
    expect(await on.live(moved)).toMatchObject({ vpcId: (await on.live(elsewhere)).id, ingress: [], egress: [] })
  })
})
