import {
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  GetGroupPolicyCommand,
  GetUserCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListSSHPublicKeysCommand,
  ListUsersCommand,
  UpdateLoginProfileCommand,
  UploadSigningCertificateCommand,
  UploadSSHPublicKeyCommand,
} from "@aws-sdk/client-iam"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type IamGround, iamGround, secretIn } from "./iam-ground.ts"

let on: IamGround
beforeEach(async () => {
  on = await iamGround()
})
afterEach(() => on.close())

const users = async () => (await on.session.iam.send(new ListUsersCommand({}))).Users?.map(({ UserName }) => UserName)

describe("iam create-user", () => {
  it("makes a person without any key, who keeps himself and nothing more", async () => {
    expect(await on.run("iam create-user alice")).toBe(0)
    expect(await on.keys("alice")).toEqual([])
    const { Groups } = await on.session.iam.send(new ListGroupsForUserCommand({ UserName: "alice" }))
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(["smart0dte-people"])
    expect(on.at.said.out).toContain("second factor")
    expect(on.at.said.out).toMatch(/nobody signs in: smart0dte iam create-user alice --show-password/)
    expect(await on.run("iam create-user alice --show-password")).toBe(0)
    expect(on.at.said.out).not.toContain("nobody signs in")
    expect(await on.run("iam create-user alice")).toBe(0)
    expect(on.at.said.out).not.toContain("nobody signs in")
    expect(await users()).toEqual(["alice"])
  })

  it("makes administrators, who are nobody without a second factor", async () => {
    expect(await on.run("iam create-user alice --administrator --show-password")).toBe(0)
    expect(on.at.said.out).toMatch(/password +\S{28}/)
    const GroupName = "smart0dte-administrators"
    const { AttachedPolicies } = await on.session.iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }))
    expect(AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual(["AdministratorAccess"])
    const guard = new GetGroupPolicyCommand({ GroupName, PolicyName: "second-factor" })
    const { PolicyDocument = "" } = await on.session.iam.send(guard)
    expect(decodeURIComponent(PolicyDocument)).toContain('"aws:MultiFactorAuthPresent":"false"')
    // Judged by these policies: with the key alone nothing goes but what gives him a second factor.
    expect(await on.run("iam create-user eve --administrator --profile-name eve")).toBe(0)
    const text = await on.credentials()
    const accessKeyId = /aws_access_key_id = (\S+)/.exec(text)?.[1] ?? ""
    const eve = await on.aws.open({ credentials: { accessKeyId, secretAccessKey: secretIn(text) } })
    on.aws.sandbox.world.enforcement.switch(true)
    await expect(eve.iam.send(new ListUsersCommand({}))).rejects.toMatchObject({
      hint: expect.stringContaining("identity-based policy denies it"),
    })
    await expect(eve.iam.send(new GetUserCommand({ UserName: "eve" }))).resolves.toMatchObject({ User: {} })
    const device = new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "eve" })
    await expect(eve.iam.send(device)).resolves.toMatchObject({ VirtualMFADevice: {} })
  })

  it("puts the key into the profile, and its secret nowhere else", async () => {
    await on.put("# mine\n[default]\naws_access_key_id = AKIAMINE\n")
    expect(await on.run("iam create-user bot --service dev --profile-name dev --debug --output json")).toBe(0)
    const text = await on.credentials()
    expect(text.startsWith("# mine\n[default]\naws_access_key_id = AKIAMINE\n\n[dev]\n")).toBe(true)
    const [key] = await on.keys("bot")
    expect(text).toContain(`aws_access_key_id = ${key?.id}\n`)
    const trace = JSON.stringify(on.aws.sandbox.world.trace.list())
    expect([on.at.said.out, on.at.said.err, trace].filter((one) => one.includes(secretIn(text)))).toEqual([])
    const { User } = await on.session.iam.send(new GetUserCommand({ UserName: "bot" }))
    expect(User?.Tags?.map(({ Key }) => Key)).not.toContain("smart0dte:new-key")
  })

  it("prints it on request only", async () => {
    expect(await on.run("iam create-user bot --service poc --show-key")).toBe(0)
    expect(on.at.said.out).toMatch(/secretAccessKey +\S{40}/)
    expect(await on.credentials()).toBe("")
    expect(await on.run("iam create-user bot --service poc --show-key")).toBe(3)
    expect(on.at.said.err).toContain("bot has a key already")
    expect(await on.run("iam create-user two --show-key --profile-name x")).toBe(2)
  })

  it("gives a key and a password in one run, and shows them also where what comes after them fails", async () => {
    expect(await on.run("iam create-user dave --show-key --show-password")).toBe(0)
    expect(on.at.said.out).toMatch(/password +\S{28}/)
    expect(on.at.said.out).toMatch(/secretAccessKey +\S{40}/)
    on.aws.fault({ name: "expired", operation: "iam:CreateAccessKey" })
    expect(await on.run("iam create-user erin --show-key --show-password")).not.toBe(0)
    expect(on.at.said.out).toMatch(/password +\S{28}/)
    on.aws.fault({ name: "expired", operation: "iam:GetLoginProfile" })
    await on.run("iam create-user fay --show-key")
    const made = await on.keys("fay")
    expect(made).toHaveLength(on.at.said.out.includes("secretAccessKey") ? 1 : 0)
  })

  it("gives a password anew whose answer was lost, and leaves one that somebody has signed in with", async () => {
    on.aws.fault({ name: "lost", operation: "iam:CreateLoginProfile", times: 1 })
    expect(await on.run("iam create-user alice --show-password")).toBe(0)
    const [, password] = /password +(\S{28})/.exec(on.at.said.out) ?? []
    expect(password).toBeDefined()
    expect(await on.run("iam create-user alice --show-password")).toBe(0)
    expect(on.at.said.err).toContain("nobody has signed in with it yet")
    expect(on.at.said.out).toMatch(/password +\S{28}/)
    expect(on.at.said.out).not.toContain(password)
    await on.session.iam.send(new UpdateLoginProfileCommand({ UserName: "alice", PasswordResetRequired: false }))
    expect(await on.run("iam create-user alice --show-password")).toBe(3)
    expect(on.at.said.err).toContain("alice has a password already")
  })

  it.each(["", "account", "ci", "people", "Dev"])("knows no service of %j", async (service) => {
    expect(await on.run(`iam create-user bot --service=${service}`)).toBe(2)
    expect(on.at.said.err).toContain(`--service is "${service}"`)
    expect(on.at.said.err).toContain("expected poc, dev, stage or prod")
    expect(await users()).toEqual([])
  })

  it.each([
    ["dev", /smart0dte-dev-dev/],
    ["poc", /smart0dte-poc-(deployer|operator)/],
  ])("gives a service of %s that environment's policies", async (environment, pattern) => {
    expect(await on.run(`iam create-user bot --service ${environment}`)).toBe(0)
    const { AttachedPolicies = [] } = await on.session.iam.send(
      new ListAttachedUserPoliciesCommand({ UserName: "bot" }),
    )
    expect(AttachedPolicies.length).toBeGreaterThan(0)
    expect(AttachedPolicies.length).toBeLessThanOrEqual(10)
    expect(AttachedPolicies.filter(({ PolicyName = "" }) => !pattern.test(PolicyName))).toEqual([])
  })

  it("takes up a run that was broken off after the key was made: the lost one goes", async () => {
    on.aws.fault({ name: "lost", operation: "iam:CreateAccessKey", times: 1 })
    expect(await on.run("iam create-user bot --service poc --profile-name poc")).not.toBe(0)
    expect(await on.keys("bot")).toHaveLength(1)
    expect(await on.run("iam create-user bot --service poc --profile-name poc")).toBe(0)
    const [key, ...others] = await on.keys("bot")
    expect(others).toEqual([])
    expect(await on.credentials()).toContain(`aws_access_key_id = ${key?.id}\n`)
  })

  it("refuses a user and a profile that are somebody else's, and names that lead elsewhere", async () => {
    await on.session.iam.send(new CreateUserCommand({ UserName: "theirs" }))
    expect(await on.run("iam create-user theirs")).toBe(3)
    expect(on.at.said.err).toContain("there is a user theirs already, made by somebody else")
    await on.put("[default]\naws_access_key_id = AKIAMINE\n")
    expect(await on.run("iam create-user bot --service poc --profile-name default")).toBe(3)
    expect(on.at.said.err).toContain("has the key AKIAMINE already")
    expect(await on.keys("bot")).toEqual([])
    expect(await on.run("iam create-user a/b")).toBe(2)
    expect(await on.run("iam create-user bot --service poc --administrator")).toBe(2)
  })
})

