import { DescribeTrailsCommand } from "@aws-sdk/client-cloudtrail"
import {
  DisableEbsEncryptionByDefaultCommand,
  EnableEbsEncryptionByDefaultCommand,
  GetEbsEncryptionByDefaultCommand,
} from "@aws-sdk/client-ec2"
import { CreateDetectorCommand, GetDetectorCommand } from "@aws-sdk/client-guardduty"
import { DescribeKeyCommand } from "@aws-sdk/client-kms"
import { HeadBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { Session } from "../../src/aws/clients.ts"
import { siteFor } from "../../src/commands/site.ts"
import { type Sandboxed, sandboxed } from "../aws/sandboxed.ts"
import { type World, world } from "./small-world.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let aws: Sandboxed
let at: World
beforeEach(async () => {
  aws = await sandboxed(1000)
  at = world()
  at.aws = await aws.open()
  at.site = siteFor
})
afterEach(() => aws.close())

const said = () => at.said.out.replaceAll(/\s+/g, " ")

describe("bootstrap plan", () => {
  it("shows each item with its price, what is paid by use, and what only a person can do", async () => {
    expect(await at.run("bootstrap plan --detailed-exitcode")).toBe(4)
    expect(said()).toContain("plan to deploy the baseline of account 111122223333, us-east-1")
    expect(at.said.out).toMatch(/\+ create spending-alarm\/100-usd +0\.10 USD/)
    expect(at.said.out).toContain("~ update password-policy/main\n")
    expect(said()).toContain("each look at the cost allocation tags (0.01 USD")
    expect(said()).toContain("note: no contact for billing, operations, security")
    expect(said()).toContain("note: the root user has no second factor")
    expect(said()).toContain("note: cost-tags/main: it waits for AWS to see the tags")
    expect(said()).not.toContain("traffic through the NAT gateway")
  })

  it("says of what is paid by use its unit price, and of an estimate in the total what is assumed", async () => {
    await at.run("bootstrap plan --with guardduty,config,security-hub,trail-key,change-alarms")
    const estimated =
      "guardduty is paid by use, and in the total with 3.00 USD a month: GuardDuty, 500,000 events at 4 USD"
    expect(said()).toContain(estimated)
    expect(said()).toContain("config is paid by use, and in the total with 3.00 USD a month: AWS Config, 1,000 changes")
    expect(said()).toContain("security-hub is paid by use, and in the total with 10.00 USD a month")
    expect(said()).toContain("0.03 USD per 10,000 requests")
    expect(said()).toContain("0.50 USD per GB of events in CloudWatch Logs, and 0.30 USD a month for each metric")
    // What a metric costs is said to be in no total.
    expect(at.said.out).toMatch(/\+ create alarm\/root-used +0\.10 USD/)
    expect(said()).not.toMatch(/not included:[^.]*GuardDuty/)
  })

  it("has nothing of an item that is left out, and what is asked for besides", async () => {
    await at.run("bootstrap plan --without password-policy,budget --with guardduty")
    expect(at.said.out).not.toContain("password-policy")
    expect(at.said.out).not.toContain("budget/month")
    expect(at.said.out).toContain("+ create detector/main")
  })

  it.each([
    ["--with gold", 'there is no item "gold" of an account'],
    ["--with security-hub", "security-hub stands on config"],
    ["--only trail --without trail", "nothing is left"],
  ])("refuses %s with exit 2", async (flags, words) => {
    expect(await at.run(`bootstrap plan ${flags}`)).toBe(2)
    expect(at.said.err).toContain(words)
  })

  it("says that alarms cannot ring where billing alerts are off", async () => {
    await at.run("bootstrap plan --only spending-alarms")
    expect(said()).not.toContain("billing alerts are off")
    aws.fault({ name: "no-billing-alerts" })
    await at.run("bootstrap plan --only spending-alarms")
    expect(said()).toContain("billing alerts are off")
  })
})

describe("bootstrap", () => {
  it("wants a yes where nobody can be asked", async () => {
    expect(await at.run("bootstrap --only ebs-encryption")).toBe(2)
    expect(at.said.err).toContain("bootstrap asks before it changes anything")
  })

  it("does what it can, says what it waits for, and ends with 7", async () => {
    expect(await at.run("bootstrap --only cost-tags,ebs-encryption --yes")).toBe(7)
    expect(at.journal[0]).toBe("lock account to bootstrap account")
    expect(said()).toContain(
      "waiting: cost-tags/main waits for AWS to see the tags smart0dte:environment and smart0dte:step",
    )
    expect(said()).toMatch(/not complete: \d+ done, 1 waiting, /)
    expect(await at.run("bootstrap plan --only ebs-encryption --detailed-exitcode")).toBe(0)
  })

  it("says in an account of an organization that the bill is split where it is paid, and does the rest without", async () => {
    aws.fault({ name: "linked-account" })
    expect(await at.run("bootstrap --only cost-tags,ebs-encryption --yes")).toBe(1)
    expect(at.said.err.replaceAll(/\s+/g, " ")).toContain("leave it out with --without cost-tags")
    expect(at.said.err).not.toContain("is missing")
    expect(await at.run("bootstrap --only cost-tags,ebs-encryption --without cost-tags --yes")).toBe(0)
  })

  it("leads on to what is deployed in the account, and not back", async () => {
    expect(await at.run("bootstrap --only ebs-encryption --yes")).toBe(0)
    expect(at.said.out).toMatch(/next: smart0dte bootstrap status\nnext: smart0dte plan single\n$/)
  })

  it("wants the word account before it takes anything back", async () => {
    await at.run("bootstrap --only ebs-encryption --yes")
    expect(await at.run("bootstrap destroy")).toBe(2)
    expect(at.said.err).toContain("confirm it with --confirm=account")
    expect(await at.run("bootstrap destroy --confirm=poc")).toBe(3)
    expect(await at.run("destroy account --confirm=account")).toBe(2)
  })
})

describe("what is no longer wished", () => {
  const rest =
    "--without trail,analyzer,public-access-block,contacts,cost-tags,service-linked-roles,spending-alarms,budget"
  const others = `${rest},ebs-encryption`

  it("stays until it is let go or put back, as it was before the first bootstrap", async () => {
    const { ec2, guardduty } = await aws.open()
    const Tags = { owner: "somebody" }
    const { DetectorId } = await guardduty.send(new CreateDetectorCommand({ Enable: false, Tags }))
    const detector = async () => {
      const { Status, Tags } = await guardduty.send(new GetDetectorCommand({ DetectorId }))
      return { Status, Tags }
    }
    const isEncrypted = async () => (await ec2.send(new GetEbsEncryptionByDefaultCommand({}))).EbsEncryptionByDefault

    expect(await at.run(`bootstrap ${rest} --with guardduty --adopt detector/main --yes`)).toBe(0)
    expect([await detector(), await isEncrypted()]).toMatchObject([{ Status: "ENABLED" }, true])
    expect(await at.run(`bootstrap ${others} --yes`)).toBe(0)
    expect(said()).toContain(
      "? leftover ebs-encryption/main because it is no longer wished it stays until --prune puts it back",
    )
    expect(said()).toContain(
      "? leftover detector/main because it is no longer wished it stays until --prune lets go of it",
    )
    expect([await detector(), await isEncrypted()]).toMatchObject([{ Status: "ENABLED" }, true])

    at.said.out = ""
    expect(await at.run(`bootstrap ${others} --prune --yes --confirm=account`)).toBe(0)
    expect(said()).toContain("~ update ebs-encryption/main because it is put back as it was before the first bootstrap")
    expect(said()).toContain("- destroy detector/main because it is no longer wished; it was there before, so it stays")
    expect([await detector(), await isEncrypted()]).toEqual([{ Status: "DISABLED", Tags }, false])
    expect(await at.run(`bootstrap plan ${others} --prune --detailed-exitcode`)).toBe(0)
  })

  it("is put back as it was before a first bootstrap alone, though it was wished again since", async () => {
    const { ec2 } = await aws.open()
    await ec2.send(new EnableEbsEncryptionByDefaultCommand({}))
    await at.run(`bootstrap ${rest} --yes`)
    expect(await at.run(`bootstrap ${others} --prune --yes`)).toBe(0)
    expect((await ec2.send(new GetEbsEncryptionByDefaultCommand({}))).EbsEncryptionByDefault).toBe(true)
    await ec2.send(new DisableEbsEncryptionByDefaultCommand({}))
    for (const items of [rest, others, rest]) await at.run(`bootstrap ${items} --yes`)
    expect(await at.run(`bootstrap ${others} --prune --yes`)).toBe(0)
    expect((await ec2.send(new GetEbsEncryptionByDefaultCommand({}))).EbsEncryptionByDefault).toBe(false)
  })
})

describe("what the trail writes with, and nobody wishes any more", () => {
  const rest =
    "--without analyzer,public-access-block,ebs-encryption,password-policy,contacts,cost-tags,service-linked-roles,spending-alarms,budget"
  const told = "--with change-alarms,trail-key"
  let cloud: Session
  beforeEach(async () => {
    cloud = await aws.open()
  })
  const trail = async () => {
    const { trailList: [trail] = [] } = await cloud.cloudtrail.send(new DescribeTrailsCommand({}))
    const { KmsKeyId, CloudWatchLogsLogGroupArn, CloudWatchLogsRoleArn } = trail ?? {}
    return [KmsKeyId, CloudWatchLogsLogGroupArn, CloudWatchLogsRoleArn]
  }
  const whole = [
    expect.stringContaining(":key/"),
    expect.stringContaining(":log-group:/smart0dte/account/trail:*"),
    expect.stringContaining("-trail-logs"),
  ]
  const stateOf = async (KeyId = "") => (await cloud.kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState

  it("stays until it is pruned, and then is taken off the trail before it goes; the key stays with the files", async () => {
    expect(await at.run(`bootstrap ${rest} ${told} --yes`)).toBe(0)
    const before = await trail()
    expect(before).toEqual(whole)
    const [key] = before

    at.said.out = ""
    expect(await at.run(`bootstrap ${rest} --yes`)).toBe(0)
    expect(said()).toContain("? leftover alarm/root-used")
    expect(said()).toContain("? leftover kms-key/trail")
    expect(await at.run("bootstrap drift --only trail")).toBe(0)
    expect(await at.run("bootstrap --only trail --yes")).toBe(0)
    expect(await at.run("bootstrap --only trail --prune --yes")).toBe(0)
    expect(await trail()).toEqual(before)

    at.said.out = ""
    expect(await at.run(`bootstrap ${rest} --prune --yes --confirm=account`)).toBe(0)
    expect(said()).toContain("~ update trail/main")
    expect(said()).toContain(
      `kms-key/trail 1.00 USD because it is no longer wished; the key ${key} stays, 1.00 USD a month: the files of the trail are encrypted with it`,
    )
    expect(await trail()).toEqual([undefined, undefined, undefined])
    expect(await stateOf(key)).toBe("Enabled")
    const calls = aws.sandbox.world.trace.list().map(({ service, operation }) => `${service}:${operation}`)
    expect(calls.indexOf("logs:DeleteLogGroup")).toBeGreaterThan(calls.lastIndexOf("cloudtrail:UpdateTrail"))
    expect(await at.run(`bootstrap plan ${rest} --prune --detailed-exitcode`)).toBe(0)
  })

  it("is said before the question of a destroy, and goes with --purge alone", async () => {
    const only = "bootstrap --only trail,trail-key --yes"
    const destroy = "bootstrap destroy --confirm=account"
    expect(await at.run(only)).toBe(0)
    const [key] = await trail()
    const Bucket = "smart0dte-111122223333-us-east-1-account-trail"
    await cloud.s3.send(new PutObjectCommand({ Bucket, Key: "AWSLogs/1", Body: "{}" }))

    at.said.out = ""
    expect(await at.run("bootstrap destroy")).toBe(2)
    expect(said()).toContain(`because the key ${key} stays, 1.00 USD a month: the files of the trail are encrypted`)
    expect(await at.run(destroy)).toBe(0)
    expect(said()).toContain(`kms-key/trail: the key ${key} stays, 1.00 USD a month`)
    expect(await stateOf(key)).toBe("Enabled")

    expect(await at.run(only)).toBe(0)
    expect((await trail())[0]).toBe(key)
    expect(await at.run(destroy)).toBe(0)
    at.said.out = ""
    expect(await at.run(`${destroy} --purge --confirm-purge=account`)).toBe(0)
    expect(said()).toContain(
      "- destroy kms-key/trail -1.00 USD because the key in its waiting time of 30 days it holds data",
    )
    expect(await stateOf(key)).toBe("PendingDeletion")
    await expect(cloud.s3.send(new HeadBucketCommand({ Bucket }))).rejects.toThrow()
  })
})

describe("in another region than the account's", () => {
  const here = "bootstrap --only password-policy --yes"
  beforeEach(async () => {
    at.aws = await aws.open({ region: "eu-central-1" })
    expect(await at.run(`${here} --region eu-central-1`)).toBe(0)
    at.aws = await aws.open()
  })

  it.each(["bootstrap --yes", "bootstrap plan", "bootstrap status", "bootstrap drift", "billing setup --yes"])(
    "%s refuses, and says where it belongs",
    async (line) => {
      const changed = at.journal.length
      expect(await at.run(line)).toBe(3)
      expect(at.said.err.replaceAll(/\s+/g, " ")).toContain(
        "the account was bootstrapped from eu-central-1, and not from us-east-1",
      )
      expect(at.said.err).toContain("--region eu-central-1")
      expect(at.journal.slice(changed).filter((what) => what.startsWith("lock"))).toEqual([])
    },
  )

  it("nothing is refused once it was taken back there, though locks and records of environments stay", async () => {
    at.aws = await aws.open({ region: "eu-central-1" })
    expect(await at.run("bootstrap destroy --confirm=account")).toBe(0)
    at.aws = await aws.open()
    expect(await at.run(here)).toBe(0)
  })
})

describe("billing", () => {
  it("makes alarms and budget alone, at what is said", async () => {
    expect(await at.run("billing setup --yes --email ops@example.com --thresholds 50,150 --budget 90")).toBe(0)
    expect(at.said.out).not.toContain("password-policy")
    at.said.out = ""
    expect(await at.run("billing status")).toBe(0)
    expect(said()).toContain("budget 90.00 USD: spent 0.00 USD, 0 % of it; no forecast yet")
    expect(said()).toContain("alarm above 50.00 USD")
    expect(said()).toContain("alarm above 150.00 USD")
    expect(said()).toContain("tells ops@example.com by email: not confirmed")
    expect(said()).toContain("ops@example.com did not confirm yet, and is told nothing until then")
  })

  it("shows what is spent and expected, and what is exceeded", async () => {
    await at.run("billing setup --yes --budget 100")
    aws.fault({ name: "quota", quota: "spent-usd", value: 120 })
    at.said.out = ""
    await at.run("billing status --output json")
    const [, line] = at.lines()
    expect(line).toMatchObject({ type: "billing", budget: { usd: 100, spentUsd: 120 }, publishes: true })
    const exceeded = (of: string, percent: number) => ({ of, percent, exceeded: true })
    const notices = [exceeded("actual", 50), exceeded("actual", 80), exceeded("actual", 100), exceeded("forecast", 100)]
    expect(line).toMatchObject({ budget: { notices } })
  })

  it("says what to do where nothing is set, and where alerts are off", async () => {
    aws.fault({ name: "no-billing-alerts" })
    expect(await at.run("billing status")).toBe(0)
    expect(said()).toContain("no budget is set")
    expect(said()).toContain("billing alerts are off, so no alarm on spending can ring")
    expect(said()).toContain("next: smart0dte billing setup")
  })

  it.each([["--thresholds ten"], ["--budget 0"]])("refuses %s with exit 2", async (flags) => {
    expect(await at.run(`billing setup --yes ${flags}`)).toBe(2)
    expect(at.said.err).toContain("is no amount")
  })
})
