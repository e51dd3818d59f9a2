import type { ListRolesCommandOutput } from "@aws-sdk/client-iam"
import { describe, expect, test } from "vitest"
import { allow, core, type Ground, ground, trust } from "./ground.ts"

const named = (aws: Ground, count: number): void => {
  for (let i = 1; i < count; i += 1) aws.run("CreateRole", { RoleName: `role-${i}`, AssumeRolePolicyDocument: trust })
}

const namesOf = ({ Roles }: Pick<ListRolesCommandOutput, "Roles">) => Roles?.map(({ RoleName }) => RoleName)

describe("a role", () => {
  test("has an id, an ARN with its path, and the hour that sessions last", () => {
    const { Role } = ground().run("GetRole", { RoleName: "node" })
    expect(Role).toMatchObject({
      Arn: "arn:aws:iam::111122223333:role/smart0dte/poc/node",
      Path: "/smart0dte/poc/",
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      CreateDate: new Date(Date.UTC(2026, 10, 21)),
      MaxSessionDuration: 3600,
      RoleLastUsed: {},
    })
    expect(Role).not.toHaveProperty("Tags")
  })

  test("shows its tags where it is asked for alone, never in a list", () => {
    const aws = ground()
    const Tags = [{ Key: "smart0dte:scope", Value: "poc" }]
    const made = aws.run("CreateRole", { RoleName: "tagged", AssumeRolePolicyDocument: trust, Tags })
    expect(made.Role?.Tags).toEqual(Tags)
    expect(aws.run("GetRole", { RoleName: "tagged" }).Role?.Tags).toEqual(Tags)
    for (const role of aws.run("ListRoles", {}).Roles ?? []) expect(role).not.toHaveProperty("Tags")
  })

  test("gives its documents back percent-encoded to the letter, and as they were written", () => {
    const aws = ground()
    const document = `${allow({ Sid: "a(b)!*'~" })}\n`
    aws.run("PutRolePolicy", { RoleName: "node", PolicyName: "own", PolicyDocument: document })
    const shown = aws.run("GetRolePolicy", { RoleName: "node", PolicyName: "own" }).PolicyDocument ?? ""
    expect(shown).toMatch(/^%7B%22Version%22/)
    expect(shown).toContain("a%28b%29%21%2A%27~")
    expect(decodeURIComponent(shown)).toBe(document)
    const { Role } = aws.run("GetRole", { RoleName: "node" })
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toBe(trust)
  })

  test("keeps its description when its sessions change, and not the other way round", () => {
    const aws = ground()
    aws.run("UpdateRole", { RoleName: "node", Description: "a node", MaxSessionDuration: 7200 })
    expect(aws.run("GetRole", { RoleName: "node" }).Role).toMatchObject({ MaxSessionDuration: 7200 })
    aws.run("UpdateRole", { RoleName: "node" })
    const { Role } = aws.run("GetRole", { RoleName: "node" })
    expect(Role).toMatchObject({ Description: "a node", MaxSessionDuration: 3600 })
  })

  test("takes a new trust policy and a boundary", () => {
    const aws = ground()
    const other = trust.replace("ec2", "lambda")
    aws.run("UpdateAssumeRolePolicy", { RoleName: "node", PolicyDocument: other })
    const boundary = { RoleName: "bound", AssumeRolePolicyDocument: trust, PermissionsBoundary: core }
    aws.run("CreateRole", boundary)
    const bound = aws.run("GetRole", { RoleName: "bound" }).Role
    expect(bound?.PermissionsBoundary).toEqual({ PermissionsBoundaryArn: core })
    const { Role } = aws.run("GetRole", { RoleName: "node" })
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toBe(other)
  })

  test("can be deleted when nothing holds it any more", () => {
    const aws = ground()
    aws.run("AttachRolePolicy", { RoleName: "node", PolicyArn: core })
    aws.run("PutRolePolicy", { RoleName: "node", PolicyName: "own", PolicyDocument: allow() })
    aws.run("DetachRolePolicy", { RoleName: "node", PolicyArn: core })
    aws.run("DeleteRolePolicy", { RoleName: "node", PolicyName: "own" })
    aws.run("DeleteRole", { RoleName: "node" })
    expect(aws.run("ListRoles", {}).Roles).toEqual([])
  })
})

