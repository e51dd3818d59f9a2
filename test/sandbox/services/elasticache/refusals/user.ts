import { type Ground, password } from "../ground.ts"
import { api, type CacheRow, guide, moto, ours, seen } from "./case.ts"

const making = (more: object) => (aws: Ground) =>
  aws.refused("CreateUser", {
    UserId: "new",
    UserName: "new",
    Engine: "valkey",
    AccessString: "on ~* +@all",
    Passwords: [password],
    ...more,
  })

const changing = (UserId: string, more: object) => (aws: Ground) => aws.refused("ModifyUser", { UserId, ...more })
const grouping =
  (Engine: string, ...UserIds: string[]) =>
  (aws: Ground) =>
    aws.refused("CreateUserGroup", { UserGroupId: "new", Engine, UserIds })
const team = { UserGroupId: "team" }

export const userRows: readonly CacheRow[] = [
  ["a second user", "UserAlreadyExists: User app already exists.", moto, making({ UserId: "APP" })],
  [
    "one with the id of ElastiCache's own",
    "UserAlreadyExists: default",
    api("CreateUser"),
    making({ UserId: "default" }),
  ],
  ["a short password", "InvalidParameterValue: between 16-128", moto, making({ Passwords: ["x".repeat(15)] })],
  ["a long password", "InvalidParameterValue: between 16-128", moto, making({ Passwords: ["x".repeat(129)] })],
  [
    "three passwords",
    "InvalidParameterValue: two passwords",
    api("CreateUser"),
    making({ Passwords: [password, password, password] }),
  ],
  ["no password", "InvalidParameterValue: No password was provided.", moto, making({ Passwords: undefined })],
  [
    "a password and none",
    "InvalidParameterCombination: Passwords",
    api("CreateUser"),
    making({ NoPasswordRequired: true }),
  ],
  [
    "two ways to say how",
    "InvalidParameterCombination: AuthenticationMode",
    api("CreateUser"),
    making({ AuthenticationMode: { Type: "iam" } }),
  ],
  [
    "a role under another name",
    "InvalidParameterCombination: must be same for authentication type: iam",
    seen,
    making({ Passwords: undefined, UserName: "other", AuthenticationMode: { Type: "iam" } }),
  ],
  ["another engine", "InvalidParameterValue: memcached", api("CreateUser"), making({ Engine: "memcached" })],
  [
    "a password among the rules",
    "InvalidParameterValue: Access String",
    guide,
    making({ AccessString: "on >secret ~* +@all" }),
  ],
  ["to reset by a rule", "InvalidParameterValue: Access String", guide, making({ AccessString: "reset on" })],
  [
    "one user too many",
    "UserQuotaExceeded",
    api("CreateUser"),
    (aws) => {
      aws.quotas.set("Users per Region", 3)
      return making({})(aws)
    },
  ],
  [
    "users by filters",
    "NotImplemented: Filters",
    ours,
    (aws) => aws.refused("DescribeUsers", { Filters: [{ Name: "a", Values: ["b"] }] }),
  ],
  ["a user that isn't there", "UserNotFound: User gone not found.", moto, changing("gone", {})],
  [
    "to change ElastiCache's own",
    "InvalidParameterValue: default user",
    guide,
    changing("default", { AccessString: "off" }),
  ],
  [
    "two changes at once",
    "InvalidUserState: not in the state active",
    api("ModifyUser"),
    (aws) => {
      aws.run("ModifyUser", { UserId: "app", AccessString: "off ~*" })
      return changing("app", { AccessString: "on ~*" })(aws)
    },
  ],
  [
    "rules and more rules",
    "InvalidParameterCombination: AppendAccessString",
    api("ModifyUser"),
    changing("app", { AccessString: "on", AppendAccessString: "on" }),
  ],
  [
    "the end of a Redis group's default",
    "DefaultUserAssociatedToUserGroup: own",
    api("DeleteUser"),
    (aws) => {
      aws.run("CreateUser", {
        UserId: "own",
        UserName: "default",
        Engine: "redis",
        AccessString: "off",
        Passwords: [password],
      })
      aws.run("CreateUserGroup", { UserGroupId: "r", Engine: "redis", UserIds: ["own"] })
      return aws.refused("DeleteUser", { UserId: "own" })
    },
  ],
  [
    "a second group",
    "UserGroupAlreadyExists: team",
    api("CreateUserGroup"),
    (aws) => aws.refused("CreateUserGroup", { UserGroupId: "Team", Engine: "valkey", UserIds: ["app"] }),
  ],
  ["a group of memcached", "InvalidParameterValue: memcached", api("CreateUserGroup"), grouping("memcached", "app")],
  [
    "a Redis group without its default",
    "DefaultUserRequired: Redis user group needs to contain",
    seen,
    grouping("redis"),
  ],
  [
    "a Redis group with Valkey's user",
    "InvalidParameterValue: User app of engine Valkey",
    guide,
    grouping("redis", "default", "app"),
  ],
  [
    "a Valkey group with an open user",
    "InvalidParameterValue: No password user open cannot be added",
    seen,
    grouping("valkey", "open"),
  ],
  ["two of a name", "DuplicateUserName", api("CreateUserGroup"), grouping("valkey", "app", "app")],
  ["a stranger", "UserNotFound: gone", api("CreateUserGroup"), grouping("valkey", "gone")],
  [
    "one group too many",
    "UserGroupQuotaExceeded",
    api("CreateUserGroup"),
    (aws) => {
      aws.quotas.set("User groups per Region", 1)
      return grouping("valkey", "app")(aws)
    },
  ],
  [
    "a change of nothing",
    "InvalidParameterCombination: Either",
    api("ModifyUserGroup"),
    (aws) => aws.refused("ModifyUserGroup", team),
  ],
  [
    "to remove who isn't in it",
    "InvalidParameterValue: open is not a member",
    api("ModifyUserGroup"),
    (aws) => aws.refused("ModifyUserGroup", { ...team, UserIdsToRemove: ["open"] }),
  ],
  [
    "a group's other engine",
    "NotImplemented: Engine",
    ours,
    (aws) => aws.refused("ModifyUserGroup", { ...team, Engine: "redis", UserIdsToAdd: ["app"] }),
  ],
  [
    "a group in the making",
    "InvalidUserGroupState: not in the state active",
    api("DeleteUserGroup"),
    (aws) => {
      aws.run("CreateUserGroup", { UserGroupId: "young", Engine: "valkey", UserIds: ["app"] })
      return aws.refused("DeleteUserGroup", { UserGroupId: "young" })
    },
  ],
  [
    "a group that isn't there",
    "UserGroupNotFound: gone",
    api("DeleteUserGroup"),
    (aws) => aws.refused("DeleteUserGroup", { UserGroupId: "gone" }),
  ],
]
