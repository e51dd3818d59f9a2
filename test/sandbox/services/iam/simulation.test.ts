import { expect, test } from "vitest"
import { allow, ground } from "./ground.ts"

const ann = () => {
  const aws = ground()
  const PolicySourceArn = aws.run("CreateUser", { UserName: "ann" }).User?.Arn ?? ""
  const decide = (action: string, more: object = {}) =>
    aws.run("SimulatePrincipalPolicy", { PolicySourceArn, ActionNames: [action], ...more }).EvaluationResults?.[0]
  const may = (PolicyDocument: string) =>
    aws.run("PutUserPolicy", { UserName: "ann", PolicyName: "own", PolicyDocument })
  return { aws, PolicySourceArn, decide, may }
}

test("what no policy allows is denied by none, and what one denies by that", () => {
  const { decide, may } = ann()
  expect(decide("s3:GetObject")?.EvalDecision).toBe("implicitDeny")
  may(allow())
  expect(decide("s3:GetObject")?.EvalDecision).toBe("allowed")
  expect(decide("s3:PutObject")?.EvalDecision).toBe("implicitDeny")
  may(allow({ Effect: "Deny" }))
  expect(decide("s3:GetObject")?.EvalDecision).toBe("explicitDeny")
})

test("what a policy wants to know and nobody said is missing, and the condition does not hold", () => {
  const { decide, may } = ann()
  may(allow({ Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }))
  expect(decide("s3:GetObject")).toMatchObject({
    EvalDecision: "implicitDeny",
    MissingContextValues: ["aws:MultiFactorAuthPresent"],
  })
  const ContextEntries = [
    { ContextKeyName: "aws:multifactorauthpresent", ContextKeyType: "boolean", ContextKeyValues: ["true"] },
  ]
  expect(decide("s3:GetObject", { ContextEntries })).toMatchObject({
    EvalDecision: "allowed",
    MissingContextValues: [],
  })
})

test("each action is judged on each thing, a page at a time", () => {
  const { aws, may, PolicySourceArn } = ann()
  may(allow({ Resource: "arn:aws:s3:::a/*" }))
  const input = {
    PolicySourceArn,
    ActionNames: ["s3:GetObject", "s3:PutObject"],
    ResourceArns: ["arn:aws:s3:::a/x", "arn:aws:s3:::b/x"],
  }
  const all = aws.run("SimulatePrincipalPolicy", input).EvaluationResults ?? []
  expect(
    all.map(({ EvalActionName, EvalDecision, EvalResourceName }) => [EvalActionName, EvalResourceName, EvalDecision]),
  ).toEqual([
    ["s3:GetObject", "arn:aws:s3:::a/x", "allowed"],
    ["s3:GetObject", "arn:aws:s3:::b/x", "implicitDeny"],
    ["s3:PutObject", "arn:aws:s3:::a/x", "implicitDeny"],
    ["s3:PutObject", "arn:aws:s3:::b/x", "implicitDeny"],
  ])
  const first = aws.run("SimulatePrincipalPolicy", { ...input, MaxItems: 3 })
  expect(first).toMatchObject({ IsTruncated: true })
  expect(aws.run("SimulatePrincipalPolicy", { ...input, MaxItems: 3, Marker: first.Marker }).EvaluationResults).toEqual(
    all.slice(3),
  )
})

test("a boundary that does not allow it is told", () => {
  const { decide, may } = ann()
  may(allow())
  const told = decide("s3:GetObject", { PermissionsBoundaryPolicyInputList: [allow({ Action: "ec2:*" })] })
  expect(told).toMatchObject({
    EvalDecision: "implicitDeny",
    PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
  })
})

test("whoever has the sandbox's own keys may do everything; nobody is asked who is not there", () => {
  const { aws, PolicySourceArn } = ann()
  const ActionNames = ["ec2:RunInstances"]
  const own = PolicySourceArn.replace("/ann", "/sandbox")
  const [result] = aws.run("SimulatePrincipalPolicy", { PolicySourceArn: own, ActionNames }).EvaluationResults ?? []
  expect(result?.EvalDecision).toBe("allowed")
  const bob = PolicySourceArn.replace("/ann", "/bob")
  expect(aws.refused("SimulatePrincipalPolicy", { PolicySourceArn: bob, ActionNames })).toContain("NoSuchEntity")
  const session = "arn:aws:sts::123456789012:assumed-role/node/i-1"
  expect(aws.refused("SimulatePrincipalPolicy", { PolicySourceArn: session, ActionNames })).toContain("InvalidInput")
})
