import {
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeKeyPairsCommand,
  ImportKeyPairCommand,
  type KeyPairInfo,
} from "@aws-sdk/client-ec2"
import { CreateInstanceProfileCommand, CreateRoleCommand } from "@aws-sdk/client-iam"
import { CreateDBInstanceCommand, CreateDBParameterGroupCommand, CreateDBSubnetGroupCommand } from "@aws-sdk/client-rds"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { Session } from "../../src/aws/clients.ts"
import { single } from "../../src/blueprints/single.ts"
import { graphOf, needsOf } from "../../src/engine/order.ts"
import { type AnyStep, keyOf } from "../../src/engine/types.ts"
import { Refused } from "../../src/errors.ts"
import { deviations, forget, mutations, standing, troubles } from "./evidence.ts"
import { deploy, type Ground, ground, look, takeDown, theAt } from "./ground.ts"
import { removals } from "./removals.ts"
import { everything, lean } from "./wishes.ts"

vi.setConfig({ testTimeout: 60_000 })

let on: Ground
beforeEach(async () => {
  on = await ground()
})
afterEach(() => on.close())

const name = "smart0dte-poc-node"
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
})

describe("a name that somebody else holds", () => {
  const takers: readonly (readonly [string, (by: Session) => Promise<unknown>])[] = [
    ["key-pair/node", (by) => importKey(by, otherKey)],
    ["role/node", ({ iam }) => iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }))],
    ["instance-profile/node", ({ iam }) => iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: name }))],
    ["database-parameters/postgres15", (by) => someonesParameters(by, "smart0dte-poc-postgres15")],
    ["database-subnet-group/main", (by) => someonesSubnets(by, "smart0dte-poc-database-main")],
    ["database/postgres", (by) => someonesDatabase(by, "smart0dte-poc-postgres")],
  ]
  it.each(takers)("stops a run before it changes anything: %s", async (key, take) => {
    await take(on.outsider)
    const before = standing(on)
    forget(on)
    const { findings } = await look(on, everything)
    expect(findings.filter(({ state }) => state === "blocked")).toEqual([
      expect.objectContaining({
        key,
        because: expect.stringMatching(/^something of this name is there that is not ours(:|, and) /),
      }),
    ])
    await expect(deploy(on, everything)).rejects.toThrow(Refused)
    await expect(deploy(on, everything)).rejects.toThrow(`${key}: something of this name is there`)
    expect(mutations(on)).toEqual([])
    expect(standing(on)).toEqual(before)
  })

  it("stops a run also in our own network, where ours was taken away", async () => {
    await deploy(on, everything)
    const VpcId = await idOf("vpc/main")
    const taken = removals.find(({ key }) => key === "security-group/cache")
    await taken?.does(on.outsider, await theAt(on, everything))
    const alike = { VpcId, GroupName: "smart0dte-poc-cache", Description: "another" }
    await on.outsider.ec2.send(new CreateSecurityGroupCommand(alike))
    await expect(deploy(on, everything)).rejects.toThrow(
      "security-group/cache: something of this name is there that is not ours: rename or remove it",
    )
  })

  it("stops the step whose name it is, where it was taken since the plan", async () => {
    on.faults({ name: "blind", seconds: 1e9, operation: "iam:GetRole", times: 1 })
    await on.outsider.iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }))
    const { failed, skipped } = await deploy(on, everything)
    expect(failed.map(({ error }) => error)).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/^role\/node cannot be made: .*already exists/),
        hint: "something of this name is there that is not ours: rename or remove it, then run again",
      }),
    ])
    expect(skipped.map(({ step }) => step.key).toSorted()).toEqual(standingOn("role/node").toSorted())
  })

  it("in another network is no obstacle", async () => {
    const { Vpc } = await on.outsider.ec2.send(new CreateVpcCommand({ CidrBlock: "10.20.0.0/16" }))
    const alike = { VpcId: Vpc?.VpcId, GroupName: "smart0dte-poc-cache", Description: "another" }
    await on.outsider.ec2.send(new CreateSecurityGroupCommand(alike))
    expect(troubles(await deploy(on, everything))).toEqual([])
  })
})

it("what somebody put into our network keeps that from going, and everything else goes", async () => {
  await deploy(on, lean)
  const VpcId = await idOf("vpc/main")
  await on.outsider.ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName: "web", Description: "another" }))
  const { failed, skipped } = await takeDown(on, lean)
  expect(failed.map(({ step, error }) => `${step.key}: ${error}`)).toEqual([
    expect.stringMatching(/^vpc\/main: StillInUse: ec2:DeleteVpc: .*dependencies/),
  ])
  expect(skipped.map(({ step }) => step.key)).toEqual(["record/main"])
})

