import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DetachUserPolicyCommand,
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListPolicyVersionsCommand,
} from "@aws-sdk/client-iam"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { attachTo, makePolicies } from "../../src/aws/iam/managed-policies.ts"
import { policyNames } from "../../src/policies/names.ts"
import { documentsFor } from "../../src/policies/policies.ts"
import { type IamGround, iamGround } from "./iam-ground.ts"

let on: IamGround
beforeEach(async () => {
  on = await iamGround()
})
afterEach(() => on.close())

const conditionOf = async (RoleName: string) => {
  const { Role } = await on.session.iam.send(new GetRoleCommand({ RoleName }))
  const { Statement } = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "{}"))
  expect(Statement).toHaveLength(1)
  expect(Statement[0]).toMatchObject({ Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity" })
  expect(Object.keys(Statement[0].Condition)).toEqual(["StringEquals"])
  return Statement[0].Condition.StringEquals
}
const issuer = "token.actions.githubusercontent.com"
const provider = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"

describe("iam ci-role", () => {
  it("is there before the environment that its jobs deploy, which is then named", async () => {
    on.at.records.length = 0
    expect(await on.run("iam ci-role --repo acme/trading")).toBe(1)
    expect(on.at.said.err).toContain("no environment is deployed in account 111122223333")
    expect(on.at.said.err).toContain("--env poc: it need not be there yet")
    expect(await on.run("iam ci-role --repo acme/trading --env poc")).toBe(0)
  })

  it("makes a provider and three roles, each for its own tokens and by its own policy", async () => {
    expect(await on.run("iam ci-role --repo acme/trading")).toBe(0)
    const aud = { [`${issuer}:aud`]: "sts.amazonaws.com" }
    const main = "repo:acme/trading:ref:refs/heads/main"
    const subjects = {
      plan: ["repo:acme/trading:pull_request", main],
      deploy: [main],
      live: ["repo:acme/trading:environment:live"],
    }
    for (const [name, sub] of Object.entries(subjects)) {
      expect(await conditionOf(`smart0dte-ci-poc-${name}`)).toEqual({ ...aud, [`${issuer}:sub`]: sub })
      const RoleName = `smart0dte-ci-poc-${name}`
      const { AttachedPolicies = [] } = await on.session.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))
      expect(AttachedPolicies.length).toBeGreaterThan(0)
      expect(AttachedPolicies.length).toBeLessThanOrEqual(10)
      expect(AttachedPolicies.filter(({ PolicyName }) => !PolicyName?.startsWith(`smart0dte-poc-ci-${name}`))).toEqual(
        [],
      )
    }
    const asked = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: provider })
    expect(await on.session.iam.send(asked)).toMatchObject({ ClientIDList: ["sts.amazonaws.com"] })
  }, 30_000)

  it("takes up what is there, and another branch, environment and numbers in place of the former", async () => {
    await on.session.iam.send(new CreateOpenIDConnectProviderCommand({ Url: `https://${issuer}`, ClientIDList: ["x"] }))
    expect(await on.run("iam ci-role --repo acme/trading")).toBe(0)
    expect(await on.run("iam ci-role --repo acme@12/trading@34 --branch release --github-environment production")).toBe(
      0,
    )
    expect((await conditionOf("smart0dte-ci-poc-deploy"))[`${issuer}:sub`]).toEqual([
      "repo:acme@12/trading@34:ref:refs/heads/release",
    ])
    expect((await conditionOf("smart0dte-ci-poc-live"))[`${issuer}:sub`]).toEqual([
      "repo:acme@12/trading@34:environment:production",
    ])
    const asked = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: provider })
    expect((await on.session.iam.send(asked)).ClientIDList).toEqual(["x", "sts.amazonaws.com"])
  }, 30_000)

  it("leaves a role of that name that somebody else made", async () => {
    const trust = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] })
    await on.session.iam.send(new CreateRoleCommand({ RoleName: "smart0dte-ci-poc-plan", AssumeRolePolicyDocument }))
    expect(await on.run("iam ci-role --repo acme/trading")).toBe(3)
    expect(on.at.said.err).toContain("there is a role smart0dte-ci-poc-plan that somebody else made")
  })

  it.each([
    "--repo acme",
    "--repo acme/*",
    "--repo */trading",
    "--repo acme/trading:ref",
    "--repo acme@1/trading",
    "--repo acme/trading --branch *",
    "--repo acme/trading --branch feature/*",
    "--repo acme/trading --github-environment l*",
    "",
  ])("trusts no pattern: %s", async (flags) => {
    expect(await on.run(`iam ci-role ${flags}`)).toBe(2)
    expect(on.aws.asked("iam:CreateRole")).toBe(0)
  })
})

