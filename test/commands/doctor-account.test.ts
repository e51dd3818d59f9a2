import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { AllocateAddressCommand, CreateSubnetCommand, CreateVpcCommand } from "@aws-sdk/client-ec2"
import { PutUserPolicyCommand } from "@aws-sdk/client-iam"
import { CreateDBInstanceCommand, CreateDBSubnetGroupCommand } from "@aws-sdk/client-rds"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { clockAhead } from "../../src/aws/preflight/clock.ts"
import { checkAccount, checkCredentials } from "../../src/commands/doctor-account.ts"
import { siteFor } from "../../src/commands/site.ts"
import { resolveConfig } from "../../src/config.ts"
import { type Sandboxed, sandboxed } from "../aws/sandboxed.ts"
import { userWithKey } from "../sandbox/services/sts/ground.ts"
import { type World, world } from "./small-world.ts"

let at: World
let aws: Sandboxed
let home: string
beforeEach(async () => {
  aws = await sandboxed()
  home = await mkdtemp(`${tmpdir()}/smart0dte-doctor-`)
  at = world()
  at.aws = await aws.open()
  at.site = siteFor
  at.env = { HOME: home }
})
afterEach(async () => {
  await aws.close()
  await rm(home, { recursive: true })
})

const checks = () => at.lines().filter(({ type }) => type === "check")
const check = (name: string) => checks().find((one) => one.name === name)

/** Somebody who may do this and nothing else. */
async function limitedTo(Action: string) {
  const { iam } = at.aws as NonNullable<World["aws"]>
  const credentials = await userWithKey({ iam }, "somebody")
  const Statement = [{ Effect: "Allow", Action, Resource: "*" }]
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement })
  await iam.send(new PutUserPolicyCommand({ UserName: "somebody", PolicyName: "own", PolicyDocument }))
  aws.sandbox.world.enforcement.switch(true)
  return aws.open({ credentials })
}