describe("a key pair that was there before", () => {
  beforeEach(() => importKey(on.outsider, everything.publicKey ?? ""))
  const adopt = { adopt: new Set(["key-pair/node"]) }

  it("stops a run, which says how to use it", async () => {
    await expect(deploy(on, everything)).rejects.toThrow("to use it as it stands: --adopt key-pair/node")
    expect(deviations(await look(on, everything, adopt))).toContain("key-pair/node adopt (drift)")
  })

  it("is used when that is asked for, never again asked about, and left as it was by a destroy", async () => {
    const before = await keys(on.outsider)
    forget(on)
    const outcome = await deploy(on, everything, adopt)
    expect(troubles(outcome)).toEqual([])
    expect(outcome.done.map(({ verb, step }) => `${verb} ${step.key}`)).toContain("adopt key-pair/node")
    expect(mutations(on).filter((call) => /KeyPair|Tags/.test(call))).toEqual(["ec2:CreateTags"])
    forget(on)
    expect(deviations(await look(on, everything))).toEqual([])
    expect(troubles(await deploy(on, everything))).toEqual([])
    expect(mutations(on)).toEqual([])

    const { failed, remains } = await takeDown(on, everything, true)
    expect(failed).toEqual([])
    expect(remains.filter(({ step }) => step.key === "key-pair/node").map(({ what }) => what)).toEqual([
      "it was there before, so it stays",
    ])
    expect(await keys(on.outsider)).toEqual(before)
  })

  it("is not replaced by another wish", async () => {
    await deploy(on, everything, adopt)
    const { findings } = await look(on, { ...everything, publicKey: otherKey })
    expect(findings.find(({ key }) => key === "key-pair/node")).toMatchObject({
      state: "blocked",
      because: "it is not ours to replace: publicKey cannot change in place",
    })
  })

  it("is no leftover where nobody wants it any more", async () => {
    await deploy(on, everything, adopt)
    expect(troubles(await deploy(on, lean, { prune: true }))).toEqual([])
    expect(await keys(on.outsider)).toHaveLength(1)
  })
})

/** All that needs it, or needs what needs it. */
function standingOn(key: string): readonly string[] {
  const stands = (step: AnyStep): boolean => needsOf(step).some((need) => keyOf(need) === key || stands(need))
  return graphOf(single(everything)).steps.filter(stands).map(keyOf)
}

async function idOf(key: string): Promise<string> {
  const { findings } = await look(on, everything)
  const live = findings.find((finding) => finding.key === key)?.found?.live
  return live && "id" in live ? String(live.id) : ""
}

const otherKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE nobody"

const importKey = ({ ec2 }: Session, publicKey: string) =>
  ec2.send(new ImportKeyPairCommand({ KeyName: name, PublicKeyMaterial: Buffer.from(publicKey) }))

async function keys({ ec2 }: Session): Promise<readonly KeyPairInfo[]> {
  const { KeyPairs = [] } = await ec2.send(new DescribeKeyPairsCommand({ IncludePublicKey: true }))
  return KeyPairs
}

const someonesParameters = ({ rds }: Session, DBParameterGroupName: string) =>
  rds.send(
    new CreateDBParameterGroupCommand({
      DBParameterGroupName,
      DBParameterGroupFamily: "postgres15",
      Description: "of somebody",
    }),
  )

async function someonesSubnets({ ec2, rds }: Session, DBSubnetGroupName: string) {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.99.0.0/16" }))
  const subnets = ["a", "b"].map((zone, n) => {
    const place = { AvailabilityZone: `us-east-1${zone}`, CidrBlock: `10.99.${n}.0/24` }
    return ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, ...place }))
  })
  const SubnetIds = (await Promise.all(subnets)).map(({ Subnet }) => Subnet?.SubnetId ?? "")
  const group = { DBSubnetGroupName, DBSubnetGroupDescription: "of somebody", SubnetIds }
  await rds.send(new CreateDBSubnetGroupCommand(group))
}

async function someonesDatabase(by: Session, DBInstanceIdentifier: string) {
  await someonesSubnets(by, "of-somebody")
  await by.rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier,
      DBInstanceClass: "db.t3.small",
      DBSubnetGroupName: "of-somebody",
      Engine: "postgres",
      AllocatedStorage: 20,
      MasterUsername: "postgres",
      ManageMasterUserPassword: true,
    }),
  )
}