describe("iam policy --attach", () => {
  it.each(policyNames)("knows of which region the policy %s is", (name) => {
    const text = JSON.stringify(documentsFor(name, { ...on.session, region: "eu-west-1" }, "poc"))
    expect(text).toContain(":smart0dte-111122223333-eu-west-1-state")
  })

  it.each(policyNames)("gives a user the policy %s in as many pieces as IAM takes", async (name) => {
    await on.session.iam.send(new CreateUserCommand({ UserName: "alice" }))
    expect(await on.run(`iam policy ${name} --attach alice`)).toBe(0)
    const { AttachedPolicies = [] } = await on.session.iam.send(
      new ListAttachedUserPoliciesCommand({ UserName: "alice" }),
    )
    expect(AttachedPolicies.length).toBeGreaterThan(0)
    expect(AttachedPolicies.length).toBeLessThanOrEqual(10)
    expect(await on.run(`iam policy ${name} --attach user/alice`)).toBe(0)
    const PolicyArn = AttachedPolicies[0]?.PolicyArn
    const { Versions } = await on.session.iam.send(new ListPolicyVersionsCommand({ PolicyArn }))
    expect(Versions).toHaveLength(1)
  })

  it.each(["user", "role"] as const)(
    "takes off a %s what an earlier, longer document needed",
    async (type) => {
      const { iam } = on.session
      const statement = { Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] })
      await iam.send(new CreateUserCommand({ UserName: "alice" }))
      const attached = async () =>
        type === "user"
          ? (await iam.send(new ListAttachedUserPoliciesCommand({ UserName: "alice" }))).AttachedPolicies
          : (await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: "smart0dte-ci-poc-live" })))
              .AttachedPolicies
      const again = () =>
        on.run(type === "user" ? "iam policy trader --attach alice" : "iam ci-role --repo acme/trading")
      await again()
      const before = await attached()
      const base = before?.[0]?.PolicyName ?? ""
      for (const PolicyName of [`${base}-9`, `${base}-own`]) {
        await iam.send(new CreatePolicyCommand({ PolicyName, Path: "/smart0dte/policies/", PolicyDocument }))
        const PolicyArn = `arn:aws:iam::111122223333:policy/smart0dte/policies/${PolicyName}`
        if (type === "user") await iam.send(new AttachUserPolicyCommand({ UserName: "alice", PolicyArn }))
        else await iam.send(new AttachRolePolicyCommand({ RoleName: "smart0dte-ci-poc-live", PolicyArn }))
      }
      expect(await again(), on.at.said.err).toBe(0)
      const names = (await attached())?.map(({ PolicyName }) => PolicyName).toSorted()
      expect(names).toEqual([...(before ?? []).map(({ PolicyName }) => PolicyName), `${base}-own`].toSorted())
    },
    30_000,
  )

  const of = async (UserName: string) => {
    const { AttachedPolicies = [] } = await on.session.iam.send(new ListAttachedUserPoliciesCommand({ UserName }))
    return AttachedPolicies.map(({ PolicyName }) => PolicyName)
  }
  const changes = () =>
    on.aws.sandbox.world.trace
      .list()
      .filter(({ operation }) => /^(Create|Attach|Detach)\w*Policy/.test(operation))
      .map(({ operation }) => operation)

  it("gives whoever shares a policy what an older version had in fewer, before anything leaves these", async () => {
    await on.session.iam.send(new CreateUserCommand({ UserName: "alice" }))
    await on.session.iam.send(new CreateUserCommand({ UserName: "bob" }))
    await on.session.iam.send(new CreateGroupCommand({ GroupName: "team" }))
    const documents = documentsFor("deployer", on.session, "poc")
    const [first, ...others] = documents
    const older = [...others.slice(0, -1), { Version: "2012-10-17", Statement: [...(first?.Statement ?? [])] }]
    const arns = await makePolicies(on.session, "poc", "deployer", older)
    await attachTo(on.session, { type: "user", name: "alice" }, arns)
    for (const PolicyArn of arns)
      await on.session.iam.send(new AttachGroupPolicyCommand({ GroupName: "team", PolicyArn }))
    on.aws.sandbox.world.trace.clear()
    expect(await on.run("iam policy deployer --attach bob"), on.at.said.err).toBe(0)
    expect(await of("alice")).toEqual(await of("bob"))
    expect(await of("alice")).toHaveLength(documents.length)
    const { AttachedPolicies } = await on.session.iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: "team" }))
    expect(AttachedPolicies).toHaveLength(documents.length)
    const done = changes()
    expect(done.slice(0, 3).toSorted()).toEqual(["AttachGroupPolicy", "AttachUserPolicy", "CreatePolicy"])
    expect(done).toContain("CreatePolicyVersion")
  })

  it("takes off whoever shares a policy what an older version had in more, after the others have it", async () => {
    await on.session.iam.send(new CreateUserCommand({ UserName: "alice" }))
    await on.session.iam.send(new CreateUserCommand({ UserName: "bob" }))
    const [document] = documentsFor("trader", on.session, "poc")
    const [one, ...more] = document?.Statement ?? []
    const older = [more, [one ?? {}]].map((Statement) => ({ Version: "2012-10-17", Statement }))
    await attachTo(on.session, { type: "user", name: "alice" }, await makePolicies(on.session, "poc", "trader", older))
    on.aws.sandbox.world.trace.clear()
    expect(await on.run("iam policy trader --attach bob"), on.at.said.err).toBe(0)
    expect(await of("alice")).toEqual(["smart0dte-poc-trader"])
    expect(changes()).toEqual(["CreatePolicyVersion", "DetachUserPolicy", "AttachUserPolicy"])
  })

  it("leaves a policy that somebody has for another region, and takes over one that nobody has", async () => {
    await on.session.iam.send(new CreateUserCommand({ UserName: "alice" }))
    await on.session.iam.send(new CreateUserCommand({ UserName: "bob" }))
    const there = documentsFor("operator", { ...on.session, region: "eu-west-1" }, "poc")
    const arns = await makePolicies({ ...on.session, region: "eu-west-1" }, "poc", "operator", there)
    await attachTo(on.session, { type: "user", name: "alice" }, arns)
    on.aws.sandbox.world.trace.clear()
    expect(await on.run("iam policy operator --attach bob")).toBe(3)
    expect(on.at.said.err).toContain("smart0dte-poc-operator is for eu-west-1, and user alice would lose that")
    expect(on.at.said.err).toContain("--region eu-west-1")
    expect(changes()).toEqual([])
    for (const PolicyArn of arns)
      await on.session.iam.send(new DetachUserPolicyCommand({ UserName: "alice", PolicyArn }))
    expect(await on.run("iam policy operator --attach bob")).toBe(0)
    expect(await of("bob")).toHaveLength(arns.length)
  })

  it("refuses who is not there, and two of one name", async () => {
    expect(await on.run("iam policy trader --attach bob")).toBe(1)
    expect(on.at.said.err).toContain("neither a user nor a role bob")
    expect(on.aws.asked("iam:CreatePolicy")).toBe(0)
    await on.session.iam.send(new CreateUserCommand({ UserName: "bob" }))
    const trust = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] })
    await on.session.iam.send(new CreateRoleCommand({ RoleName: "bob", AssumeRolePolicyDocument }))
    expect(await on.run("iam policy trader --attach bob")).toBe(2)
    expect(await on.run("iam policy trader --attach role/bob")).toBe(0)
    const { AttachedPolicies } = await on.session.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: "bob" }))
    expect(AttachedPolicies).toHaveLength(1)
  })
})
