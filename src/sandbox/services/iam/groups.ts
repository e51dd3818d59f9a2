import type * as Iam from "@aws-sdk/client-iam"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { pageOf } from "./pages.ts"
import { missing, overQuota, refuseTaken, uniqueId } from "./records.ts"
import { type GroupRecord, groupOf, groups, userOf, users } from "./user-records.ts"
import { userView } from "./users.ts"

export const groupHandlers = handlers<typeof Iam>()({
  CreateGroup: (input, call) => {
    const name = given(input.GroupName, "groupName")
    const known = groups(call).all()
    refuseTaken(
      known.map((group) => group.GroupName),
      name,
      `Group with name ${name} already exists.`,
    )
    const limit = call.quota("GroupsPerAccount", 300)
    if (known.length >= limit) overQuota("GroupsPerAccount", limit)
    const path = input.Path ?? "/"
    const group: GroupRecord = {
      GroupName: name,
      GroupId: uniqueId(call, "AGPA"),
      Arn: `arn:${call.partition}:iam::${call.account}:group${path}${name}`,
      Path: path,
      CreateDate: call.now,
      Inline: {},
      Attached: [],
    }
    groups(call).put(name, group)
    return { Group: groupView(group) }
  },

  GetGroup: (input, call) => {
    const group = groupOf(call, input.GroupName)
    const { items, paging } = pageOf(membersOf(call, group), (user) => user.UserName, input)
    return { Group: groupView(group), Users: items.map(userView), ...paging }
  },

  ListGroups: (input, call) => {
    const under = groups(call)
      .all()
      .filter((group) => group.Path.startsWith(input.PathPrefix ?? "/"))
    return listed(under, input)
  },

  ListGroupsForUser: (input, call) => {
    const names = userOf(call, input.UserName).Groups
    return listed(
      names.flatMap((name) => groups(call).get(name) ?? []),
      input,
    )
  },

  DeleteGroup: (input, call) => {
    const group = groupOf(call, input.GroupName)
    if (membersOf(call, group).length > 0) throw conflict("remove users from group")
    if (Object.keys(group.Inline).length > 0) throw conflict("delete policies")
    if (group.Attached.length > 0) throw conflict("detach all policies")
    groups(call).delete(group.GroupName)
    return {}
  },

  // A second time is no error.
  AddUserToGroup: (input, call) => {
    const { GroupName } = groupOf(call, input.GroupName)
    const user = userOf(call, input.UserName)
    if (user.Groups.includes(GroupName)) return {}
    const limit = call.quota("GroupsPerUser", 10)
    if (user.Groups.length >= limit) overQuota("GroupsPerUser", limit)
    users(call).put(user.UserName, { ...user, Groups: [...user.Groups, GroupName] })
    return {}
  },

  RemoveUserFromGroup: (input, call) => {
    const { GroupName } = groupOf(call, input.GroupName)
    const user = userOf(call, input.UserName)
    if (!user.Groups.includes(GroupName)) missing(`User ${user.UserName} in Group ${GroupName} cannot be found.`)
    users(call).put(user.UserName, { ...user, Groups: user.Groups.filter((name) => name !== GroupName) })
    return {}
  },
})

const membersOf = (call: Call, { GroupName }: GroupRecord) =>
  users(call)
    .all()
    .filter((user) => user.Groups.includes(GroupName))

const listed = (all: readonly GroupRecord[], wish: Parameters<typeof pageOf>[2]) => {
  const { items, paging } = pageOf(all, (group) => group.GroupName, wish)
  return { Groups: items.map(groupView), ...paging }
}

const groupView = ({ Arn, CreateDate, GroupId, GroupName, Path }: GroupRecord) => ({
  Path,
  GroupName,
  GroupId,
  Arn,
  CreateDate: new Date(CreateDate),
})

const conflict = (first: string): Refusal =>
  new Refusal("DeleteConflictException", `Cannot delete entity, must ${first} first.`, 409)
