import {
  AttachUserPolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DetachUserPolicyCommand,
  ListOpenIDConnectProvidersCommand,
  ListPoliciesCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { ciRolesOf, dropCiRoles } from "../../src/aws/iam/drop-ci-roles.ts"
import { StillInUse } from "../../src/errors.ts"
import { type IamGround, iamGround } from "./iam-ground.ts"

let on: IamGround
beforeEach(async () => {
  on = await iamGround()
})
afterEach(() => on.close())

const issuer = "token.actions.githubusercontent.com"
const provider = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"

describe("iam delete-ci-role", () => {
  const left = async () => {
    const [{ Roles = [] }, { Policies = [] }, { OpenIDConnectProviderList = [] }] = await Promise.all([
      on.session.iam.send(new ListRolesCommand({})),
      on.session.iam.send(new ListPoliciesCommand({ Scope: "Local" })),
      on.session.iam.send(new ListOpenIDConnectProvidersCommand({})),
    ])
    const providers = OpenIDConnectProviderList.map(({ Arn }) => Arn)
    return { roles: Roles.map((one) => one.RoleName), policies: Policies.map((one) => one.PolicyName), providers }
  }
  const nothing = { roles: [], policies: [], providers: [] }

  it("takes away all that ci-role made, once that is confirmed, and nothing the second time", async () => {
    await on.run("iam ci-role --repo acme/trading")
    const before = await left()
    expect(await on.run("iam delete-ci-role")).toBe(2)
    expect(on.at.said.err).toContain("--confirm=poc")
    expect(on.at.said.err).toMatch(/taking away smart0dte-ci-poc-plan, .*, \d policies of theirs, the provider/)
    expect(await on.run("iam delete-ci-role --confirm=dev")).toBe(3)
    expect(await left()).toEqual(before)
    expect(before.roles).toHaveLength(3)
    expect(await on.run("iam delete-ci-role --confirm=poc"), on.at.said.err).toBe(0)
    expect(await left()).toEqual(nothing)
    expect(await on.run("iam delete-ci-role")).toBe(0)
    expect(on.at.said.out).toContain("nothing for CI is there in poc")
  }, 30_000)

  it("leaves another environment's, and the provider that they need", async () => {
    await on.run("iam ci-role --repo acme/trading")
    await on.run("iam ci-role --repo acme/trading --env dev")
    expect(await on.run("iam delete-ci-role --env poc --confirm=poc"), on.at.said.err).toBe(0)
    const { policies, providers, roles } = await left()
    expect(roles).toEqual(["smart0dte-ci-dev-deploy", "smart0dte-ci-dev-live", "smart0dte-ci-dev-plan"])
    expect(policies.every((name) => name?.startsWith("smart0dte-dev-ci-"))).toBe(true)
    expect(providers).toEqual([provider])
    expect(on.at.said.out).toContain("smart0dte-ci-dev-deploy")
    expect(await on.run("iam delete-ci-role --env dev --confirm=dev")).toBe(0)
    expect(await left()).toEqual(nothing)
  }, 30_000)

  it("leaves what somebody else made or uses, and says so", async () => {
    await on.session.iam.send(new CreateOpenIDConnectProviderCommand({ Url: `https://${issuer}`, ClientIDList: ["x"] }))
    await on.run("iam ci-role --repo acme/trading")
    await on.session.iam.send(new CreateUserCommand({ UserName: "alice" }))
    await on.run("iam policy ci-plan --attach alice")
    const trust = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] })
    const own = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }],
    })
    const RoleName = "smart0dte-ci-poc-live"
    await on.run("iam delete-ci-role --confirm=poc")
    await on.session.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
    await on.session.iam.send(
      new CreatePolicyCommand({
        PolicyName: "smart0dte-poc-ci-live",
        Path: "/smart0dte/policies/",
        PolicyDocument: own,
      }),
    )
    expect(await on.run("iam delete-ci-role --confirm=poc"), on.at.said.err).toBe(0)
    const { policies, providers, roles } = await left()
    expect(roles).toEqual([RoleName])
    expect(policies).toEqual(expect.arrayContaining(["smart0dte-poc-ci-live", "smart0dte-poc-ci-plan"]))
    expect(policies.some((name) => name?.startsWith("smart0dte-poc-ci-deploy"))).toBe(false)
    expect(providers).toEqual([provider])
    expect(on.at.said.out).toContain("user alice has it, too")
    expect(on.at.said.out).toContain(`role ${RoleName}: somebody else made it`)
  }, 30_000)

  it.each(["DetachRolePolicy", "DeleteRole", "DeletePolicyVersion", "DeletePolicy", "DeleteOpenIDConnectProvider"])(
    "goes on where %s broke it off",
    async (name) => {
      await on.run("iam ci-role --repo acme/trading")
      const [policy] = (await left()).policies
      const PolicyArn = `arn:aws:iam::111122223333:policy/smart0dte/policies/${policy}`
      const PolicyDocument = JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }],
      })
      await on.session.iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument }))
      on.aws.fault({ name: "expired", operation: `iam:${name}` })
      expect(await on.run("iam delete-ci-role --confirm=poc")).not.toBe(0)
      on.aws.fault()
      expect(await on.run("iam delete-ci-role --confirm=poc"), on.at.said.err).toBe(0)
      expect(await left()).toEqual(nothing)
    },
    30_000,
  )

  it("waits while IAM has not heard yet of what was detached", async () => {
    await on.run("iam ci-role --repo acme/trading")
    await on.session.iam.send(new CreateUserCommand({ UserName: "alice" }))
    const seen = await ciRolesOf(on.session, "poc")
    const [PolicyArn = ""] = seen.policies
    await on.session.iam.send(new AttachUserPolicyCommand({ UserName: "alice", PolicyArn }))
    const refused: unknown[] = []
    await dropCiRoles(
      on.session,
      async (attempt) => {
        await attempt().catch(async (error: unknown) => {
          refused.push(error)
          await on.session.iam.send(new DetachUserPolicyCommand({ UserName: "alice", PolicyArn }))
          await attempt()
        })
      },
      seen,
    )
    expect(refused).toHaveLength(1)
    expect(refused[0]).toBeInstanceOf(StillInUse)
    expect((await left()).policies).toEqual([])
  }, 30_000)
})

