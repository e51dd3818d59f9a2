import { UnmonitorInstancesCommand } from "@aws-sdk/client-ec2"
import { PutParameterCommand } from "@aws-sdk/client-ssm"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { kinds } from "../../src/blueprints/kinds.ts"
import { single } from "../../src/blueprints/single.ts"
import { planRows } from "../../src/engine/rows.ts"
import { Refused } from "../../src/errors.ts"
import { images } from "../../src/sandbox/services/ec2/catalog.ts"
import { asked, census, deviations, forget, mutations, standing, troubles } from "./evidence.ts"
import { deploy, type Ground, ground, look } from "./ground.ts"
import { defaults, everything, lean } from "./wishes.ts"

vi.setConfig({ testTimeout: 60_000 })

let on: Ground
beforeEach(async () => {
  on = await ground()
})
afterEach(() => on.close())

const whole = async (wish: typeof everything) => {
  expect(deviations(await look(on, wish))).toEqual([])
  return census(standing(on))
}

describe("another range for the network", () => {
  const moved = { ...everything, vpcCidr: "10.30.0.0/16" }

  it("shows everything that stands on it as replaced, and replaces it", async () => {
    await deploy(on, everything)
    const before = await whole(everything)
    expect(deviations(await look(on, moved))).toEqual([
      "record/main differs: wishes (pending)",
      "vpc/main replace: cidr (pending)",
      "subnet/public-a replace: cidr (pending), vpcId (pending)",
      "subnet/public-b replace: cidr (pending), vpcId (pending)",
      "internet-gateway/main replace: vpcId (pending), attachedTo (pending)",
      "route-table/public replace: vpcId (pending), routes (pending), subnetIds (pending)",
      "subnet/private-a replace: cidr (pending), vpcId (pending)",
      "subnet/private-b replace: cidr (pending), vpcId (pending)",
      "nat-gateway/main replace: subnetId (pending)",
      "route-table/private replace: vpcId (pending), routes (pending), subnetIds (pending)",
      "endpoint/s3 replace: vpcId (pending), routeTableIds (pending)",
      "default-group/main replace: vpcId (pending)",
      "flow-log/main replace: vpcId (pending)",
      "security-group/load-balancer replace: vpcId (pending)",
      "security-group/app replace: vpcId (pending), ingress (pending)",
      "security-group/database replace: vpcId (pending), ingress (pending)",
      "security-group/cache replace: vpcId (pending), ingress (pending)",
      "instance/node replace: subnetId (pending), groupIds (pending)",
    ])
    expect(troubles(await deploy(on, moved))).toEqual([])
    expect(await whole(moved)).toEqual(before)
  })

  it("says of each what beneath it is replaced", async () => {
    await deploy(on, everything)
    const { findings } = await look(on, moved)
    const because = Object.fromEntries(findings.map(({ key, because }) => [key, because]))
    expect(because["vpc/main"]).toBe("cidr cannot change in place")
    expect(because["nat-gateway/main"]).toBe("subnet/public-a, internet-gateway/main are replaced")
    expect(because["instance/node"]).toBe("subnet/private-a, security-group/app, route-table/private are replaced")
  })
})

describe("a public address in place of the NAT gateway", () => {
  const inPublic = { ...defaults, egress: "public-ip" } as const
  const left = ["address/nat leftover", "nat-gateway/main leftover"]

  it("leaves gateway and address until they are asked to go, and shows what they cost", async () => {
    await deploy(on, defaults)
    const seen = await look(on, inPublic)
    expect(deviations(seen)).toEqual([
      "record/main differs: wishes (pending)",
      "route-table/private differs: routes (pending)",
      "instance/node replace: publicAddress (pending), subnetId (pending)",
      ...left,
    ])
    const rows = planRows(seen).filter(({ action }) => action === "leftover")
    expect(rows.map(({ step, prices }) => [step.key, prices[0]?.sku])).toEqual([
      ["address/nat", "vpc/public-ipv4"],
      ["nat-gateway/main", "vpc/nat-gateway"],
    ])

    expect(troubles(await deploy(on, inPublic))).toEqual([])
    expect(deviations(await look(on, inPublic))).toEqual(left)
    forget(on)
    expect(await deploy(on, inPublic)).toEqual({ done: [], failed: [], skipped: [], remains: [] })
    expect(mutations(on)).toEqual([])

    const outcome = await deploy(on, inPublic, { prune: true })
    expect(troubles(outcome)).toEqual([])
    expect(outcome.done.map(({ verb, step }) => `${verb} ${step.key}`)).toEqual([
      "destroy nat-gateway/main",
      "destroy address/nat",
    ])
    expect(mutations(on)).toEqual(["ec2:DeleteNatGateway", "ec2:ReleaseAddress"])
    expect(deviations(await look(on, inPublic))).toEqual([])
    await deploy(on, lean)
    expect(census(standing(on))).not.toHaveProperty("ec2/address")
  })

  it("takes them away in the same run where that is asked for", async () => {
    await deploy(on, defaults)
    expect(troubles(await deploy(on, inPublic, { prune: true }))).toEqual([])
    expect(deviations(await look(on, inPublic))).toEqual([])
    expect(census(standing(on))).not.toHaveProperty("ec2/nat-gateway")
  })

  it("and back", async () => {
    await deploy(on, inPublic)
    expect(troubles(await deploy(on, defaults))).toEqual([])
    expect(deviations(await look(on, defaults))).toEqual([])
  })
})

