import type * as Iam from "@aws-sdk/client-iam"
import { GetRole$, NoSuchEntityException$, SimulatePrincipalPolicy$ } from "@aws-sdk/client-iam"
import { afterEach, describe, expect, it } from "vitest"
import { openCloud, type Session } from "../../../src/aws/clients.ts"
import type { Cloud } from "../../../src/aws/cloud.ts"
import { type Grant, grantsOf, policyGranting } from "../../../src/aws/preflight/grants.ts"
import { simulate } from "../../../src/aws/preflight/permissions.ts"
import { type InProcess, inProcess } from "../../../src/sandbox/in-process.ts"
import { handlers, Refusal, type Service } from "../../../src/sandbox/service.ts"
import { sts } from "../../../src/sandbox/services/sts/index.ts"
import { impatient } from "../sandboxed.ts"

const place = { account: "111122223333", partition: "aws", region: "us-east-1" }
const grant = (resource: string, ...actions: readonly string[]): Grant => ({ actions, resource, when: {} })

/** What is asked of IAM, and a verdict on each action: an IAM that says what it is told to. */
interface Judge {
  readonly asked: Iam.SimulatePrincipalPolicyRequest[]
  readonly verdicts: Record<string, Partial<Iam.EvaluationResult> | undefined>
  roles: Record<string, string | Refusal>
}

const opened: { sandbox: InProcess; session: Session }[] = []
afterEach(async () => {
  for (const { sandbox, session } of opened.splice(0)) {
    session.close()
    await sandbox.close()
  }
})

async function judged(judge: Judge, arn?: string): Promise<Cloud> {
  const iam: Service = {
    signingName: "iam",
    schemas: { GetRole$, NoSuchEntityException$, SimulatePrincipalPolicy$ },
    handlers: handlers<typeof Iam>()({
      GetRole({ RoleName = "" }) {
        const found = judge.roles[RoleName] ?? new Refusal("NoSuchEntity", "The role cannot be found.", 404)
        if (found instanceof Refusal) throw found
        const Role = { Arn: found, RoleName, RoleId: "AROA", Path: "/", CreateDate: new Date() }
        return { Role }
      },
      SimulatePrincipalPolicy(input) {
        judge.asked.push(input as Iam.SimulatePrincipalPolicyRequest)
        const [first, ...rest] = input.ActionNames ?? []
        // One on each page.
        const names = input.Marker === undefined ? [first] : rest
        return {
          IsTruncated: input.Marker === undefined && rest.length > 0,
          ...(input.Marker === undefined && rest.length > 0 && { Marker: "more" }),
          EvaluationResults: names.flatMap((EvalActionName = "") => {
            const verdict = EvalActionName in judge.verdicts ? judge.verdicts[EvalActionName] : {}
            return verdict ? [{ EvalActionName, EvalDecision: "allowed" as const, ...verdict }] : []
          }),
        }
      },
    }),
    reads: /^(Get|Simulate)/,
    limits: [[/^/, 100, 100]],
  }
  const sandbox = await inProcess({ services: [sts, iam], speed: 1 })
  const { url, region, accessKeyId, secretAccessKey } = sandbox.connection
  const credentials = { accessKeyId, secretAccessKey }
  const session = await openCloud({ region, endpoint: url, credentials, clock: impatient() })
  opened.push({ sandbox, session })
  return Object.assign(session, arn === undefined ? {} : { arn })
}

const judge = (verdicts: Judge["verdicts"] = {}, roles: Judge["roles"] = {}): Judge => ({ asked: [], verdicts, roles })

describe("what a deploy wants", () => {
  it("is each thing once, with its names filled in", () => {
    const when = { StringEquals: { "aws:RequestTag/smart0dte:scope": "${" + "scope}" } }
    const own = {
      action: "ec2:CreateVpc",
      resource: "arn:${" + "partition}:ec2:${" + "region}:${" + "account}:vpc/*",
      when,
    }
    const grants = grantsOf([own, own, { action: ["a:C", "a:B"] }, { action: "a:A", resource: "*" }], place, "poc")
    expect(grants).toEqual([
      {
        actions: ["ec2:CreateVpc"],
        resource: "arn:aws:ec2:us-east-1:111122223333:vpc/*",
        when: { StringEquals: { "aws:RequestTag/smart0dte:scope": "poc" } },
      },
      { actions: ["a:A", "a:B", "a:C"], resource: "*", when: {} },
    ])
    expect(policyGranting(grants)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["ec2:CreateVpc"],
          Resource: "arn:aws:ec2:us-east-1:111122223333:vpc/*",
          Condition: { StringEquals: { "aws:RequestTag/smart0dte:scope": "poc" } },
        },
        { Effect: "Allow", Action: ["a:A", "a:B", "a:C"], Resource: "*" },
      ],
    })
  })
})

