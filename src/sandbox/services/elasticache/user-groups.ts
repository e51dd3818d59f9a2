import type * as client from "@aws-sdk/client-elasticache"
import { type Call, handlers, Refusal } from "../../service.ts"
import { passing, seconds } from "../ec2/rules/timeline.ts"
import { given } from "../given.ts"
import { refuseUnserved } from "../unserved.ts"
import { builtIn, userGroupOf, userOf } from "./lookup.ts"
import { pageOf } from "./pages.ts"
import {
  arnOf,
  badMix,
  badValue,
  caches,
  checkedId,
  isThere,
  living,
  settingsAt,
  statusAt,
  type UserGroupRecord,
  type UserRecord,
  userGroups,
  users,
} from "./records.ts"
import { withTags } from "./tags.ts"

export const userGroupHandlers = handlers<typeof client>()({
  CreateUserGroup(input, call) {
    const id = checkedId(given(input.UserGroupId, "userGroupId"), "UserGroupId", 40)
    const engine = given(input.Engine, "engine").toLowerCase()
    if (engine !== "valkey" && engine !== "redis") throw badValue(`Engine ${input.Engine} is not supported.`)
    const there = living(call, userGroups(call))
    if (there.some((group) => group.id === id))
      throw new Refusal("UserGroupAlreadyExists", `User group ${id} already exists.`)
    if (there.length >= call.quota("User groups per Region", 100))
      throw new Refusal("UserGroupQuotaExceeded", "The quota of user groups is reached.")
    const members = (input.UserIds ?? []).map((user) => userOf(call, user))
    checkMembers(engine, members)
    const states = passing(call.now, "creating", seconds(5), "active")
    const userIds = members.map((user) => user.id)
    return view(call, keep(call, { id, engine, userIds, states, tags: withTags([], input.Tags) }))
  },

  DescribeUserGroups(input, call) {
    const { UserGroupId: id } = input
    const found = id === undefined ? living(call, userGroups(call)) : [userGroupOf(call, id)]
    const { items, Marker } = pageOf(found, (group) => group.id, input)
    return { UserGroups: items.map((group) => view(call, group)), Marker }
  },

  ModifyUserGroup(input, call) {
    refuseUnserved(input, ["Engine"])
    const { UserIdsToAdd: added = [], UserIdsToRemove: removed = [] } = input
    const group = changeable(call, input.UserGroupId)
    if (added.length + removed.length === 0) throw badMix("Either users to add or users to remove must be given.")
    const gone = new Set(removed.map((id) => userOf(call, id).id))
    const fresh = added.map((id) => userOf(call, id))
    const stranger = [...gone].find((id) => !group.userIds.includes(id))
    if (stranger !== undefined) throw badValue(`User ${stranger} is not a member of user group ${group.id}.`)
    const members = [...membersOf(call, group).filter(({ id }) => !gone.has(id)), ...fresh]
    checkMembers(group.engine, members)
    const states = passing(call.now, "modifying", seconds(cachesOf(call, group).length > 0 ? 30 : 5), "active")
    return view(call, keep(call, { ...group, userIds: members.map(({ id }) => id), states }))
  },

  DeleteUserGroup({ UserGroupId }, call) {
    const group = changeable(call, UserGroupId)
    const used = cachesOf(call, group)
    if (used.length > 0)
      throw new Refusal(
        "InvalidUserGroupState",
        `User group ${group.id} is associated with the replication groups ${used.join(", ")}.`,
      )
    return view(call, keep(call, { ...group, states: [[call.now, "deleting"]], until: call.now + seconds(10) }))
  },
})

const keep = (call: Call, group: UserGroupRecord): UserGroupRecord => {
  userGroups(call).put(group.id, group)
  return group
}

const changeable = (call: Call, id: string | undefined): UserGroupRecord => {
  const group = userGroupOf(call, id)
  if (statusAt(group, call.now) === "active") return group
  throw new Refusal("InvalidUserGroupState", `User group ${group.id} is not in the state active.`)
}

/** Redis wants somebody called `default`; Valkey takes nobody who needs no password. */
const checkMembers = (engine: string, members: readonly UserRecord[]): void => {
  const names = members.map(({ name }) => name)
  if (new Set(names).size < names.length)
    throw new Refusal("DuplicateUserName", "A user group cannot have several users of the same name.")
  if (engine === "redis") {
    const other = members.find((user) => user.engine !== "redis")
    if (other) throw badValue(`User ${other.id} of engine Valkey cannot be added to user group with engine Redis`)
    if (names.includes("default")) return
    throw new Refusal("DefaultUserRequired", "Redis user group needs to contain a user with the user name default.")
  }
  const open = members.find(({ authentication }) => authentication === "no_password")
  if (open) throw badValue(`No password user ${open.id} cannot be added to user group with engine Valkey`)
}

const membersOf = (call: Call, { userIds }: UserGroupRecord): readonly UserRecord[] =>
  userIds.flatMap((id) => {
    const user = id === builtIn.id ? builtIn : users(call).get(id)
    return user && isThere(user, call.now) ? [user] : []
  })

const cachesOf = (call: Call, { id }: UserGroupRecord): readonly string[] =>
  living(call, caches(call))
    .filter((cache) => settingsAt(cache, call.now).userGroupIds.includes(id))
    .map((cache) => cache.id)

const view = (call: Call, group: UserGroupRecord): client.UserGroup => ({
  UserGroupId: group.id,
  Status: statusAt(group, call.now),
  Engine: group.engine,
  UserIds: membersOf(call, group).map(({ id }) => id),
  MinimumEngineVersion: group.engine === "valkey" ? "7.2" : "6.0",
  ReplicationGroups: [...cachesOf(call, group)],
  ARN: arnOf(call, "usergroup", group.id),
})
