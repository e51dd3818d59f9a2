import {
  CreateSecurityGroupCommand,
  DeleteNatGatewayCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  DetachInternetGatewayCommand,
  ModifyInstanceAttributeCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2"
import { beforeAll, expect, it, vi } from "vitest"
import { single } from "../../src/blueprints/single.ts"
import { graphOf } from "../../src/engine/order.ts"
import type { Saved } from "../../src/sandbox/state-file.ts"
import { census, deviations, standing, troubles } from "./evidence.ts"
import { deploy, type Ground, ground, look } from "./ground.ts"
import { immovable, removals, type The } from "./removals.ts"
import { everything } from "./wishes.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let saved: Saved
let whole: Readonly<Record<string, number>>
beforeAll(async () => {
  const on = await ground()
  await deploy(on, everything)
  saved = on.saved()
  whole = census(standing(on))
  await on.close()
})

it("is tried with every kind of thing", () => {
  const tried = [...removals.map(({ key }) => key.split("/")[0]), ...Object.keys(immovable)]
  const there = graphOf(single(everything)).steps.map(({ kind }) => kind.name)
  expect(new Set(there.toSorted())).toEqual(new Set(tried.toSorted()))
})

it.each(removals.map((removal) => [removal.key, removal] as const))(
  "%s is missed when somebody removed it, and made again",
  async (key, { does, also = [], cause = "drift" }) => {
    const on = await ground({ saved })
    await does(on.outsider, await theOf(on))
    expect(deviations(await look(on, everything)).toSorted()).toEqual([`${key} missing (${cause})`, ...also].toSorted())
    await repaired(on)
  },
)

it("a group that much stands on is missed, and everything is tied to the new one", async () => {
  const on = await ground({ saved })
  const the = await theOf(on)
  const { ec2 } = on.outsider
  const app = the("security-group/app")
  const another = { VpcId: the("vpc/main"), GroupName: "another", Description: "of somebody" }
  const { GroupId = "" } = await ec2.send(new CreateSecurityGroupCommand(another))
  await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: the("instance/node"), Groups: [GroupId] }))
  for (const id of [the("security-group/database"), the("security-group/cache")]) {
    const { SecurityGroups: [group] = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }))
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: group?.IpPermissions }))
  }
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId: app }))
  expect(deviations(await look(on, everything))).toEqual([
    "security-group/app missing (drift)",
    "security-group/database differs: ingress (pending)",
    "security-group/cache differs: ingress (pending)",
    "instance/node differs: groupIds (pending)",
  ])
  await deploy(on, everything)
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId }))
  await repaired(on)
})

it("a gateway that was detached is attached again", async () => {
  const on = await ground({ saved })
  const the = await theOf(on)
  await on.outsider.ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: the("nat-gateway/main") }))
  await on.outsider.clock.sleep(300_000)
  const attachment = { InternetGatewayId: the("internet-gateway/main"), VpcId: the("vpc/main") }
  await on.outsider.ec2.send(new DetachInternetGatewayCommand(attachment))
  expect(deviations(await look(on, everything))).toEqual([
    "internet-gateway/main differs: attachedTo (drift)",
    "route-table/public differs: routes (drift)",
    "nat-gateway/main missing (drift)",
    "route-table/private differs: routes (pending)",
  ])
  await repaired(on)
})

async function repaired(on: Ground) {
  expect(troubles(await deploy(on, everything))).toEqual([])
  expect(deviations(await look(on, everything))).toEqual([])
  expect(census(standing(on))).toEqual(whole)
  await on.close()
}

async function theOf(on: Ground): Promise<The> {
  const { findings } = await look(on, everything)
  return (key, field = "id") => {
    const live: Readonly<Record<string, unknown>> = { ...findings.find((finding) => finding.key === key)?.found?.live }
    return String(live[field])
  }
}