describe("permissions", () => {
  it("are simulated on one thing of each name, in a call as it would be, over all pages", async () => {
    const iam = judge()
    const cloud = await judged(iam)
    const when = { StringEquals: { "aws:ResourceTag/smart0dte:scope": "poc" } }
    const resource = "arn:aws:ec2:us-east-1:111122223333:vpc/*"
    const found = await simulate(cloud, [{ actions: ["ec2:A", "ec2:B", "ec2:C"], resource, when }])
    expect(found).toEqual({ principal: cloud.arn, asked: 3, missing: [], denied: [] })
    expect(iam.asked).toHaveLength(2)
    expect(iam.asked[0]).toMatchObject({
      PolicySourceArn: cloud.arn,
      ResourceArns: ["arn:aws:ec2:us-east-1:111122223333:vpc/0a1b2c3d4e5f6a7b8"],
      ContextEntries: [
        { ContextKeyName: "aws:ResourceTag/smart0dte:scope", ContextKeyValues: ["poc"] },
        { ContextKeyName: "aws:RequestedRegion", ContextKeyValues: ["us-east-1"] },
      ],
    })
  })

  it("that nobody allows are missing; so is what AWS says nothing of", async () => {
    const cloud = await judged(judge({ "ec2:A": { EvalDecision: "implicitDeny" }, "s3:B": undefined }))
    expect(await simulate(cloud, [grant("*", "ec2:A", "ec2:C"), grant("*", "s3:B")])).toMatchObject({
      asked: 3,
      missing: [grant("*", "ec2:A"), grant("*", "s3:B")],
      denied: [],
    })
  })

  it("that somebody forbids are told apart: a policy that allows them would not help", async () => {
    const no = { EvalDecision: "implicitDeny" as const }
    const cloud = await judged(
      judge({
        "a:A": { EvalDecision: "explicitDeny" },
        "a:B": { ...no, OrganizationsDecisionDetail: { AllowedByOrganizations: false } },
        "a:C": { ...no, PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } },
      }),
    )
    expect(await simulate(cloud, [grant("*", "a:A", "a:B", "a:C", "a:D")])).toMatchObject({
      missing: [],
      denied: ["a:A (by a policy that denies it)", "a:B (by the organization)", "a:C (by the permissions boundary)"],
    })
  })

  it("of a session are its role's, by the ARN with the path", async () => {
    const arn = "arn:aws:iam::111122223333:role/teams/ops/deployer"
    const iam = judge({}, { deployer: arn })
    const cloud = await judged(iam, "arn:aws:sts::111122223333:assumed-role/deployer/alice")
    expect(await simulate(cloud, [grant("*", "a:A")])).toMatchObject({ principal: arn })
    expect(iam.asked[0]?.PolicySourceArn).toBe(arn)
  })

  it.each([
    ["the root user", "arn:aws:iam::111122223333:root", {}, "nobody can simulate the root user"],
    ["a federated user", "arn:aws:sts::111122223333:federated-user/bob", {}, "is neither a user nor a role"],
    ["a role that is gone", "arn:aws:sts::111122223333:assumed-role/gone/a", {}, "of another account, or was deleted"],
    [
      "a role that hides",
      "arn:aws:sts::111122223333:assumed-role/hidden/a",
      { hidden: new Refusal("AccessDenied", "not authorized to perform: iam:GetRole", 403) },
      "iam:GetRole is missing",
    ],
  ])("of %s are unknown, and nothing is asked", async (_, arn, roles, why) => {
    const iam = judge({}, roles)
    expect(await simulate(await judged(iam, arn), [grant("*", "a:A")])).toEqual({
      unknown: expect.stringContaining(why),
    })
    expect(iam.asked).toEqual([])
  })
})