it("options that are given up are left over, and go when that is asked for", async () => {
  await deploy(on, everything)
  expect(deviations(await look(on, defaults))).toEqual([
    "record/main differs: wishes (pending)",
    "choice/allowed-cidrs differs: value (pending)",
    "security-group/load-balancer differs: ingress (pending)",
    "instance/node replace: keyName (pending)",
    "bucket/flow-logs leftover",
    "flow-log/main leftover",
    "key-pair/node leftover",
  ])
  expect(troubles(await deploy(on, defaults, { prune: true }))).toEqual([])
  expect(deviations(await look(on, defaults))).toEqual([])
  expect(census(standing(on))).toMatchObject({ "s3/bucket": 1 })
})

it("another instance type is a change in place", async () => {
  await deploy(on, lean)
  const larger = { ...lean, instanceType: "t3.2xlarge" }
  expect(deviations(await look(on, larger))).toEqual([
    "record/main differs: wishes (pending)",
    "instance/node differs: instanceType (pending)",
  ])
  forget(on)
  expect(troubles(await deploy(on, larger))).toEqual([])
  expect(mutations(on)).toEqual([
    "s3:PutObject",
    "ec2:StopInstances",
    "ec2:ModifyInstanceAttribute",
    "ec2:StartInstances",
  ])
  expect(deviations(await look(on, larger))).toEqual([])
})

it("a larger disk grows in place", async () => {
  await deploy(on, lean)
  forget(on)
  expect(troubles(await deploy(on, { ...lean, diskGb: 200 }))).toEqual([])
  expect(mutations(on)).toEqual(["s3:PutObject", "ec2:ModifyVolume"])
})

describe("choices", () => {
  it("stand when AWS would choose otherwise now", async () => {
    await deploy(on, lean)
    forget(on)
    await deploy(on, { ...lean, allowedCidrs: undefined })
    expect(asked(on).filter((call) => /Zones|ssm:GetParameter$|InstanceType/.test(call))).toEqual([])
  })

  it("that are renewed replace what stands on them", async () => {
    const Name = "/smart0dte/poc/choices/image"
    const older = images.find(({ parameter }) => parameter === undefined)?.id
    await on.session.ssm.send(new PutParameterCommand({ Name, Type: "String", Value: older }))
    await deploy(on, lean)
    const renew = { renew: new Set(["choice/image"]) }
    expect(deviations(await look(on, lean, renew))).toEqual([
      "choice/image replace (pending)",
      "instance/node replace: imageId (pending)",
    ])
    forget(on)
    expect(troubles(await deploy(on, lean, renew))).toEqual([])
    expect(mutations(on).toSorted()).toEqual([
      "ec2:RunInstances",
      "ec2:TerminateInstances",
      "ssm:DeleteParameter",
      "ssm:PutParameter",
    ])
    expect(deviations(await look(on, lean))).toEqual([])
    expect(deviations(await look(on, lean, renew))).toEqual([])
  })

  it("that only a person can make stop a run that nobody told", async () => {
    const { failed } = await deploy(on, { ...lean, allowedCidrs: undefined })
    expect(failed.map(({ step, error }) => [step.key, String(error)])).toEqual([
      ["choice/allowed-cidrs", "Usage: nobody has said who may reach the load balancer"],
    ])
  })
})

it("tells what somebody changed from what is newly wished", async () => {
  await deploy(on, everything)
  const { findings } = await look(on, everything)
  const node = findings.find(({ key }) => key === "instance/node")?.found?.live
  const id = node && "id" in node ? String(node.id) : ""
  await on.outsider.ec2.send(new UnmonitorInstancesCommand({ InstanceIds: [id] }))
  const seen = await look(on, { ...everything, diskGb: 150, allowedCidrs: ["192.0.2.1/32"] })
  expect(deviations(seen)).toEqual([
    "record/main differs: wishes (pending)",
    "choice/allowed-cidrs differs: value (pending)",
    "security-group/load-balancer differs: ingress (pending)",
    "instance/node differs: diskGb (pending), monitoring (drift)",
  ])
})

it("data is replaced only where that is said", async () => {
  await deploy(on, everything)
  const blueprint = single(everything)
  const data = kinds.filter(({ holdsData }) => holdsData).map(({ name }) => name)
  expect(data).toEqual(["bucket"])
  expect(blueprint.scopes).toEqual(["poc"])
  // A bucket's name follows from account and region, so only a wish of another account would replace it.
  const elsewhere = { ...everything, place: { ...everything.place, region: "eu-west-1" } }
  await expect(deploy(on, elsewhere)).rejects.toThrow(Refused)
})
