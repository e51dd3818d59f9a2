import { UnmonitorInstancesCommand } from "@aws-sdk/client-ec2"
import { PutParameterCommand } from "@aws-sdk/client-ssm"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { kindsOf } from "../../src/blueprints/kinds.ts"
import { single } from "../../src/blueprints/single.ts"
import { planRows } from "../../src/engine/rows.ts"
import { Refused } from "../../src/errors.ts"
import { images } from "../../src/sandbox/services/ec2/catalog.ts"
import { asked, census, deviations, forget, mutations, standing, troubles } from "./evidence.ts"
import { deploy, type Ground, ground, look } from "./ground.ts"
import { surprises } from "./remains.ts"
import { followsOnNode } from "./removals-node.ts"
import { followsNode } from "./removals-watching.ts"
import { defaults, everything, lean } from "./wishes.ts"

vi.setConfig({ testTimeout: 60_000 })

let on: Ground
beforeEach(async () => {
  on = await ground()
})
afterEach(() => on.close())

describe("a public address in place of the NAT gateway", () => {
  const inPublic = { ...defaults, egress: "public-ip" } as const
  const left = ["address/nat leftover", "nat-gateway/main leftover"]

  it("leaves gateway and address until they are asked to go, and shows what they cost", async () => {
    await deploy(on, defaults)
    const seen = await look(on, inPublic)
    expect(deviations(seen).toSorted()).toEqual(
      [
        "record/main differs: wishes (pending)",
        "route-table/private differs: routes (pending)",
        "instance/node replace: publicAddress (pending), subnetId (pending)",
        ...followsNode,
        ...followsOnNode,
        ...left,
      ].toSorted(),
    )
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
  const unanswered = ["email/ops@example.com", "https/hooks.example.com-484401bd"].map(
    (endpoint) => `subscription/${endpoint} leftover`,
  )
  expect(deviations(await look(on, defaults)).toSorted()).toEqual(
    [
      "record/main differs: wishes (pending)",
      "choice/allowed-cidrs differs: value (pending)",
      // Without a domain, each side of each system has a port of its own in place of the two of the web.
      "security-group/load-balancer differs: ingress (pending)",
      ...["smart-0dte", "mag7-7dte"].flatMap((system) => [
        `listener/${system}-frontend missing (pending)`,
        `listener/${system}-backend missing (pending)`,
        `log-group/${system} differs: retention (pending)`,
        `dns-record/${system}.trading.example.com leftover`,
        `dns-record/proof.${system}.trading.example.com leftover`,
      ]),
      "listener/http leftover",
      "listener/https leftover",
      "certificate/trading.example.com leftover",
      "choice/zone-trading.example.com leftover",
      "bucket/flow-logs leftover",
      "flow-log/main leftover",
      "key-pair/node leftover",
      "instance/node replace: keyName (pending)",
      ...followsNode,
      ...followsOnNode,
      "subscription/sms/+12025550123 leftover",
      ...unanswered,
    ].toSorted(),
  )
  const outcome = await deploy(on, defaults, { prune: true })
  expect(troubles(outcome)).toEqual([])
  expect(surprises(outcome)).toEqual([])
  // AWS lets nobody take back a question that was not answered, and forgets it by itself.
  expect(deviations(await look(on, defaults)).toSorted()).toEqual(unanswered)
  on.sandbox.world.clock.advance(49 * 3_600_000)
  expect(deviations(await look(on, defaults))).toEqual([])
  // The state, the requests to the load balancer, and the backups.
  expect(census(standing(on))).toMatchObject({ "s3/bucket": 3 })
  expect(census(standing(on))).not.toHaveProperty("acm/certificate")
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
    expect(deviations(await look(on, lean, renew)).toSorted()).toEqual(
      [
        "choice/image replace (pending)",
        "instance/node replace: imageId (pending)",
        ...followsNode,
        ...followsOnNode,
      ].toSorted(),
    )
    forget(on)
    expect(troubles(await deploy(on, lean, renew))).toEqual([])
    expect([...new Set(mutations(on))].toSorted()).toEqual([
      "ec2:AttachVolume",
      "ec2:RunInstances",
      "ec2:TerminateInstances",
      "elasticloadbalancing:DeregisterTargets",
      "elasticloadbalancing:RegisterTargets",
      "monitoring:PutDashboard",
      "monitoring:PutMetricAlarm",
      // The record names the new one as the trader.
      "s3:PutObject",
      "ssm:DeleteParameter",
      "ssm:PutParameter",
      "ssm:SendCommand",
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

describe("data is replaced only where that is said", () => {
  it("which is said of every kind that holds some", () => {
    const data = kindsOf("environment")
      .filter(({ holdsData }) => holdsData)
      .map(({ name }) => name)
    expect(data.toSorted()).toEqual(["bucket", "database", "volume"])
    expect(single(everything).scopes).toEqual(["poc"])
  })

  // A bucket's name follows from account and region, so only a wish of another region would replace it.
  const elsewhere = { ...everything, place: { ...everything.place, region: "eu-west-1" } }
  it.each([
    ["bucket/flow-logs", elsewhere, {}],
    ["database/postgres", { ...everything, vpcCidr: "10.30.0.0/16" }, {}],
    ["volume/influx", everything, { renew: new Set(["choice/zones"]) }],
  ] as const)("%s", async (key, wish, requests) => {
    const Name = "/smart0dte/poc/choices/zones"
    await on.session.ssm.send(new PutParameterCommand({ Name, Type: "String", Value: "us-east-1c,us-east-1d" }))
    await deploy(on, everything)
    forget(on)
    const refused = await deploy(on, wish, requests).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Refused)
    expect(String(refused)).toContain(`--replace ${key}`)
    expect(mutations(on)).toEqual([])
  })

  it("and then leaves a snapshot of what was there", async () => {
    const Name = "/smart0dte/poc/choices/zones"
    await on.session.ssm.send(new PutParameterCommand({ Name, Type: "String", Value: "us-east-1c,us-east-1d" }))
    await deploy(on, lean)
    const outcome = await deploy(on, lean, {
      renew: new Set(["choice/zones"]),
      replace: new Set(["volume/influx", "database/postgres"]),
    })
    expect(troubles(outcome)).toEqual([])
    expect(surprises(outcome)).toEqual([])
    expect(outcome.remains.map(({ step }) => step.key).toSorted()).toEqual(["database/postgres", "volume/influx"])
    forget(on)
    expect(await deploy(on, lean)).toEqual({ done: [], failed: [], skipped: [], remains: [] })
    expect(mutations(on)).toEqual([])
  })
})