describe("its policies", () => {
  test("a managed one attached twice is attached once, and listed by its path", () => {
    const aws = ground()
    const monitoring = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
    for (const PolicyArn of [core, core, monitoring]) aws.run("AttachRolePolicy", { RoleName: "node", PolicyArn })
    const listed = (PathPrefix?: string) =>
      aws.run("ListAttachedRolePolicies", { RoleName: "node", ...(PathPrefix !== undefined && { PathPrefix }) })
    expect(listed().AttachedPolicies).toEqual([
      { PolicyName: "AmazonRDSEnhancedMonitoringRole", PolicyArn: monitoring },
      { PolicyName: "AmazonSSMManagedInstanceCore", PolicyArn: core },
    ])
    expect(listed("/service-role/").AttachedPolicies).toHaveLength(1)
  })

  test("white space is free, and a policy written again does not count twice", () => {
    const aws = ground()
    const PolicyDocument = `${allow({ Sid: "s".repeat(9000) })}${" ".repeat(5000)}`
    for (let i = 0; i < 2; i += 1) aws.run("PutRolePolicy", { RoleName: "node", PolicyName: "own", PolicyDocument })
    expect(aws.run("ListRolePolicies", { RoleName: "node" }).PolicyNames).toEqual(["own"])
  })

  test.each([
    ["a role of this account", { AWS: "arn:aws:iam::111122223333:root" }],
    ["two services", { Service: ["ec2.amazonaws.com", "ssm.amazonaws.com"] }],
    ["everybody", "*"],
  ])("trust in %s is taken", (_who, Principal) => {
    const statement = { Effect: "Allow", Principal, Action: ["sts:AssumeRole", "sts:TagSession"] }
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] })
    expect(ground().refused("CreateRole", { RoleName: "other", AssumeRolePolicyDocument })).toBe("not refused")
  })
})

describe("a list of roles", () => {
  test("can be narrowed to a path", () => {
    const aws = ground()
    named(aws, 3)
    expect(namesOf(aws.run("ListRoles", { PathPrefix: "/smart0dte/" }))).toEqual(["node"])
    expect(namesOf(aws.run("ListRoles", {}))).toEqual(["node", "role-1", "role-2"])
  })

  test("comes in pages that neither repeat nor hide what is made or deleted between them", () => {
    const aws = ground()
    named(aws, 5)
    const first = aws.run("ListRoles", { MaxItems: 2 })
    expect(first.IsTruncated).toBe(true)
    expect(namesOf(first)).toEqual(["node", "role-1"])
    aws.run("DeleteRole", { RoleName: "node" })
    aws.run("CreateRole", { RoleName: "a-role", AssumeRolePolicyDocument: trust })
    const second = aws.run("ListRoles", { MaxItems: 2, Marker: first.Marker })
    expect(namesOf(second)).toEqual(["role-2", "role-3"])
    const third = aws.run("ListRoles", { MaxItems: 2, Marker: second.Marker })
    expect(third).toMatchObject({ IsTruncated: false, Roles: [{ RoleName: "role-4" }] })
    expect(third).not.toHaveProperty("Marker")
  })

  test("has a hundred on a page", () => {
    const aws = ground()
    named(aws, 101)
    expect(namesOf(aws.run("ListRoles", {}))).toHaveLength(100)
  })
})

test("the account's summary counts what is there, against its quotas", () => {
  const aws = ground()
  aws.quotas.set("RolesPerAccount", 77)
  const { SummaryMap } = aws.run("GetAccountSummary", {})
  expect(SummaryMap).toMatchObject({ Roles: 1, InstanceProfiles: 1, RolesQuota: 77, AccountMFAEnabled: 0 })
})
