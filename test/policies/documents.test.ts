import { describe, expect, it } from "vitest"
import { type PolicyName, policyNames } from "../../src/policies/names.ts"
import { documentsFor, policyFor } from "../../src/policies/policies.ts"
import { place } from "../laws/wishes.ts"

interface Statement {
  readonly Sid?: string
  readonly Effect: "Allow" | "Deny"
  readonly Action?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const statementsOf = (name: PolicyName) =>
  // What a statement of IAM has: our type leaves that to IAM.
  policyFor(name, place, "poc").Statement as readonly Statement[]

/** What must be there, and as it is said: a test that passes where the key is missing is no guard. */
const guardsOf = ({ Condition = {} }: Statement): readonly string[] =>
  Object.entries(Condition).flatMap(([operator, tests]) => (operator === "StringEquals" ? Object.keys(tests) : []))

/** Over users, groups and policies of the account, with which anybody could give himself more. */
const overPeople = /^iam:(?!Get|List)\w*(User|Group|AccessKey|LoginProfile|MFADevice|OpenIDConnect|\wPolicy(Version)?$)/
const harmless =
  /^iam:(SimulatePrincipalPolicy|(Put|Delete|Detach|UpdateAssume)RolePolicy|UpdateAccountPasswordPolicy|DeleteAccountPasswordPolicy)$/

/** What is wrong with statements, whoever wrote them. */
const faults = (statements: readonly Statement[]): readonly string[] =>
  statements.flatMap((one) => {
    const said = one.Sid ?? JSON.stringify(one.Action)
    const allows = one.Effect === "Allow"
    const actions = [one.Action ?? []].flat()
    const resources = [one.Resource ?? []].flat()
    const forAll = Object.entries(one.Condition ?? {}).filter(([operator]) => operator.startsWith("ForAllValues:"))
    const unguarded = forAll
      .flatMap(([, tests]) => Object.keys(tests))
      .filter((key) => one.Condition?.Null?.[key] !== "false")
    const elsewhere = resources.filter(
      (arn) =>
        !/:document\/smart0dte-[\w-]+$|:instance\/\*$|^arn:aws:s3:::smart0dte-111122223333-us-east-1-state$/.test(arn),
    )
    const untagged =
      resources.some((arn) => arn.includes(":instance/")) &&
      !guardsOf(one).some((key) => /^(aws|ssm):resourceTag\/smart0dte:scope$/i.test(key))
    return [
      ...(allows && actions.length === 0 ? [`${said}: NotAction`] : []),
      ...(allows && resources.length === 0 ? [`${said}: NotResource`] : []),
      ...(allows && unguarded.length > 0 ? [`${said}: ForAllValues without a check for Null`] : []),
      ...(allows && actions.some((action) => /^(\*|\w+:\*)$/.test(action)) ? [`${said}: everything`] : []),
      ...(allows && actions.includes("iam:PassRole") && !guardsOf(one).includes("iam:PassedToService")
        ? [`${said}: PassRole to any service`]
        : []),
      ...(allows && actions.includes("ssm:SendCommand") && elsewhere.length > 0
        ? [`${said}: SendCommand on ${elsewhere.join()}`]
        : []),
      ...(allows && actions.some((action) => overPeople.test(action) && !harmless.test(action))
        ? [`${said}: power over people and policies`]
        : []),
      ...(allows && actions.includes("ssm:SendCommand") && untagged ? [`${said}: SendCommand on any instance`] : []),
    ]
  })

describe.each(policyNames)("the policy %s", (name) => {
  it("says nothing that says more than it seems to", () => {
    expect(faults(statementsOf(name))).toEqual([])
  })

  it("comes in documents that IAM takes, at most ten, and no field of a template is left", () => {
    const documents = documentsFor(name, place, "poc").map((document) => JSON.stringify(document))
    expect(documents.length).toBeLessThanOrEqual(10)
    for (const document of documents) expect(document.replace(/\s/g, "").length).toBeLessThanOrEqual(6144)
    expect(documents.join().replaceAll(`\${aws:username}`, "")).not.toContain("${")
  })

  it("has each name once", () => {
    const names = statementsOf(name).flatMap(({ Sid = [] }) => Sid)
    expect(names.length).toBe(new Set(names).size)
  })
})

describe("the walk", () => {
  const bad: readonly (readonly [string, Statement & Readonly<Record<string, unknown>>])[] = [
    ["NotAction", { Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
    ["NotResource", { Effect: "Allow", Action: "s3:GetObject", NotResource: "x" }],
    [
      "ForAllValues without a check for Null",
      {
        Effect: "Allow",
        Action: "a:B",
        Resource: "*",
        Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": "x" } },
      },
    ],
    ["everything", { Effect: "Allow", Action: "s3:*", Resource: "*" }],
    ["PassRole to any service", { Effect: "Allow", Action: "iam:PassRole", Resource: "*" }],
    [
      "SendCommand on",
      { Effect: "Allow", Action: "ssm:SendCommand", Resource: "arn:aws:ssm:::document/AWS-RunShellScript" },
    ],
    [
      "SendCommand on any instance",
      {
        Effect: "Allow",
        Action: "ssm:SendCommand",
        Resource: "arn:aws:ec2:us-east-1:111122223333:instance/*",
        Condition: { StringEqualsIfExists: { "ssm:resourceTag/smart0dte:scope": "dev" } },
      },
    ],
    [
      "PassRole to any service",
      {
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: "*",
        Condition: { StringNotEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
      },
    ],
    ["power over people", { Effect: "Allow", Action: "iam:CreatePolicyVersion", Resource: "*" }],
    ["power over people", { Effect: "Allow", Action: "iam:AttachRolePolicy", Resource: "*" }],
    ["power over people", { Effect: "Allow", Action: ["iam:GetUser", "iam:CreateAccessKey"], Resource: "*" }],
    [
      "SendCommand on any instance",
      { Effect: "Allow", Action: "ssm:SendCommand", Resource: "arn:aws:ec2:us-east-1:111122223333:instance/*" },
    ],
  ]
  it.each(bad)("sees %s", (what, statement) => {
    expect(faults([statement]).join()).toContain(what)
  })

  it("lets a guarded ForAllValues, and a denial of all the rest, pass", () => {
    const Condition = { "ForAllValues:StringEquals": { "aws:TagKeys": "x" }, Null: { "aws:TagKeys": "false" } }
    const rest = { Effect: "Deny", NotAction: "iam:*", Resource: "*" } as const
    expect(faults([{ Effect: "Allow", Action: "a:B", Resource: "*", Condition }, rest])).toEqual([])
  })
})
