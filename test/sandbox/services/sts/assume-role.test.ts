import {
  CreateRoleCommand,
  DeleteRoleCommand,
  PutUserPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam"
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import {
  account,
  allowing,
  type Clients,
  deviceOf,
  keysOf,
  type Lent,
  refusalOf,
  type StsGround,
  stsGround,
  trustOf,
  userWithKey,
} from "./ground.ts"

let at: StsGround
let ann: Lent & { readonly arn: string }
let bob: Lent & { readonly arn: string }
beforeEach(async () => {
  at = await stsGround()
  ann = await userWithKey(at.own, "ann")
  bob = await userWithKey(at.own, "bob")
})
afterEach(() => at.close())

const RoleArn = `arn:aws:iam::${account}:role/team/desk`
const everybodyHere = { Principal: { AWS: account } }

const role = (AssumeRolePolicyDocument: string, more: object = {}) =>
  at.own.iam.send(new CreateRoleCommand({ RoleName: "desk", Path: "/team/", AssumeRolePolicyDocument, ...more }))
const assume = ({ sts }: Clients, more: object = {}) =>
  sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "s1", ...more }))
const notAuthorized = (arn: string) =>
  `AccessDenied: User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`
const enforce = () => at.sandbox.world.enforcement.switch(true)
const give = (UserName: string, ...statements: readonly object[]) =>
  at.own.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "own", PolicyDocument: allowing(...statements) }))

