import { expect, test } from "vitest"
import { iam } from "../../../../src/sandbox/services/iam/index.ts"
import { limitOf, unheeded } from "../heeding.ts"
import { allow, core, type Ground, ground, joined, trust } from "./ground.ts"
import { people, peopleRows } from "./people.ts"

type Name = Parameters<Ground["run"]>[0]

const Tags = [{ Key: "a", Value: "b" }]
const RoleName = "node"
const InstanceProfileName = "node"
const nodeArn = ground().run("GetRole", { RoleName }).Role?.Arn ?? ""

const ready = (): Ground => {
  const aws = joined(ground())
  aws.run("PutRolePolicy", { RoleName, PolicyName: "own", PolicyDocument: allow() })
  aws.run("AttachRolePolicy", { RoleName, PolicyArn: core })
  aws.run("CreateRole", { RoleName: "free", AssumeRolePolicyDocument: trust })
  aws.run("CreateInstanceProfile", { InstanceProfileName: "free" })
  aws.run("UpdateAccountPasswordPolicy", {})
  return aws
}

const goesThrough: readonly (readonly [Name, object])[] = [
  ["AddRoleToInstanceProfile", { InstanceProfileName: "free", RoleName }],
  ["AttachRolePolicy", { RoleName, PolicyArn: core }],
  ["CreateInstanceProfile", { InstanceProfileName: "new", Tags }],
  ["CreateRole", { RoleName: "new", AssumeRolePolicyDocument: trust, Tags }],
  ["CreateServiceLinkedRole", { AWSServiceName: "rds.amazonaws.com" }],
  ["DeleteAccountPasswordPolicy", {}],
  ["DeleteInstanceProfile", { InstanceProfileName: "free" }],
  ["DeleteRole", { RoleName: "free" }],
  ["DeleteRolePolicy", { RoleName, PolicyName: "own" }],
  ["DetachRolePolicy", { RoleName, PolicyArn: core }],
  ["GetAccountPasswordPolicy", {}],
  ["GetAccountSummary", {}],
  ["GetInstanceProfile", { InstanceProfileName }],
  ["GetRole", { RoleName }],
  ["GetRolePolicy", { RoleName, PolicyName: "own" }],
  ["ListAttachedRolePolicies", { RoleName }],
  ["ListInstanceProfileTags", { InstanceProfileName }],
  ["ListInstanceProfiles", {}],
  ["ListInstanceProfilesForRole", { RoleName }],
  ["ListRolePolicies", { RoleName }],
  ["ListRoleTags", { RoleName }],
  ["ListRoles", {}],
  ["PutRolePolicy", { RoleName, PolicyName: "new", PolicyDocument: allow() }],
  ["RemoveRoleFromInstanceProfile", { InstanceProfileName, RoleName }],
  ["SimulatePrincipalPolicy", { PolicySourceArn: nodeArn, ActionNames: ["s3:GetObject"] }],
  ["TagInstanceProfile", { InstanceProfileName, Tags }],
  ["TagRole", { RoleName, Tags }],
  ["UntagInstanceProfile", { InstanceProfileName, TagKeys: ["a"] }],
  ["UntagRole", { RoleName, TagKeys: ["a"] }],
  ["UpdateAccountPasswordPolicy", { MinimumPasswordLength: 14 }],
  ["UpdateAssumeRolePolicy", { RoleName, PolicyDocument: trust }],
  ["UpdateRole", { RoleName }],
]

test.each(peopleRows)("%s heeds all that a caller can say of people", (name, inputOf) => {
  const { aws, ...there } = people()
  expect(unheeded(iam, name, inputOf(there), (watched) => aws.run(name, watched as never))).toEqual([])
})

test.each(goesThrough)("%s heeds all that a caller can say", (name, input) => {
  const aws = ready()
  // One operation's input after another: their types have nothing in common.
  expect(unheeded(iam, name, input, (watched) => aws.run(name, watched as never))).toEqual([])
})

test("every operation that is served is among them, and has a limit", () => {
  const tried = [...goesThrough, ...peopleRows].map(([name]) => name)
  expect(tried.toSorted()).toEqual(Object.keys(iam.handlers).toSorted())
  expect(Object.keys(iam.handlers).filter((name) => !limitOf(iam, name))).toEqual([])
})