describe("iam list", () => {
  it("shows keys with age and use, second factors, and what is amiss", async () => {
    expect(await on.run("iam create-user alice --show-password")).toBe(0)
    expect(await on.run("iam create-user bot --service poc --profile-name poc")).toBe(0)
    expect(await on.run("iam list")).toBe(0)
    expect(on.at.said.out).toContain("2 users in account")
    expect(on.at.said.out).toContain("! signs in to the console without a second factor")
    expect(on.at.said.out).toMatch(
      /a service of poc\n +no console, no second factor\n +AKIA\S+ active, 0 days old, used 0 days ago \(sts/,
    )
    expect(await on.run("iam list --output json")).toBe(0)
    expect(on.at.lines().filter(({ type }) => type === "user")).toMatchObject([
      { user: "alice", of: "a person", signsIn: true, secondFactors: 0, keys: [] },
      { user: "bot", groups: [], keys: [{ active: true, ageDays: 0 }], amiss: [] },
    ])
  })

  it("says how to begin where there is none, in the region that was named", async () => {
    expect(await on.run("iam list")).toBe(0)
    expect(on.at.said.out).toContain("iam create-user NAME --administrator --show-password\n")
    expect(await on.run("iam list --region eu-west-1")).toBe(0)
    expect(on.at.said.out).toContain("iam create-user NAME --administrator --show-password --region eu-west-1")
  })
})

describe("iam delete-user", () => {
  it("takes all that hangs on it away, and wants the name once more", async () => {
    expect(await on.run("iam create-user bot --service dev --profile-name dev")).toBe(0)
    expect(await on.run("iam create-user alice --show-password --show-key")).toBe(0)
    expect(await on.run("iam delete-user alice")).toBe(2)
    expect(on.at.said.err).toContain("--confirm=alice")
    expect(await on.run("iam delete-user alice --confirm=bot")).toBe(3)
    expect(await users()).toEqual(["alice", "bot"])
    expect(await on.run("iam delete-user alice --confirm=alice")).toBe(0)
    expect(await on.run("iam delete-user bot --confirm=bot")).toBe(0)
    expect(await users()).toEqual([])
    expect(await on.run("iam delete-user bot --confirm=bot")).toBe(0)
    expect(on.at.said.out).toContain("there is no user bot")
  })

  it("takes away also what we never give, and the group with its guard last of all", async () => {
    const { iam } = on.session
    const UserName = "alice"
    await on.run("iam create-user alice --administrator")
    await on.run("iam policy operator --attach alice")
    await iam.send(new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody: "ssh-ed25519 AAAA alice" }))
    const ServiceName = "codecommit.amazonaws.com"
    await iam.send(new CreateServiceSpecificCredentialCommand({ UserName, ServiceName }))
    await iam.send(new UploadSigningCertificateCommand({ UserName, CertificateBody: "-----BEGIN CERTIFICATE-----" }))
    on.aws.sandbox.world.trace.clear()
    expect(await on.run("iam delete-user alice --confirm=alice"), on.at.said.err).toBe(0)
    const done = on.aws.sandbox.world.trace.list().map(({ operation }) => operation)
    expect(await users()).toEqual([])
    expect(done.slice(-2)).toEqual(["RemoveUserFromGroup", "DeleteUser"])
    expect(done).toContain("DetachUserPolicy")
    await on.run("iam create-user alice")
    const { SSHPublicKeys } = await iam.send(new ListSSHPublicKeysCommand({ UserName }))
    expect(SSHPublicKeys).toEqual([])
  })

  it("leaves what somebody else made, and whoever asks", async () => {
    await on.session.iam.send(new CreateUserCommand({ UserName: "theirs" }))
    expect(await on.run("iam delete-user theirs --confirm=theirs")).toBe(3)
    expect(await on.run("iam create-user bot --service poc --profile-name poc")).toBe(0)
    const text = await on.credentials()
    const accessKeyId = /aws_access_key_id = (\S+)/.exec(text)?.[1] ?? ""
    on.at.aws = await on.aws.open({ credentials: { accessKeyId, secretAccessKey: secretIn(text) } })
    expect(await on.run("iam delete-user bot --confirm=bot")).toBe(3)
    expect(on.at.said.err).toContain("is the one who asks")
    expect(await users()).toEqual(["bot", "theirs"])
  })
})