describe("what two runs would do to each other", () => {
  it.each([
    ["iam ci-role --repo acme/trading", "iam ci-role for acme/trading"],
    ["iam policy trader --attach alice", "iam policy trader for alice"],
    ["iam create-user bot --service dev", "iam create-user bot"],
    ["iam create-user bob --profile-name bob", "iam create-user bob"],
    ["iam create-user alice --profile-name alice;iam rotate-key alice --profile-name alice", "iam rotate-key of alice"],
    ["iam create-user alice --profile-name alice;iam revoke alice --show-key", "iam revoke of alice"],
    ["iam ci-role --repo acme/trading;iam delete-ci-role --confirm=poc", "iam delete-ci-role of poc"],
  ])(
    "is done under the account's lock: %s",
    async (lines, title) => {
      await on.run("iam create-user alice")
      for (const line of lines.split(";")) expect(await on.run(line), on.at.said.err).toBe(0)
      expect(on.at.journal.filter((line) => line.startsWith("lock") || line === "release").slice(-2)).toEqual([
        `lock account to ${title}`,
        "release",
      ])
    },
    30_000,
  )

  it.each([
    "iam create-user alice",
    "iam list",
    "iam policy trader",
    "iam revoke bob",
    "iam delete-user bob --confirm=bob",
  ])("what only looks, or shuts somebody out, waits for no lock: %s", async (line) => {
    await on.run("iam create-user bob")
    expect(await on.run(line), on.at.said.err).toBe(0)
    expect(on.at.journal.some((entry) => entry.startsWith("lock"))).toBe(false)
  })
})
