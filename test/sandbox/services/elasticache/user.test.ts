import { describe, expect, test } from "vitest"
import { type Ground, ground, password, running } from "./ground.ts"

const user = (aws: Ground, UserId: string) => aws.run("DescribeUsers", { UserId }).Users?.[0]
const team = (aws: Ground) => aws.run("DescribeUserGroups", { UserGroupId: "team" }).UserGroups?.[0]

describe("a user", () => {
  test("is shown without a password, which is not even kept", () => {
    const aws = ground()
    expect(user(aws, "app")).toEqual({
      UserId: "app",
      UserName: "app",
      Status: "active",
      Engine: "valkey",
      MinimumEngineVersion: "7.2",
      AccessString: "on ~* +@all",
      UserGroupIds: ["team"],
      Authentication: { Type: "password", PasswordCount: 1 },
      ARN: "arn:aws:elasticache:us-east-1:111122223333:user:app",
    })
    expect(aws.contents()).not.toContain(password)
  })

  test.each([
    ["off +get ~keys*", "off ~keys* -@all +get"],
    ["~app:* &news on +@read -keys", "on ~app:* &news -@all +@read -keys"],
    ["+@all -flushall", "off +@all -flushall"],
    ["on allkeys allcommands", "on allkeys allcommands"],
  ])("who may %s is said to may %s", (given, AccessString) => {
    const aws = ground()
    aws.run("ModifyUser", { UserId: "app", AccessString: given })
    expect(user(aws, "app")).toMatchObject({ AccessString, Status: "modifying" })
    aws.pass(10)
    expect(user(aws, "app")?.Status).toBe("active")
  })

  test("gets more rights, another password, another way to log in", () => {
    const aws = ground()
    aws.run("ModifyUser", { UserId: "app", AppendAccessString: "-flushall", Passwords: [password, `${password}2`] })
    expect(user(aws, "app")).toMatchObject({
      AccessString: "on ~* +@all -flushall",
      Authentication: { PasswordCount: 2 },
    })
    aws.pass(10)
    aws.run("ModifyUser", { UserId: "app", AuthenticationMode: { Type: "iam" } })
    expect(user(aws, "app")?.Authentication).toEqual({ Type: "iam" })
  })

  test("that is deleted leaves its groups when it is gone", () => {
    const aws = ground()
    aws.run("DeleteUser", { UserId: "app" })
    expect(user(aws, "app")?.Status).toBe("deleting")
    expect(team(aws)?.UserIds).toEqual(["nobody", "app"])
    aws.pass(30)
    expect(team(aws)?.UserIds).toEqual(["nobody"])
  })

  test("called default is in every account", () => {
    const { Users = [] } = ground().run("DescribeUsers", { Engine: "redis" })
    expect(Users).toMatchObject([{ UserId: "default", Authentication: { Type: "no-password" } }])
  })
})

describe("a user group", () => {
  test("is ready in a moment, and changes in another", () => {
    const aws = ground()
    aws.run("CreateUserGroup", { UserGroupId: "Two", Engine: "valkey", UserIds: ["app"] })
    const two = () => aws.run("DescribeUserGroups", { UserGroupId: "two" }).UserGroups?.[0]
    expect(two()?.Status).toBe("creating")
    aws.pass(5)
    aws.run("ModifyUserGroup", { UserGroupId: "two", UserIdsToAdd: ["nobody"], UserIdsToRemove: ["app"] })
    expect(two()).toMatchObject({ Status: "modifying", UserIds: ["nobody"] })
    aws.pass(5)
    expect(two()?.Status).toBe("active")
    aws.run("DeleteUserGroup", { UserGroupId: "two" })
    expect(two()?.Status).toBe("deleting")
    aws.pass(10)
    expect(aws.refused("DescribeUserGroups", { UserGroupId: "two" })).toMatch("UserGroupNotFound")
  })

  test("knows which caches it guards, and cannot go before them", () => {
    const aws = running()
    expect(team(aws)?.ReplicationGroups).toEqual(["one"])
    expect(aws.refused("DeleteUserGroup", { UserGroupId: "team" })).toMatch(
      "InvalidUserGroupState: User group team is a",
    )
    aws.run("DeleteReplicationGroup", { ReplicationGroupId: "one" })
    expect(aws.refused("DeleteUserGroup", { UserGroupId: "team" })).toMatch("InvalidUserGroupState")
    aws.pass(240)
    aws.run("DeleteUserGroup", { UserGroupId: "team" })
  })

  test("of Redis may have the default of ElastiCache's own", () => {
    const made = ground().run("CreateUserGroup", { UserGroupId: "r", Engine: "redis", UserIds: ["default"] })
    expect(made).toMatchObject({ Engine: "redis", UserIds: ["default"], MinimumEngineVersion: "6.0" })
  })
})
