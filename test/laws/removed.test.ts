import {
  CreateSecurityGroupCommand,
  DeleteNatGatewayCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  DetachInternetGatewayCommand,
  ModifyInstanceAttributeCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2"
import { DeleteBucketCommand } from "@aws-sdk/client-s3"
import { beforeAll, expect, it, vi } from "vitest"
import { emptyBucket } from "../../src/aws/s3/bucket-contents.ts"
import { kindsOf } from "../../src/blueprints/kinds.ts"
import { single } from "../../src/blueprints/single.ts"
import { anew } from "../../src/commands/anew.ts"
import { onlySystem } from "../../src/commands/system-steps.ts"
import { apply } from "../../src/engine/apply.ts"
import { graphOf } from "../../src/engine/order.ts"
import { systems } from "../../src/nodes/systems.ts"
import type { Saved } from "../../src/sandbox/state-file.ts"
import { census, deviations, standing, troubles } from "./evidence.ts"
import { deploy, type Ground, ground, look, type The, theAt } from "./ground.ts"
import { immovable, type Removal, removals } from "./removals.ts"
import { followsFront, withoutFront } from "./removals-front.ts"
import { everything } from "./wishes.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let saved: Saved
let whole: Readonly<Record<string, number>>
let the: The
beforeAll(async () => {
  const on = await ground()
  await deploy(on, everything)
  the = await theAt(on, everything)
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
  async (key, { does, also = [], cause = "drift", tidies }) => {
    const on = await ground({ saved })
    await does(on.outsider, the)
    expect(deviations(await look(on, everything)).toSorted()).toEqual([`${key} missing (${cause})`, ...also].toSorted())
    await repaired(on, tidies)
  },
)

it("a group that much stands on is missed, and everything is tied to the new one", async () => {
  const on = await ground({ saved })
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
  await on.outsider.ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: the("nat-gateway/main") }))
  await on.outsider.clock.sleep(300_000)
  await withoutFront(on.outsider, the)
  const attachment = { InternetGatewayId: the("internet-gateway/main"), VpcId: the("vpc/main") }
  await on.outsider.ec2.send(new DetachInternetGatewayCommand(attachment))
  expect(deviations(await look(on, everything))).toEqual([
    "internet-gateway/main differs: attachedTo (drift)",
    "route-table/public differs: routes (drift)",
    "nat-gateway/main missing (drift)",
    "route-table/private differs: routes (pending)",
    "load-balancer/main missing (drift)",
    ...followsFront,
  ])
  await repaired(on)
})

it("the state bucket is made again, and each system wants to be released for what only its node can put there", async () => {
  const on = await ground({ saved })
  const Bucket = the("bucket/state", "bucket")
  await emptyBucket(on.outsider, Bucket)
  await on.outsider.s3.send(new DeleteBucketCommand({ Bucket }))
  // With it goes what was wished the last time, and so what was there.
  const also = systems.map((system) => `override/${system} differs: stored (drift)`)
  const kept = ["bucket/state", "record/main", "node-files/main", ...systems.map((system) => `trading/${system}`)]
  const missing = kept.map((key) => `${key} missing (pending)`)
  expect(deviations(await look(on, everything)).toSorted()).toEqual([...missing, ...also].toSorted())
  const { failed } = await deploy(on, everything)
  expect(failed.map(({ step, error }) => [step.key, error])).toEqual(
    systems.map((system) => [
      `override/${system}`,
      expect.objectContaining({ hint: `fetch it again with: smart0dte release ${system}` }),
    ]),
  )
  const blueprint = single(everything)
  for (const system of systems) {
    const { failed } = await apply(
      on.run(),
      anew(onlySystem(blueprint, system), `checkout/${system}`),
      kindsOf("environment"),
    )
    expect(failed).toEqual([])
  }
  await repaired(on)
})

async function repaired(on: Ground, tidies: Removal["tidies"] = async () => undefined) {
  expect(troubles(await deploy(on, everything))).toEqual([])
  await tidies(on.outsider)
  expect(deviations(await look(on, everything))).toEqual([])
  expect(census(standing(on))).toEqual(whole)
  await on.close()
}
