import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type AwsCli, awsCliOn } from "./aws-cli.ts"
import { type Command, commandWith } from "./command.ts"

const items = ["--with", "trail-key,config,guardduty,security-hub", "--without", "cost-tags"] as const

let command: Command
let aws: AwsCli
let out: Readonly<Record<string, string>>
beforeAll(async () => {
  command = commandWith((dir) => ({
    SMART0DTE_SANDBOX: "1",
    SMART0DTE_SANDBOX_DIR: join(dir, "sandbox"),
    SMART0DTE_SANDBOX_SPEED: "120",
  }))
  const made = await command.run("bootstrap", "--yes", ...items)
  expect(made.exitCode, `${made.stdout}${made.stderr}`).toBe(0)
  aws = await awsCliOn(command)
  const asked = (line: string, query: string) => aws.ask(line, query).then(String)
  out = {
    account: await asked("sts get-caller-identity", "Account"),
    trail: await asked("cloudtrail describe-trails", "trailList[0].TrailARN"),
    detector: await asked("guardduty list-detectors", "DetectorIds[0]"),
    recorder: await asked("configservice describe-configuration-recorders", "ConfigurationRecorders[0].name"),
    key: await asked("kms list-aliases", "Aliases[?starts_with(AliasName, 'alias/smart0dte')].TargetKeyId | [0]"),
  }
})
afterAll(async () => {
  await command.run("sandbox", "stop")
  await command.close()
})

describe("the aws command line reads what an account was given", () => {
  it.each(reads())("aws %s", async (line, query, expected) => {
    expect(await aws.ask(filled(line), query)).toEqual(expected)
  })

  it("and is told by an error of what nobody has set", async () => {
    const said = await aws.run("account get-alternate-contact --alternate-contact-type SECURITY".split(" "))
    expect(said).toMatchObject({ exitCode: 255, stdout: "" })
    expect(said.stderr).toContain("(ResourceNotFoundException)")
  })
})

it("what the aws command line changes is seen as drift, whichever service it is of, and put right", async () => {
  for (const [line] of changes) expect(await aws.run(filled(line).split(" ")), line).toMatchObject({ exitCode: 0 })
  const drift = await command.run("bootstrap", "drift", ...items)
  expect(drift.exitCode, `${drift.stdout}${drift.stderr}`).toBe(4)
  expect(changes.map(([, key]) => key).filter((key) => !drift.stdout.includes(key))).toEqual([])
  const again = await command.run("bootstrap", "--yes", ...items)
  expect(again.exitCode, `${again.stdout}${again.stderr}`).toBe(0)
  expect(await command.run("bootstrap", "drift", ...items)).toMatchObject({ exitCode: 0 })
})

it("users and keys of the aws command line are those of smart0dte iam, and the other way about", async () => {
  expect(await aws.ask("iam create-user --user-name eve", "User.UserName")).toBe("eve")
  const id = await aws.ask("iam create-access-key --user-name eve", "AccessKey.AccessKeyId")
  const { stdout } = await command.run("iam", "list")
  expect(stdout).toContain("eve")
  expect(stdout).toContain(String(id))
  expect(await command.run("iam", "create-user", "alice")).toMatchObject({ exitCode: 0 })
  expect(await aws.ask("iam list-users", "sort(Users[].UserName)")).toEqual(["alice", "eve"])
  expect(await aws.ask("iam list-access-keys --user-name eve", "AccessKeyMetadata[].[AccessKeyId, Status]")).toEqual([
    [id, "Active"],
  ])
})

/** A line for the aws command line; what of its answer is looked at; and what that must be. */
function reads(): readonly (readonly [line: string, query: string, expected: unknown])[] {
  return [
    ["iam get-account-password-policy", "PasswordPolicy.[MinimumPasswordLength, PasswordReusePrevention]", [14, 24]],
    ["iam list-users", "Users", []],
    ["cloudtrail describe-trails", "trailList[].[IsMultiRegionTrail, LogFileValidationEnabled]", [[true, true]]],
    ["cloudtrail get-trail-status --name {trail}", "IsLogging", true],
    ["guardduty get-detector --detector-id {detector}", "Status", "ENABLED"],
    ["configservice describe-configuration-recorder-status", "ConfigurationRecordersStatus[].recording", [true]],
    ["securityhub get-enabled-standards", "length(StandardsSubscriptions)", 2],
    ["accessanalyzer list-analyzers", "analyzers[].[type, status]", [["ACCOUNT", "ACTIVE"]]],
    ["kms get-key-rotation-status --key-id {key}", "KeyRotationEnabled", true],
    ["ec2 get-ebs-encryption-by-default", "EbsEncryptionByDefault", true],
    ["budgets describe-budgets --account-id {account}", "length(Budgets)", 1],
    ["ce list-cost-allocation-tags", "CostAllocationTags", []],
    ["service-quotas get-service-quota --service-code vpc --quota-code L-F678F1CE", "Quota.Value", 5],
  ]
}

/** What somebody does to a setting, and to which. */
const changes: readonly (readonly [line: string, key: string])[] = [
  ["iam delete-account-password-policy", "password-policy/main"],
  ["ec2 disable-ebs-encryption-by-default", "ebs-encryption/main"],
  ["cloudtrail stop-logging --name {trail}", "trail/main"],
  ["guardduty update-detector --detector-id {detector} --no-enable", "detector/main"],
  ["configservice stop-configuration-recorder --configuration-recorder-name {recorder}", "recorder/main"],
  ["kms disable-key-rotation --key-id {key}", "kms-key/trail"],
]

const filled = (line: string) => line.replaceAll(/\{(\w+)\}/g, (_, name) => out[name] ?? name)
