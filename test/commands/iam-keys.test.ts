import { DescribeSubnetsCommand, DescribeVpcsCommand } from "@aws-sdk/client-ec2"
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  DeleteAccessKeyCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
} from "@aws-sdk/client-iam"
import { AssumeRoleCommand, type Credentials, GetSessionTokenCommand } from "@aws-sdk/client-sts"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type IamGround, iamGround, secretIn } from "./iam-ground.ts"

let on: IamGround
beforeEach(async () => {
  on = await iamGround()
  await on.run("iam create-user bot --service dev --profile-name dev")
})
afterEach(() => on.close())

const idIn = (text: string) => /aws_access_key_id = (\S+)/.exec(text)?.[1] ?? ""
const lent = ({ AccessKeyId = "", SecretAccessKey = "", SessionToken = "" }: Partial<Credentials> = {}) => ({
  accessKeyId: AccessKeyId,
  secretAccessKey: SecretAccessKey,
  sessionToken: SessionToken,
})
const tagged = async () => {
  const { User } = await on.session.iam.send(new GetUserCommand({ UserName: "bot" }))
  return User?.Tags?.some(({ Key }) => Key === "smart0dte:new-key")
}
/** Which calls changed keys, in their order. */
const changes = () =>
  on.aws.sandbox.world.trace
    .list()
    .filter(({ operation }) => /AccessKey$|GetCallerIdentity/.test(operation) && !operation.startsWith("List"))
    .map(({ operation }) => operation)

describe("iam rotate-key", () => {
  it("leaves the old key where somebody else has taken the new one away meanwhile", async () => {
    const { iam } = on.session
    const old = idIn(await on.credentials())
    on.at.as = async (credentials) => {
      const tried = await on.aws.open({ credentials })
      await iam.send(new DeleteAccessKeyCommand({ UserName: "bot", AccessKeyId: credentials.accessKeyId }))
      await iam.send(new CreateAccessKeyCommand({ UserName: "bot" }))
      return tried
    }
    expect(await on.run("iam rotate-key bot --profile-name dev")).toBe(3)
    expect(on.at.said.err).toContain(`${old} stays`)
    expect(await on.keys("bot")).toContainEqual({ id: old, status: "Active" })
  })

  it("makes a new key, tries it, switches the profile, switches the old one off and deletes it", async () => {
    const old = idIn(await on.credentials())
    on.aws.sandbox.world.trace.clear()
    expect(await on.run("iam rotate-key bot --profile-name dev")).toBe(0)
    const text = await on.credentials()
    expect(idIn(text)).not.toBe(old)
    expect(await on.keys("bot")).toEqual([{ id: idIn(text), status: "Active" }])
    expect(changes()).toEqual(["CreateAccessKey", "GetCallerIdentity", "UpdateAccessKey", "DeleteAccessKey"])
    expect(on.at.said.out + on.at.said.err).not.toContain(secretIn(text))
    expect(await tagged()).toBe(false)
  })

  it.each([
    ["nothing was made", "error500", "iam:CreateAccessKey"],
    ["the answer with the secret was lost", "lost", "iam:CreateAccessKey"],
    ["the new key could not be tried", "expired", "sts:GetCallerIdentity"],
    ["the old one could not be switched off", "expired", "iam:UpdateAccessKey"],
    ["the old one could not be deleted", "expired", "iam:DeleteAccessKey"],
    ["the user keeps the tag", "expired", "iam:UntagUser"],
  ] as const)("goes on where it was broken off: %s", async (_, name, operation) => {
    const old = idIn(await on.credentials())
    on.aws.fault({ name, operation })
    expect(await on.run("iam rotate-key bot --profile-name dev")).not.toBe(0)
    // At no moment is the profile without a key that works.
    const meanwhile = await on.keys("bot")
    expect(meanwhile).toContainEqual({ id: idIn(await on.credentials()), status: "Active" })
    on.aws.fault()
    expect(await on.run("iam rotate-key bot --profile-name dev")).toBe(0)
    const now = idIn(await on.credentials())
    expect(now).not.toBe(old)
    expect(await on.keys("bot")).toEqual([{ id: now, status: "Active" }])
    expect(await tagged()).toBe(false)
  })

  it("rotates the very key that it runs with", async () => {
    const text = await on.credentials()
    on.at.aws = await on.aws.open({ credentials: { accessKeyId: idIn(text), secretAccessKey: secretIn(text) } })
    expect(await on.run("iam rotate-key bot --profile-name dev")).toBe(0)
    expect(await on.keys("bot")).toEqual([{ id: idIn(await on.credentials()), status: "Active" }])
  })

  it("leaves the old one to work until all use one that was shown", async () => {
    expect(await on.run("iam rotate-key bot --retire")).toBe(3)
    expect(await on.run("iam rotate-key bot --show-key")).toBe(0)
    expect(on.at.said.out).toMatch(/secretAccessKey +\S{40}/)
    expect((await on.keys("bot")).map(({ status }) => status)).toEqual(["Active", "Active"])
    expect(await on.run("iam rotate-key bot --show-key")).toBe(3)
    expect(on.at.said.err).toContain("which was shown")
    const old = idIn(await on.credentials())
    expect(await on.run("iam rotate-key bot --retire")).toBe(0)
    expect((await on.keys("bot")).map(({ id }) => id)).not.toContain(old)
    expect(await on.keys("bot")).toHaveLength(1)
  })

  it("refuses a profile of somebody else's key, two keys, and not knowing where to", async () => {
    expect(await on.run("iam rotate-key bot")).toBe(2)
    expect(on.at.said.err).toContain("--profile-name")
    const before = await on.credentials()
    await on.put(`${before}\n[other]\naws_access_key_id = AKIAOTHER\n`)
    expect(await on.run("iam rotate-key bot --profile-name other")).toBe(3)
    expect(on.at.said.err).toContain("the profile other has the key AKIAOTHER")
    await on.session.iam.send(new CreateAccessKeyCommand({ UserName: "bot" }))
    expect(await on.run("iam rotate-key bot --profile-name dev")).toBe(3)
    expect(on.at.said.err).toContain("has two keys")
    expect(await on.keys("bot")).toHaveLength(2)
    expect(await on.run("iam rotate-key nobody --show-key")).toBe(1)
  })
})

