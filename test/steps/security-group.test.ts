import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2"
import { describe, expect, it } from "vitest"
import type { GroupId } from "../../src/aws/ids.ts"
import { securityGroup } from "../../src/steps/security-group.ts"
import { bench, fieldsOf, standIn } from "./bench.ts"
import { main, scope } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const ranges = standIn({ value: "198.51.100.0/24,203.0.113.10/32" })
const front = securityGroup({
  scope,
  name: "load-balancer",
  description: "front",
  vpc: main,
  ports: [
    [3000, 3001],
    [8000, 8001],
  ],
  fromRanges: [ranges],
  reachesOut: true,
})
const back = securityGroup({
  scope,
  name: "database",
  description: "back",
  vpc: main,
  ports: [[5432, 5432]],
  fromGroups: [front],
  reachesOut: false,
})

const tcp = (port: number, peer: IpPermission): IpPermission[] => [
  { IpProtocol: "tcp", FromPort: port, ToPort: port, ...peer },
]
const world: IpPermission = { IpRanges: [{ CidrIp: "0.0.0.0/0" }] }
const openSsh = (GroupId: GroupId) =>
  on.cloud.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: tcp(22, world) }))

describe("a security group", () => {
  it("lets in the ranges that were chosen, at its ports only", async () => {
    await on.make(front)
    expect((await on.live(front)).ingress).toEqual([
      { protocol: "tcp", from: 3000, to: 3001, peer: "198.51.100.0/24" },
      { protocol: "tcp", from: 3000, to: 3001, peer: "203.0.113.10/32" },
      { protocol: "tcp", from: 8000, to: 8001, peer: "198.51.100.0/24" },
      { protocol: "tcp", from: 8000, to: 8001, peer: "203.0.113.10/32" },
    ])
  })

  it("lets in the group before it by id, and begins nothing itself", async () => {
    await on.make(back)
    const { id } = await on.live(front)
    expect(await on.live(back)).toMatchObject({
      groupName: "smart0dte-poc-database",
      ingress: [{ protocol: "tcp", from: 5432, to: 5432, peer: id }],
      egress: [],
    })
  })

  seesAndRepairs(
    on,
    () => back,
    {
      ingress: (_, { id }) => openSsh(id),
      egress: (cloud, { id }) =>
        cloud.ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: id, IpPermissions: tcp(443, world) })),
    },
    ["groupName", "description", "vpcId"],
  )

  it.each<[string, IpPermission]>([
    ["IPv6", { IpProtocol: "tcp", FromPort: 22, ToPort: 22, Ipv6Ranges: [{ CidrIpv6: "::/0" }] }],
    ["every protocol", { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    ["ping", { IpProtocol: "icmp", FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    [
      "a described range",
      { IpProtocol: "udp", FromPort: 1, ToPort: 9, IpRanges: [{ CidrIp: "10.0.0.0/8", Description: "x" }] },
    ],
  ])("loses a rule for %s that somebody added", async (_, rule) => {
    const { id } = await on.live(back)
    await on.cloud.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: [rule] }))
    expect(fieldsOf(await on.see(back))).toEqual(["ingress"])
    await on.make(back)
    expect((await on.live(back)).ingress).toHaveLength(1)
  })

  it("loses a rule for itself that somebody added, and gets back one that somebody took", async () => {
    const { id } = await on.live(back)
    const itself = tcp(5432, { UserIdGroupPairs: [{ GroupId: id }] })
    const first = tcp(5432, { UserIdGroupPairs: [{ GroupId: (await on.live(front)).id }] })
    await on.cloud.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: itself }))
    await on.cloud.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: first }))
    await on.make(back)
    expect((await on.see(back)).state).toBe("same")
  })

  it("stops before a foreign group of its name", async () => {
    const VpcId = (await on.live(main)).id
    const names = { VpcId, GroupName: "smart0dte-poc-cache", Description: "foreign" }
    const { GroupId } = await on.cloud.ec2.send(new CreateSecurityGroupCommand(names))
    const cache = { scope, name: "cache", description: "c", vpc: main, ports: [], reachesOut: false }
    expect(await on.see(securityGroup(cache))).toMatchObject({
      state: "blocked",
      because: expect.stringContaining("not ours"),
    })
    await on.cloud.ec2.send(new DeleteSecurityGroupCommand({ GroupId }))
  })

  it("goes, the one that is named by another last", async () => {
    await on.unmake(false, back)
    expect((await on.see(front)).state).toBe("missing")
  })
})
