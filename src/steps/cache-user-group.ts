import {
  CreateUserGroupCommand,
  DeleteUserGroupCommand,
  DescribeUserGroupsCommand,
  ModifyUserGroupCommand,
  paginateDescribeUserGroups,
  type UserGroup,
} from "@aws-sdk/client-elasticache"
import { arn, namedIn, onAnything } from "../aws/allow.ts"
import { unlessNotFound } from "../aws/already.ts"
import type { Cloud } from "../aws/cloud.ts"
import { unlessBusy } from "../aws/elasticache/busy.ts"
import { cacheName, whoseName } from "../aws/elasticache/cache-names.ts"
import type { CacheEngine } from "../aws/elasticache/engines.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Phase, Scope } from "../engine/types.ts"
import { NotFound } from "../errors.ts"

/** Who may log in to a cache. */
export interface CacheUserGroup {
  readonly groupId: string
  readonly engine: string
  readonly userIds: readonly string[]
}

export interface CacheUserGroupWish {
  readonly scope: Scope
  readonly name: string
  readonly engine: CacheEngine
  readonly users: readonly Need<{ readonly userId: string }>[]
}

export const cacheUserGroup = ({ scope, name, engine, users }: CacheUserGroupWish) => {
  const groupId = cacheName(scope, name)
  return step({
    kind: cacheUserGroupKind,
    name,
    scope,
    needs: { users },
    spec: { groupId, engine },
    links: ({ users }) => ({ userIds: users.map(({ userId }) => userId).toSorted() }),
    async occupant(ctx) {
      const found = await unlessNotFound(ctx.elasticache.send(new DescribeUserGroupsCommand({ UserGroupId: groupId })))
      return found?.UserGroups?.map(liveOf)[0]
    },
    async create(ctx, { users }, birth) {
      await ctx.elasticache.send(
        new CreateUserGroupCommand({
          UserGroupId: groupId,
          Engine: engine,
          UserIds: users.map(({ userId }) => userId),
          Tags: birthTags(birth),
        }),
      )
    },
    async update(ctx, { userIds }, _, { users }) {
      const wanted = users.map(({ userId }) => userId)
      try {
        await setMembers(ctx, groupId, userIds, wanted)
      } catch (error) {
        if (!(error instanceof NotFound)) throw error
        // Whoever was deleted meanwhile has left by himself.
        const found = await ctx.elasticache.send(new DescribeUserGroupsCommand({ UserGroupId: groupId }))
        await setMembers(ctx, groupId, found.UserGroups?.[0]?.UserIds ?? [], wanted)
      }
    },
  })
}

async function setMembers(
  ctx: Cloud,
  UserGroupId: string,
  has: readonly string[],
  wanted: readonly string[],
): Promise<void> {
  const UserIdsToAdd = wanted.filter((id) => !has.includes(id))
  const UserIdsToRemove = has.filter((id) => !wanted.includes(id))
  if (UserIdsToAdd.length + UserIdsToRemove.length === 0) return
  await unlessBusy(
    ctx.elasticache.send(
      new ModifyUserGroupCommand({
        UserGroupId,
        ...(UserIdsToAdd.length > 0 && { UserIdsToAdd }),
        ...(UserIdsToRemove.length > 0 && { UserIdsToRemove }),
      }),
    ),
  )
}

export const cacheUserGroupKind: CloudKind<CacheUserGroup> = {
  name: "cache-user-group",
  unique: "name",
  async list(ctx, scopes) {
    const pages = paginateDescribeUserGroups({ client: ctx.elasticache }, {})
    const groups = await everyItem(pages, (page) => page.UserGroups)
    return groups.flatMap((group) => {
      const whose = whoseName(scopes, group.UserGroupId ?? "")
      return whose ? [{ ...whose, live: liveOf(group), owner: "ours", phase: phaseOf(group) } as const] : []
    })
  },
  async destroy(ctx, { groupId }) {
    await ctx.elasticache.send(new DeleteUserGroupCommand({ UserGroupId: groupId }))
    return undefined
  },
  before: ["cache"],
  fixed: ["groupId", "engine"],
  blank: { groupId: "", engine: "", userIds: [] },
  allow: [
    onAnything("elasticache:DescribeUserGroups"),
    {
      action: [
        "elasticache:CreateUserGroup",
        "elasticache:ModifyUserGroup",
        "elasticache:DeleteUserGroup",
        "elasticache:AddTagsToResource",
      ],
      resource: namedIn("elasticache", "usergroup"),
    },
    { action: "elasticache:CreateUserGroup", resource: namedIn("elasticache", "user") },
    // Whoever was added to the group is taken out again, whatever he is called.
    { action: "elasticache:ModifyUserGroup", resource: arn("elasticache", "user:*") },
  ],
  usually: { create: 5, update: 30, destroy: 15 },
}

const phaseOf = ({ Status }: UserGroup): Phase =>
  Status === "active" ? "ready" : Status === "deleting" ? "leaving" : "pending"

const liveOf = ({ UserGroupId = "", Engine = "", UserIds = [] }: UserGroup): CacheUserGroup => ({
  groupId: UserGroupId,
  engine: Engine,
  userIds: UserIds.toSorted(),
})
