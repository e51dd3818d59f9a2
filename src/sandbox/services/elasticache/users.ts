import { createHash } from "node:crypto"
import type * as client from "@aws-sdk/client-elasticache"
import { type Call, handlers, Refusal } from "../../service.ts"
import { passing, seconds } from "../ec2/rules/timeline.ts"
import { given } from "../given.ts"
import { refuseUnserved } from "../unserved.ts"
import { normalAccess } from "./access-string.ts"
import { builtIn, userOf } from "./lookup.ts"
import { pageOf } from "./pages.ts"
import { arnOf, badMix, badValue, checkedId, living, statusAt, type UserRecord, userGroups, users } from "./records.ts"
import { withTags } from "./tags.ts"

export const userHandlers = handlers<typeof client>()({
  CreateUser(input, call) {
    const id = checkedId(given(input.UserId, "userId"), "UserId", 40)
    const name = given(input.UserName, "userName")
    if (all(call).some((user) => user.id === id)) throw new Refusal("UserAlreadyExists", `User ${id} already exists.`)
    if (all(call).length > call.quota("Users per Region", 1000))
      throw new Refusal("UserQuotaExceeded", "The quota of users is reached.")
    const proof = proofOf(input)
    if (!proof) throw badValue(`No password was provided. ${passwordless}`)
    checkIam({ ...proof, id, name })
    const engine = engineOf(given(input.Engine, "engine"))
    const access = normalAccess(given(input.AccessString, "accessString"))
    const states = [[call.now, "active"]] as const
    const user = { id, name, engine, access, ...proof, states, tags: withTags([], input.Tags) }
    // One of its name that is gone left its groups, and this one is in none.
    for (const group of groupsOf(call, user))
      userGroups(call).put(group.id, { ...group, userIds: group.userIds.filter((member) => member !== id) })
    return view(call, keep(call, user))
  },

  DescribeUsers(input, call) {
    refuseUnserved(input, ["Filters"])
    const found = input.UserId === undefined ? all(call) : [userOf(call, input.UserId)]
    const { items, Marker } = pageOf(
      found.filter(({ engine }) => input.Engine === undefined || engine === input.Engine.toLowerCase()),
      ({ id }) => id,
      input,
    )
    return { Users: items.map((user) => view(call, user)), Marker }
  },

  ModifyUser(input, call) {
    const user = changeable(call, input.UserId)
    if (input.AccessString !== undefined && input.AppendAccessString !== undefined)
      throw badMix("AccessString and AppendAccessString cannot be used together.")
    const more = input.AppendAccessString === undefined ? undefined : `${user.access} ${input.AppendAccessString}`
    const wanted = input.AccessString ?? more
    const changed = {
      ...user,
      ...proofOf(input),
      engine: input.Engine === undefined ? user.engine : engineOf(input.Engine),
      access: wanted === undefined ? user.access : normalAccess(wanted),
      states: passing(call.now, "modifying", seconds(10), "active"),
    }
    checkIam(changed)
    return view(call, keep(call, changed))
  },

  DeleteUser({ UserId }, call) {
    const user = changeable(call, UserId)
    const groups = groupsOf(call, user)
    if (user.name === "default" && groups.some(({ engine }) => engine === "redis"))
      throw new Refusal("DefaultUserAssociatedToUserGroup", `Default user ${user.id} is in a user group.`)
    const until = call.now + seconds(30)
    return view(call, keep(call, { ...user, states: [[call.now, "deleting"]], until }))
  },
})

const all = (call: Call): readonly UserRecord[] => [builtIn, ...living(call, users(call))]

const keep = (call: Call, user: UserRecord): UserRecord => {
  users(call).put(user.id, user)
  return user
}

const changeable = (call: Call, id: string | undefined): UserRecord => {
  const user = userOf(call, id)
  if (user.id === builtIn.id) throw badValue("The default user can neither be modified nor deleted.")
  if (statusAt(user, call.now) === "active") return user
  throw new Refusal("InvalidUserState", `User ${user.id} is not in the state active.`)
}

const engineOf = (engine: string): string => {
  const known = engine.toLowerCase()
  if (known === "valkey" || known === "redis") return known
  throw badValue(`Engine ${engine} is not supported: use valkey or redis.`)
}

const passwordless = "If you want to create/update the user without password, please use the NoPasswordRequired flag."

interface Proving {
  readonly Passwords?: readonly string[] | undefined
  readonly NoPasswordRequired?: boolean | undefined
  readonly AuthenticationMode?: client.AuthenticationMode | undefined
}

/** How the user proves who he is, where the request says so. */
const proofOf = (input: Proving): Pick<UserRecord, "authentication" | "passwords"> | undefined => {
  const { AuthenticationMode: mode } = input
  if (mode && (input.Passwords || input.NoPasswordRequired))
    throw badMix("AuthenticationMode cannot be used with Passwords or NoPasswordRequired.")
  const passwords = input.Passwords ?? mode?.Passwords
  const none = input.NoPasswordRequired || mode?.Type === "no-password-required"
  if (passwords && (none || mode?.Type === "iam")) throw badMix("Passwords are only for users that log in with one.")
  if (none) return { authentication: "no_password", passwords: [] }
  if (mode?.Type === "iam") return { authentication: "iam", passwords: [] }
  if (!passwords) return undefined
  if (passwords.length > 2) throw badValue("A user can have at most two passwords.")
  if (passwords.some(({ length }) => length < 16 || length > 128))
    throw badValue("Passwords length must be between 16-128 characters.")
  return { authentication: "password", passwords: passwords.map(digest) }
}

const digest = (password: string): string => createHash("sha256").update(password).digest("hex")

const checkIam = ({ authentication, id, name }: Pick<UserRecord, "authentication" | "id" | "name">): void => {
  if (authentication === "iam" && id !== name)
    throw badMix("User Id and User name must be same for authentication type: iam")
}

const groupsOf = (call: Call, { id }: UserRecord) =>
  living(call, userGroups(call)).filter(({ userIds }) => userIds.includes(id))

const view = (call: Call, user: UserRecord): client.User => ({
  UserId: user.id,
  UserName: user.name,
  Status: statusAt(user, call.now),
  Engine: user.engine,
  MinimumEngineVersion: user.engine === "valkey" ? "7.2" : "6.0",
  AccessString: user.access,
  UserGroupIds: groupsOf(call, user).map(({ id }) => id),
  Authentication: {
    Type: user.authentication === "no_password" ? "no-password" : user.authentication,
    ...(user.authentication === "password" && { PasswordCount: user.passwords.length }),
  },
  ARN: arnOf(call, "user", user.id),
})
