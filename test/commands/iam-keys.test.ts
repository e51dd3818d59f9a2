import { DescribeSubnetsCommand, DescribeVpcsCommand } from "@aws-sdk/client-ec2"
import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  DeleteAccessKeyCommand,
  DeleteRoleCommand,
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
    expect(on.at.said.err).toMatch(
      /if nobody has its secret: aws iam delete-access-key --user-name bot --access-key-id AKIA/,
    )
    const old = idIn(await on.credentials())
    expect(await on.run("iam rotate-key bot --retire")).toBe(0)
    expect((await on.keys("bot")).map(({ id }) => id)).not.toContain(old)
    expect(await on.keys("bot")).toHaveLength(1)
  })

  it("leaves no other profile of the file with a dead key", async () => {
    const old = idIn(await on.credentials())
    expect(await on.run("iam rotate-key bot --profile-name brandnew")).toBe(3)
    expect(on.at.said.err).toContain(`the profile dev has the key ${old}, too`)
    expect(on.at.said.err).toContain("iam rotate-key bot --profile-name dev")
    expect(await on.keys("bot")).toEqual([{ id: old, status: "Active" }])
  })

  it("lets a key work on that is in no profile of the file", async () => {
    const old = idIn(await on.credentials())
    await on.put("")
    expect(await on.run("iam rotate-key bot --profile-name brandnew"), on.at.said.err).toBe(0)
    expect(on.at.said.out).toContain(`the old one ${old} still works`)
    expect(on.at.said.out).toContain("iam rotate-key bot --retire")
    expect(await on.run("iam rotate-key bot --profile-name brandnew")).toBe(0)
    expect(await on.keys("bot")).toHaveLength(2)
    expect(await on.keys("bot")).toContainEqual({ id: old, status: "Active" })
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

  it("leaves a profile alone that has somebody else's key, and shuts out all the same", async () => {
    const mine = `${await on.credentials()}\n[default]\naws_access_key_id = AKIAMINE\naws_secret_access_key = mine\n`
    await on.put(mine)
    expect(await on.run("iam revoke bot --profile-name default")).toBe(3)
    expect(on.at.said.err).toContain("the profile default has the key AKIAMINE, which is none of bot")
    expect(await on.credentials()).toBe(mine)
    expect((await on.keys("bot")).map(({ status }) => status)).toEqual(["Inactive"])
  })

  it("goes on where the new key could not be made, also with two old ones", async () => {
    await on.session.iam.send(new CreateAccessKeyCommand({ UserName: "bot" }))
    on.aws.fault({ name: "expired", operation: "iam:CreateAccessKey" })
    expect(await on.run("iam revoke bot --profile-name dev")).not.toBe(0)
    on.aws.fault()
    expect(await on.run("iam revoke bot --profile-name dev")).toBe(0)
    const active = (await on.keys("bot")).filter(({ status }) => status === "Active")
    expect(active.map(({ id }) => id)).toEqual([idIn(await on.credentials())])
  })

  /** A session of the role, taken with the key in the profile. */
  const takenOn = async (RoleName: string) => {
    const text = await on.credentials()
    const thief = await on.aws.open({ credentials: { accessKeyId: idIn(text), secretAccessKey: secretIn(text) } })
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: thief.account }, Action: "sts:AssumeRole" }],
    })
    const { Role } = await on.session.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
    const { Credentials } = await thief.sts.send(
      new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "thief" }),
    )
    // The sandbox is older than the ground's clock, and as fast.
    const clock = { ...on.session.clock, now: () => on.session.clock.now() + 3_600_000 }
    return on.aws.open({ credentials: lent(Credentials), clock })
  }
  const endOf = async (RoleName: string) => {
    const policy = new GetRolePolicyCommand({ RoleName, PolicyName: "no-older-sessions" })
    const { PolicyDocument = "" } = await on.session.iam.send(policy)
    return Date.parse(/"aws:TokenIssueTime":"([^"]+)"/.exec(decodeURIComponent(PolicyDocument))?.[1] ?? "")
  }
  /** Done when the trail is first read. */
  const onceRead = (work: () => Promise<unknown>) => {
    let done: Promise<unknown> | undefined
    on.session.cloudtrail.middlewareStack.add((next) => async (args) => {
      done ??= work()
      await done
      return next(args)
    })
  }

  it("ends the sessions of the other roles where one is gone or cannot be changed", async () => {
    for (const name of ["gone", "one", "two"]) await takenOn(name)
    await on.session.iam.send(new DeleteRoleCommand({ RoleName: "gone" }))
    on.aws.fault({ name: "expired", operation: "iam:PutRolePolicy", times: 1 })
    expect(await on.run("iam revoke bot")).toBe(7)
    expect(on.at.said.out).toContain("not all of the access of bot is revoked")
    expect(on.at.said.out).toMatch(/! older sessions of the role (gone|one|two) live on/)
    expect(on.at.said.out).toMatch(/sts:AssumeRole 3 x/)
    expect(await on.run("iam revoke bot")).toBe(0)
    expect(on.at.said.out).not.toContain("not all")
    for (const name of ["one", "two"]) expect(await endOf(name)).toBeGreaterThan(0)
  })

  it("switches each key off that it can, and tries again what failed", async () => {
    await on.session.iam.send(new CreateAccessKeyCommand({ UserName: "bot" }))
    on.aws.fault({ name: "expired", operation: "iam:UpdateAccessKey", times: 1 })
    expect(await on.run("iam revoke bot")).toBe(0)
    expect((await on.keys("bot")).map(({ status }) => status)).toEqual(["Inactive", "Inactive"])
    await on.session.iam.send(
      new DeleteAccessKeyCommand({ UserName: "bot", AccessKeyId: idIn(await on.credentials()) }),
    )
    const { AccessKey } = await on.session.iam.send(new CreateAccessKeyCommand({ UserName: "bot" }))
    on.aws.fault({ name: "expired", operation: "iam:(UpdateAccessKey|PutUserPolicy)" })
    expect(await on.run("iam revoke bot")).toBe(7)
    expect(on.at.said.out).toContain(`! the key ${AccessKey?.AccessKeyId} may still be active`)
    expect(on.at.said.out).toContain("! older sessions of bot may live on")
    expect(on.at.said.out).toContain("no key was switched off")
  })

  it("ends the sessions of the role that asks last of all", async () => {
    const operator = await takenOn("operator")
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess"
    await on.session.iam.send(new AttachRolePolicyCommand({ RoleName: "operator", PolicyArn }))
    await takenOn("other")
    on.at.aws = operator
    on.aws.sandbox.world.enforcement.switch(true)
    expect(await on.run("iam revoke bot --profile-name dev")).toBe(0)
    expect(on.at.said.out).toContain("the role operator, with which this was asked, was taken on too")
    expect(on.at.said.out).toContain("bot has a new key")
    await expect(operator.iam.send(new GetUserCommand({ UserName: "bot" }))).rejects.toThrow()
    on.aws.sandbox.world.enforcement.switch(false)
    expect(await endOf("other")).toBeGreaterThan(0)
  })

  it("ends what was taken while the trail was read: a key, and sessions", async () => {
    await takenOn("taken")
    let last = 0
    let made: string | undefined
    onceRead(async () => {
      const { AccessKey } = await on.session.iam.send(new CreateAccessKeyCommand({ UserName: "bot" }))
      made = AccessKey?.AccessKeyId
      await on.session.clock.sleep(60_000)
      last = on.session.clock.now()
    })
    expect(await on.run("iam revoke bot")).toBe(7)
    expect(on.at.said.out).toContain(`! the key ${made} was made meanwhile`)
    expect((await on.keys("bot")).map(({ status }) => status)).toEqual(["Inactive", "Inactive"])
    expect(await endOf("taken")).toBeGreaterThan(last)
    const policy = new GetUserPolicyCommand({ UserName: "bot", PolicyName: "no-older-sessions" })
    const { PolicyDocument = "" } = await on.session.iam.send(policy)
    const [, until = ""] = /"aws:TokenIssueTime":"([^"]+)"/.exec(decodeURIComponent(PolicyDocument)) ?? []
    expect(Date.parse(until)).toBeGreaterThan(last)
  })

  it("goes by AWS's clock where this machine's is wrong", async () => {
    const { requestHandler } = on.session.ec2.config
    const before = requestHandler.handle.bind(requestHandler)
    requestHandler.handle = async (...args) => {
      const result = await before(...args)
      result.response.headers.date = new Date(Date.now() + 3_600_000).toUTCString()
      return result
    }
    await takenOn("taken")
    const now = on.session.clock.now()
    expect(await on.run("iam revoke bot")).toBe(0)
    expect(await endOf("taken")).toBeGreaterThan(now + 3_500_000)
  })

  it("names what it cannot end, and says that there was more", async () => {
    const record = {
      eventName: "AssumeRole",
      requestParameters: { roleArn: "arn:aws:iam::999988887777:role/theirs" },
    }
    const Events = [
      { EventName: "AssumeRole", EventSource: "sts.amazonaws.com", CloudTrailEvent: JSON.stringify(record) },
    ]
    const output = { $metadata: {}, Events, NextToken: "more" }
    on.session.cloudtrail.middlewareStack.add(() => async () => ({ output, response: {} }) as never, { step: "build" })
    expect(await on.run("iam revoke bot")).toBe(7)
    expect(on.at.said.out).toContain("! the role arn:aws:iam::999988887777:role/theirs of another account was taken on")
    expect(on.at.said.out).toContain("! there was more in the trail than is shown")
    expect(on.at.said.out).toContain("single objects in S3")
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
