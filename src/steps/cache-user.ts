import {
  CreateUserCommand,
  DeleteUserCommand,
  DescribeUsersCommand,
  ModifyUserCommand,
  paginateDescribeUsers,
  type User,
} from "@aws-sdk/client-elasticache"
import { namedIn, onAnything } from "../aws/allow.ts"
import { unlessNotFound } from "../aws/already.ts"
import type { Cloud } from "../aws/cloud.ts"
import { sameAccess } from "../aws/elasticache/access.ts"
import { cacheName, whoseName } from "../aws/elasticache/cache-names.ts"
import type { CacheEngine } from "../aws/elasticache/engines.ts"
import { everyItem } from "../aws/pages.ts"
import { generated } from "../aws/secrets/lines.ts"
import { readLine } from "../aws/secrets/read-secret.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Phase, Scope } from "../engine/types.ts"

/** Somebody who may log in to caches. The password is never among it. */
export interface CacheUser {
  readonly userId: string
  readonly userName: string
  readonly engine: string
  readonly access: string
  readonly authentication: string
}

interface CacheUserWish {
  readonly scope: Scope
  readonly userName: string
  readonly engine: CacheEngine
  readonly access: string
  /** Has the password; without one, nobody is to know it. */
  readonly secrets: readonly Need<Kept>[]
}

interface Kept {
  readonly secretName: string
}

const cacheUser = ({ scope, userName, engine, access, secrets }: CacheUserWish) => {
  const userId = cacheName(scope, userName)
  const password = (ctx: Cloud, [secret]: readonly Kept[]) =>
    secret ? readLine(ctx, secret.secretName, "CACHE_PASSWORD") : generated()
  return step({
    kind: cacheUserKind,
    name: userName,
    scope,
    needs: { secrets },
    spec: { userId, userName, engine, access, authentication: "password" },
    async occupant(ctx) {
      const found = await unlessNotFound(ctx.elasticache.send(new DescribeUsersCommand({ UserId: userId })))
      return found?.Users?.map(liveOf)[0]
    },
    async create(ctx, { secrets }, birth) {
      await ctx.elasticache.send(
        new CreateUserCommand({
          UserId: userId,
          UserName: userName,
          Engine: engine,
          AccessString: access,
          Passwords: [await password(ctx, secrets)],
          Tags: birthTags(birth),
        }),
      )
    },
    async update(ctx, _, changes, { secrets }) {
      const relogs = changes.some(({ field }) => field === "authentication")
      await ctx.elasticache.send(
        new ModifyUserCommand({
          UserId: userId,
          AccessString: access,
          ...(relogs && { Passwords: [await password(ctx, secrets)] }),
        }),
      )
    },
  })
}

export interface SystemUserWish {
  readonly scope: Scope
  readonly system: string
  readonly engine: CacheEngine
  /** Its line CACHE_PASSWORD is the password. */
  readonly secret: Need<Kept>
}

/**
 * A system's own user. That each keeps to eight logical databases is a convention: ElastiCache's rules can't tell
 * databases apart in every version, and the systems' keys have no beginning in common. What empties or exchanges all
 * of them at once, neither may.
 */
export const systemUser = ({ scope, system, engine, secret }: SystemUserWish) =>
  cacheUser({
    scope,
    userName: system,
    engine,
    access: "on ~* &* +@all -flushall -swapdb",
    secrets: [secret],
  })

export interface DefaultUserWish {
  readonly scope: Scope
  readonly engine: CacheEngine
}

/** Stands in for ElastiCache's own `default`, who may do everything without a password: this one can do nothing. */
export const defaultUser = ({ scope, engine }: DefaultUserWish) =>
  cacheUser({
    scope,
    userName: "default",
    engine,
    access: "off ~keys* -@all",
    // Valkey takes no user without a password.
    secrets: [],
  })

export const cacheUserKind: CloudKind<CacheUser> = {
  name: "cache-user",
  unique: "name",
  async list(ctx, scopes) {
    const users = await everyItem(paginateDescribeUsers({ client: ctx.elasticache }, {}), (page) => page.Users)
    return users.flatMap((user) => {
      const whose = whoseName(scopes, user.UserId ?? "")
      return whose ? [{ ...whose, live: liveOf(user), owner: "ours", phase: phaseOf(user) } as const] : []
    })
  },
  async destroy(ctx, { userId }) {
    await ctx.elasticache.send(new DeleteUserCommand({ UserId: userId }))
    return undefined
  },
  before: ["cache-user-group"],
  fixed: ["userId", "userName", "engine"],
  agrees: (field, live, want) => field === "access" && sameAccess(live, want),
  blank: { userId: "", userName: "", engine: "", access: "", authentication: "" },
  allow: [
    onAnything("elasticache:DescribeUsers"),
    {
      action: [
        "elasticache:CreateUser",
        "elasticache:ModifyUser",
        "elasticache:DeleteUser",
        "elasticache:AddTagsToResource",
      ],
      resource: namedIn("elasticache", "user"),
    },
  ],
  usually: { create: 2, update: 10, destroy: 30 },
}

const phaseOf = ({ Status }: User): Phase =>
  Status === "active" ? "ready" : Status === "deleting" ? "leaving" : "pending"

const liveOf = ({ UserId = "", UserName = "", Engine = "", AccessString = "", Authentication }: User): CacheUser => ({
  userId: UserId,
  userName: UserName,
  engine: Engine,
  access: AccessString,
  authentication: Authentication?.Type ?? "",
})
