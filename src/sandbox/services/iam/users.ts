import type * as Iam from "@aws-sdk/client-iam"
import { OWN_NAME } from "../../keyring.ts"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { attachable } from "./managed.ts"
import { pageOf } from "./pages.ts"
import { overQuota, refuseTaken, uniqueId } from "./records.ts"
import { withoutTags, withTags } from "./tags.ts"
import { credentialsHold } from "./user-credentials.ts"
import { accessKeys, mfaDevices, type UserRecord, userOf, userOrSelf, users } from "./user-records.ts"

export const userHandlers = handlers<typeof Iam>()({
  CreateUser: (input, call) => {
    const name = given(input.UserName, "userName")
    const known = users(call).all()
    refuseTaken([...known.map((user) => user.UserName), OWN_NAME], name, `User with name ${name} already exists.`)
    const limit = call.quota("UsersPerAccount", 5000)
    if (known.length >= limit) overQuota("UsersPerAccount", limit)
    if (input.PermissionsBoundary !== undefined) attachable(call, input.PermissionsBoundary)
    const path = input.Path ?? "/"
    const user: UserRecord = {
      UserName: name,
      UserId: uniqueId(call, "AIDA"),
      Arn: `arn:${call.partition}:iam::${call.account}:user${path}${name}`,
      Path: path,
      CreateDate: call.now,
      ...(input.PermissionsBoundary !== undefined && { PermissionsBoundary: input.PermissionsBoundary }),
      Tags: withTags([], input.Tags),
      Groups: [],
      Inline: {},
      Attached: [],
    }
    users(call).put(name, user)
    return { User: wholeUser(user) }
  },

  GetUser: (input, call) => ({ User: wholeUser(userOrSelf(call, input.UserName)) }),

  // ListUsers leaves out tags and boundary, as IAM does.
  ListUsers: (input, call) => {
    const under = users(call)
      .all()
      .filter((user) => user.Path.startsWith(input.PathPrefix ?? "/"))
    const { items, paging } = pageOf(under, (user) => user.UserName, input)
    return { Users: items.map(userView), ...paging }
  },

  DeleteUser: (input, call) => {
    const user = userOf(call, input.UserName)
    const held = whatHolds(call, user)
    if (held !== undefined) {
      throw new Refusal("DeleteConflictException", `Cannot delete entity, must ${held} first.`, 409)
    }
    users(call).delete(user.UserName)
    return {}
  },

  TagUser: (input, call) => {
    const user = userOf(call, input.UserName)
    users(call).put(user.UserName, { ...user, Tags: withTags(user.Tags, input.Tags) })
    return {}
  },

  UntagUser: (input, call) => {
    const user = userOf(call, input.UserName)
    users(call).put(user.UserName, { ...user, Tags: withoutTags(user.Tags, input.TagKeys) })
    return {}
  },

  ListUserTags: (input, call) => {
    const { items, paging } = pageOf(userOf(call, input.UserName).Tags, (tag) => tag.Key, input)
    return { Tags: items, ...paging }
  },
})

/** What every answer that shows a user has in it. */
export const userView = ({ Arn, CreateDate, Path, UserId, UserName }: UserRecord) => ({
  Path,
  UserName,
  UserId,
  Arn,
  CreateDate: new Date(CreateDate),
})

const wholeUser = (user: UserRecord) => ({
  ...userView(user),
  // IAM also sends the type "Policy", a value that the SDK's own type does not admit.
  ...(user.PermissionsBoundary !== undefined && {
    PermissionsBoundary: { PermissionsBoundaryArn: user.PermissionsBoundary },
  }),
  ...(user.Tags.length > 0 && { Tags: [...user.Tags] }),
})

const whatHolds = (call: Call, user: UserRecord): string | undefined => {
  const { Attached, Groups, Inline, Login, UserName } = user
  if (Login) return "delete login profile"
  const owns = (thing: { readonly UserName?: string }) => thing.UserName === UserName
  if (accessKeys(call).all().some(owns)) return "delete access keys"
  const held = credentialsHold(call, user)
  if (held !== undefined) return held
  if (mfaDevices(call).all().some(owns)) return "deactivate MFA device"
  if (Groups.length > 0) return "remove user from all groups"
  if (Object.keys(Inline).length > 0) return "delete policies"
  return Attached.length > 0 ? "detach all policies" : undefined
}