// A whole plan is read in each, and the first one loads all that plans are made of.
describe("doctor", { timeout: 30_000 }, () => {
  it("looks at everything, changes nothing, and says what to run next", async () => {
    expect(await at.run("doctor --output json")).toBe(0)
    expect(checks().map(({ name }) => name)).toEqual([
      "configuration",
      "credentials",
      "account",
      "region",
      "clock",
      "free plan",
      "quotas",
      "permissions",
      "plan",
      "Session Manager plugin",
    ])
    expect(check("region")).toMatchObject({ state: "ok", text: "us-east-1 has t3.xlarge in us-east-1a and us-east-1b" })
    expect(check("clock")).toMatchObject({ state: "ok" })
    expect(check("account")).toMatchObject({ state: "advice", fix: expect.stringContaining('account: "') })
    expect(check("plan")).toMatchObject({ state: "ok", text: expect.stringMatching(/^\d+ steps to do$/) })
    expect(at.lines().at(-1)).toMatchObject({ type: "summary", failed: 0, next: ["smart0dte plan single"] })
    const changed = aws.sandbox.world.trace
      .list()
      .filter(({ operation }) => !/^(Get|Describe|List|Simulate|Head)/.test(operation))
    expect(changed).toEqual([])
  })

  it("names each quota that is too small, and asks for as much as is needed", async () => {
    const { ec2 } = at.aws as NonNullable<World["aws"]>
    aws.fault({ name: "quota", quota: "L-1216C47A", value: 3 }, { name: "quota", quota: "L-0263D0A3", value: 1 })
    await ec2.send(new AllocateAddressCommand({ Domain: "vpc" }))
    expect(await at.run("doctor --output json")).toBe(1)
    expect(check("quota of vCPUs of running machines")).toMatchObject({
      state: "failed",
      text: "4 more are needed, and 0 of 3 are used",
      fix: expect.stringContaining("--service-code ec2 --quota-code L-1216C47A --desired-value 4"),
    })
    expect(check("quota of elastic addresses")).toMatchObject({ text: "1 more are needed, and 1 of 1 are used" })
    expect(check("quotas")?.text).not.toContain("elastic addresses")
  })

  it("counts the storage of all databases, and the rules of the group that has most", async () => {
    const { ec2, rds } = at.aws as NonNullable<World["aws"]>
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.1.0.0/16" }))
    const subnets = ["a", "b"].map(async (zone, n) => {
      const where = { AvailabilityZone: `us-east-1${zone}`, CidrBlock: `10.1.${n}.0/24` }
      return (await ec2.send(new CreateSubnetCommand({ ...where, VpcId: Vpc?.VpcId }))).Subnet?.SubnetId ?? ""
    })
    const home = { DBSubnetGroupName: "other" }
    const theirs = { DBSubnetGroupDescription: "of somebody", SubnetIds: await Promise.all(subnets) }
    await rds.send(new CreateDBSubnetGroupCommand({ ...home, ...theirs }))
    const admin = { MasterUsername: "somebody", ManageMasterUserPassword: true }
    const other = { DBInstanceIdentifier: "other", Engine: "postgres", DBInstanceClass: "db.t3.small", ...home }
    await rds.send(new CreateDBInstanceCommand({ ...other, ...admin, AllocatedStorage: 30 }))
    aws.fault({ name: "quota", quota: "L-7ADDB58A", value: 40 }, { name: "quota", quota: "L-0EA8095F", value: 1 })
    expect(await at.run("doctor --output json")).toBe(1)
    expect(check("quota of GB of databases' storage")).toMatchObject({
      text: "50 more are needed, and 30 of 40 are used",
      fix: expect.stringContaining("--service-code rds --quota-code L-7ADDB58A --desired-value 80"),
    })
    expect(check("quota of rules of a security group")).toMatchObject({
      text: expect.stringMatching(/^[2-9] more are needed, and 0 of 1 are used$/),
    })
  })

  it("counts what is used up already: the last one that there is room for is enough", async () => {
    const { ec2 } = at.aws as NonNullable<World["aws"]>
    aws.fault({ name: "quota", quota: "L-F678F1CE", value: 2 })
    await ec2.send(new CreateVpcCommand({ CidrBlock: "10.1.0.0/16" }))
    expect(await at.run("doctor --output json")).toBe(0)
    await ec2.send(new CreateVpcCommand({ CidrBlock: "10.2.0.0/16" }))
    at.said.out = ""
    expect(await at.run("doctor --output json")).toBe(1)
    expect(check("quota of VPCs")).toMatchObject({ text: "1 more are needed, and 2 of 2 are used" })
  })

  it("says that a quota is unknown where it cannot be read", async () => {
    aws.fault({ name: "error500", operation: "servicequotas:GetServiceQuota" })
    expect(await at.run("doctor --output json")).toBe(0)
    expect(check("quota of VPCs")).toMatchObject({ state: "unknown" })
  })

  it("says where in the file a mistake is, and looks at the rest without the file", async () => {
    at.settings.file = "region: us-east-1\ndiskGb: little\n"
    expect(await at.run("doctor --output json")).toBe(1)
    expect(check("configuration")).toMatchObject({
      state: "failed",
      text: expect.stringContaining("smart0dte.yaml:2:9: diskGb is little"),
      fix: expect.stringContaining("whole number of GB"),
    })
    expect(check("region")).toMatchObject({ state: "ok" })
  })

  it("is wrong use where a flag is the mistake", async () => {
    expect(await at.run("doctor --disk-gb little")).toBe(2)
  })

  it("looks at the rest where a file that a setting names is not there", async () => {
    at.settings.file = "publicKey: nowhere.pub\n"
    expect(await at.run("doctor --output json")).toBe(1)
    expect(checks().filter(({ name }) => name === "configuration")).toEqual([
      expect.objectContaining({
        state: "failed",
        text: "the public key nowhere.pub cannot be read: ENOENT",
        fix: expect.stringContaining("give the path of an OpenSSH public key"),
      }),
    ])
    expect(check("region")).toMatchObject({ state: "ok" })
    expect(check("plan")).toMatchObject({ state: "unknown", text: expect.stringContaining("configuration is mended") })
  })

  it("fails for somebody who may not even look at what is there, and grants what he lacks", async () => {
    const somebody = await limitedTo("ec2:Describe*")
    at.aws = somebody
    expect(await at.run("plan single")).not.toBe(0)
    at.said.out = ""
    expect(await at.run("doctor --output json")).toBe(1)
    expect(check("plan")).toMatchObject({
      state: "failed",
      text: expect.stringMatching(/is not allowed: \S+ is missing/),
      fix: "give whoever deploys the policy below",
    })
    const { missing, policy } = at.lines().at(-1) as {
      missing: string[]
      policy: { Statement: { Action: string[] }[] }
    }
    expect(missing).toEqual(expect.arrayContaining(["iam:ListRoles", "rds:DescribeDBInstances"]))
    expect(new Set(policy.Statement.flatMap(({ Action }) => Action))).toEqual(new Set(missing))
    at.said.out = ""
    expect(await at.run("doctor")).toBe(1)
    expect(at.said.out).toMatch(/\d+ checks? failed/)
  })

  it("does not say that nothing stands in the way where permissions were not seen", async () => {
    expect(await at.run("doctor")).toBe(0)
    expect(at.said.out).toContain("nothing stands in the way")
    at.said.out = ""
    aws.fault({ name: "error500", operation: "iam:SimulatePrincipalPolicy" })
    expect(await at.run("doctor")).toBe(0)
    expect(at.said.out).toContain("nothing failed, but permissions could not be looked at")
    expect(at.said.out).not.toContain("nothing stands in the way")
  })

  it("says of machines that AWS refuses on a free plan which it takes", async () => {
    await at.run("doctor --output json")
    expect(check("free plan")).toMatchObject({ state: "advice", text: expect.stringContaining("refuses t3.xlarge") })
    at.said.out = ""
    await at.run("doctor --output json --instance-type t3.small")
    expect(check("free plan")).toMatchObject({ state: "ok" })
  })

  it("says that nowhere has such a machine", async () => {
    expect(await at.run("doctor --output json --instance-type x9.huge")).toBe(1)
    expect(check("region")).toMatchObject({ state: "failed", text: expect.stringContaining("0 zones with x9.huge") })
  })
})