describe("iam revoke", () => {
  it("switches off first, ends older sessions, reads the trail, and then replaces", async () => {
    const text = await on.credentials()
    const [old] = await on.keys("bot")
    const thief = await on.aws.open({ credentials: { accessKeyId: idIn(text), secretAccessKey: secretIn(text) } })
    await thief.iam.send(new CreateAccessKeyCommand({ UserName: "bot" }))
    const before = on.aws.sandbox.world.trace.list().length
    expect(await on.run("iam revoke bot --profile-name dev")).toBe(0)
    const operations = on.aws.sandbox.world.trace
      .list()
      .slice(before)
      .map(({ operation }) => operation)
    const at = (operation: string) => operations.indexOf(operation)
    expect(at("UpdateAccessKey")).toBeGreaterThan(0)
    expect(at("UpdateAccessKey")).toBeLessThan(at("PutUserPolicy"))
    expect(at("PutUserPolicy")).toBeLessThan(at("LookupEvents"))
    expect(at("LookupEvents")).toBeLessThan(at("CreateAccessKey"))
    expect(on.at.said.out).toContain(old?.id)
    expect(on.at.said.out).toMatch(/iam:CreateAccessKey 1 x/)
    const active = (await on.keys("bot")).filter(({ status }) => status === "Active")
    expect(active.map(({ id }) => id)).toEqual([idIn(await on.credentials())])
    const policy = new GetUserPolicyCommand({ UserName: "bot", PolicyName: "no-older-sessions" })
    const { PolicyDocument = "" } = await on.session.iam.send(policy)
    expect(decodeURIComponent(PolicyDocument)).toMatch(/"DateLessThan":\{"aws:TokenIssueTime":"20\d\d-/)
  })

  it("shows what was done in sessions that the thief took, and in those that these took", async () => {
    const text = await on.credentials()
    const thief = await on.aws.open({ credentials: { accessKeyId: idIn(text), secretAccessKey: secretIn(text) } })
    const token = await thief.sts.send(new GetSessionTokenCommand({}))
    const first = await on.aws.open({ credentials: lent(token.Credentials) })
    await first.ec2.send(new DescribeVpcsCommand({}))
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: first.arn }, Action: "sts:AssumeRole" }],
    })
    const { Role } = await on.session.iam.send(new CreateRoleCommand({ RoleName: "taken", AssumeRolePolicyDocument }))
    const taken = await first.sts.send(new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "thief" }))
    const second = await on.aws.open({ credentials: lent(taken.Credentials) })
    await second.ec2.send(new DescribeSubnetsCommand({}))
    expect(await on.run("iam revoke bot")).toBe(0)
    expect(on.at.said.out).toMatch(/sts:GetSessionToken 1 x/)
    expect(on.at.said.out).toMatch(/ec2:DescribeVpcs 1 x/)
    expect(on.at.said.out).toMatch(/ec2:DescribeSubnets 1 x/)
    const policy = new GetRolePolicyCommand({ RoleName: "taken", PolicyName: "no-older-sessions" })
    expect((await on.session.iam.send(policy)).PolicyDocument).toContain("TokenIssueTime")
  })

  it("leaves nobody a key where none is asked for", async () => {
    expect(await on.run("iam revoke bot --output json")).toBe(0)
    expect((await on.keys("bot")).map(({ status }) => status)).toEqual(["Inactive"])
    expect(on.at.lines().at(-1)).toMatchObject({ type: "summary", user: "bot", deactivated: [expect.any(String)] })
  })

  it("revokes also where the trail cannot be read, and says so", async () => {
    on.aws.fault({ name: "expired", operation: "cloudtrail:LookupEvents" })
    expect(await on.run("iam revoke bot")).toBe(7)
    expect(on.at.said.out).toContain("the trail could not be read")
    expect((await on.keys("bot")).map(({ status }) => status)).toEqual(["Inactive"])
  })

  it("says that a password stays, and offers no new key to somebody who had none", async () => {
    expect(await on.run("iam create-user alice --show-password")).toBe(0)
    expect(await on.run("iam revoke alice")).toBe(0)
    expect(on.at.said.out).toContain("the password for the console stays")
    expect(on.at.said.out).not.toContain("next:")
    expect(await on.run("iam revoke bot")).toBe(0)
    expect(on.at.said.out).not.toContain("password")
    expect(on.at.said.out).toContain("next: smart0dte iam revoke bot --profile-name NAME")
    on.aws.fault({ name: "expired", operation: "iam:GetLoginProfile" })
    expect(await on.run("iam revoke bot")).toBe(0)
    expect(on.at.said.out).toContain("whether there is a password for the console could not be read")
  })

  it("wants another administrator for whoever asks, and days that there are", async () => {
    const text = await on.credentials()
    on.at.aws = await on.aws.open({ credentials: { accessKeyId: idIn(text), secretAccessKey: secretIn(text) } })
    expect(await on.run("iam revoke bot")).toBe(3)
    expect((await on.keys("bot")).map(({ status }) => status)).toEqual(["Active"])
    expect(await on.run("iam revoke bot --days 91")).toBe(2)
  })
})