describe("a role", () => {
  it("is taken on for an hour, under the session's name", async () => {
    await role(trustOf({ Principal: { AWS: ann.arn } }))
    const { AssumedRoleUser, Credentials } = await assume(at.as(ann))
    const Arn = `arn:aws:sts::${account}:assumed-role/desk/s1`
    expect(AssumedRoleUser).toEqual({ Arn, AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:s1$/) })
    expect(Math.round(((Credentials?.Expiration?.getTime() ?? 0) - Date.now()) / 60_000)).toBe(60)
    const { $metadata: _, ...identity } = await at.as(keysOf(Credentials)).sts.send(new GetCallerIdentityCommand({}))
    expect(identity).toEqual({ Account: account, Arn, UserId: AssumedRoleUser?.AssumedRoleId })
  })

  it.each([
    ["names another user", () => trustOf({ Principal: { AWS: bob.arn } })],
    ["names a service", () => trustOf({ Principal: { Service: "ec2.amazonaws.com" } })],
    ["names another account", () => trustOf({ Principal: { AWS: "444455556666" } })],
    ["names her and denies her", () => trustOf(everybodyHere, { Effect: "Deny", Principal: { AWS: ann.arn } })],
    [
      "wants another word",
      () => trustOf({ ...everybodyHere, Condition: { StringEquals: { "sts:ExternalId": "other" } } }),
    ],
    [
      "wants another name",
      () => trustOf({ ...everybodyHere, Condition: { StringEquals: { "sts:RoleSessionName": "ann" } } }),
    ],
    [
      "wants a second factor",
      () => trustOf({ ...everybodyHere, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }),
    ],
  ])("whose trust %s lets her not in, and does not say why", async (_, trust) => {
    await role(trust())
    expect(await refusalOf(assume(at.as(ann), { ExternalId: "word" }))).toBe(`${notAuthorized(ann.arn)} (403)`)
  })

  it("that is not there says the same, and what is no role's name is invalid", async () => {
    expect(await refusalOf(assume(at.as(ann)))).toBe(`${notAuthorized(ann.arn)} (403)`)
    await role(trustOf(everybodyHere))
    const elsewhere = RoleArn.replace("/team", "")
    expect(await refusalOf(assume(at.as(ann), { RoleArn: elsewhere }))).toMatch(/^AccessDenied/)
    expect(await refusalOf(assume(at.as(ann), { RoleArn: "the role for our work" }))).toBe(
      "ValidationError: the role for our work is invalid (400)",
    )
    for (const RoleSessionName of ["a", "a b", "a".repeat(65)])
      expect(await refusalOf(assume(at.as(ann), { RoleSessionName }))).toMatch(
        /^ValidationError.*'roleSessionName'.*400/,
      )
  })

  it("opens to the word, the name and the code that its trust wants", async () => {
    const Condition = {
      StringEquals: { "sts:ExternalId": "word", "sts:RoleSessionName": "s1" },
      Bool: { "aws:MultiFactorAuthPresent": "true" },
    }
    await role(trustOf({ ...everybodyHere, Condition }))
    const phone = await deviceOf(at.own, "ann")
    const wrong = { ExternalId: "word", SerialNumber: phone.serial, TokenCode: phone.code(20) }
    expect(await refusalOf(assume(at.as(ann), wrong))).toContain("invalid MFA one time pass code")
    const TokenCode = phone.code(0)
    await assume(at.as(ann), { ...wrong, TokenCode })
    expect(await refusalOf(assume(at.as(ann), { ...wrong, TokenCode }))).toContain("invalid MFA one time pass code")
    const given = new GetSessionTokenCommand({ SerialNumber: phone.serial, TokenCode: phone.code(1) })
    const { Credentials } = await at.as(ann).sts.send(given)
    await assume(at.as(keysOf(Credentials)), { ExternalId: "word" })
  })

  it("lasts as long as it says at most, and an hour where its keys were lent", async () => {
    await role(trustOf(everybodyHere), { MaxSessionDuration: 7200 })
    expect(await refusalOf(assume(at.as(ann), { DurationSeconds: 7201 }))).toBe(
      "ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role. (400)",
    )
    const { Credentials } = await assume(at.as(ann), { DurationSeconds: 7200 })
    const { Credentials: session } = await at.as(ann).sts.send(new GetSessionTokenCommand({}))
    for (const lent of [Credentials, session]) {
      const clients = at.as(keysOf(lent))
      expect(await refusalOf(assume(clients, { DurationSeconds: 3601 }))).toBe(
        "ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining. (400)",
      )
      await assume(clients, { DurationSeconds: 3600 })
    }
  })

  it.each([
    ["Policy", allowing({})],
    ["PolicyArns", [{ arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }]],
    ["Tags", [{ Key: "a", Value: "b" }]],
    ["SourceIdentity", "ann"],
  ])("is not taken on with %s, which the sandbox does not heed", async (name, value) => {
    await role(trustOf(everybodyHere))
    expect(await refusalOf(assume(at.as(ann), { [name]: value }))).toContain("(501)")
  })

  it("does not outlive itself in its sessions, nor is another of the name the same", async () => {
    await role(trustOf(everybodyHere))
    const { sts } = at.as(keysOf((await assume(at.as(ann))).Credentials))
    await sts.send(new GetCallerIdentityCommand({}))
    await at.own.iam.send(new DeleteRoleCommand({ RoleName: "desk" }))
    expect(await refusalOf(sts.send(new GetCallerIdentityCommand({})))).toMatch(/^InvalidClientTokenId.*403/)
    await role(trustOf(everybodyHere))
    expect(await refusalOf(sts.send(new GetCallerIdentityCommand({})))).toMatch(/^InvalidClientTokenId.*403/)
  })
})

describe("where policies are enforced", () => {
  it("the account's trust wants a policy of hers, and one that names her does not", async () => {
    await role(trustOf(everybodyHere))
    enforce()
    expect(await refusalOf(assume(at.as(ann)))).toBe(
      `${notAuthorized(ann.arn)} because no identity-based policy allows the sts:AssumeRole action (403)`,
    )
    await give("bob", { Action: "sts:AssumeRole", Resource: RoleArn })
    await assume(at.as(bob))
    const PolicyDocument = trustOf({ Principal: { AWS: [ann.arn] } })
    await at.own.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: "desk", PolicyDocument }))
    await assume(at.as(ann))
    expect(await refusalOf(assume(at.as(bob)))).toContain("not authorized to perform: sts:AssumeRole")
    await give("ann", { Effect: "Deny", Action: "sts:*" })
    expect(await refusalOf(assume(at.as(ann)))).toContain("with an explicit deny in an identity-based policy")
  })

  it("a code counts for a policy that wants one, too", async () => {
    await role(trustOf(everybodyHere))
    await give("ann", { Action: "sts:AssumeRole", Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })
    const phone = await deviceOf(at.own, "ann")
    enforce()
    expect(await refusalOf(assume(at.as(ann)))).toContain("no identity-based policy")
    await assume(at.as(ann), { SerialNumber: phone.serial, TokenCode: phone.code(0) })
  })
})