describe("credentials", () => {
  async function lasting(seconds: number | undefined, run: number | undefined, arn?: string) {
    const { accessKeyId, secretAccessKey } = aws.sandbox.connection
    const expiration = seconds === undefined ? undefined : new Date(Date.now() + seconds * 1000)
    const own = { accessKeyId, secretAccessKey, ...(expiration && { expiration }) }
    const cloud = await aws.open({ credentials: own })
    return checkCredentials({ cloud, arn: arn ?? cloud.arn }, run)
  }

  it("last long enough, with half as much to spare, or do not", async () => {
    expect(await lasting(3600, 900)).toMatchObject({
      state: "ok",
      text: expect.stringContaining("usually takes 15 min"),
    })
    expect(await lasting(1200, 900)).toMatchObject({ state: "failed", fix: expect.stringContaining("log in again") })
    expect(await lasting(1200, undefined)).toMatchObject({ state: "ok" })
    expect(await lasting(undefined, 900)).toMatchObject({
      state: "ok",
      text: expect.stringContaining("no end of them"),
    })
  })

  it("of the root user are not for this", async () => {
    expect(await lasting(undefined, 900, "arn:aws:iam::111122223333:root")).toMatchObject({ state: "failed" })
  })
})

describe("the account", () => {
  it("is as the configuration says, or nothing guards it", async () => {
    const cloud = await aws.open()
    const account = { cloud, sandbox: false }
    const settings = await resolveConfig({ flags: { account: cloud.account }, env: {} })
    expect(await checkAccount(account, settings)).toMatchObject({ state: "ok" })
    expect(await checkAccount(account, { ...settings, account: undefined })).toMatchObject({ state: "advice" })
  })
})

describe("the clock", () => {
  it("is compared with AWS's, also where AWS says no more than that", async () => {
    const cloud = await aws.open()
    expect(Math.abs((await clockAhead(cloud)) ?? 9999)).toBeLessThan(5000)
    const late = await clockAhead(cloud, () => Date.now() - 120_000)
    expect(Math.round((late ?? 0) / 10_000)).toBe(-12)
  })
})
