import {
  CreateReplicationGroupCommand,
  CreateUserCommand,
  CreateUserGroupCommand,
  DeleteCacheSubnetGroupCommand,
  DeleteReplicationGroupCommand,
  DeleteUserCommand,
  DescribeCacheClustersCommand,
  DescribeCacheEngineVersionsCommand,
  DescribeCacheParameterGroupsCommand,
  DescribeReplicationGroupsCommand,
  DescribeUsersCommand,
  ModifyCacheParameterGroupCommand,
  ModifyCacheSubnetGroupCommand,
  ModifyReplicationGroupCommand,
  ModifyUserCommand,
  ModifyUserGroupCommand,
} from "@aws-sdk/client-elasticache"
import type { Session } from "../../src/aws/clients.ts"
import { type Correction, isMissing } from "./moto-correction.ts"

/** Of ElastiCache, moto_cache.py makes what is missing of a cache's birth and end. */
export const cacheCorrections: readonly Correction[] = [
  {
    name: "cache-versions",
    why: "DescribeCacheEngineVersions is not there",
    isNeeded: ({ elasticache }) => isMissing(elasticache.send(new DescribeCacheEngineVersionsCommand({}))),
  },
  {
    name: "cache-parameters",
    why: "there are no parameter groups",
    isNeeded: ({ elasticache }) => isMissing(elasticache.send(new DescribeCacheParameterGroupsCommand({}))),
  },
  {
    name: "cache-user-groups",
    why: "there are no groups of users",
    isNeeded: ({ elasticache }) =>
      isMissing(elasticache.send(new CreateUserGroupCommand({ UserGroupId: "a", Engine: "valkey", UserIds: ["a"] }))),
  },
  {
    name: "cache-subnet-groups",
    why: "DeleteCacheSubnetGroup is not there",
    isNeeded: ({ elasticache }) =>
      isMissing(elasticache.send(new DeleteCacheSubnetGroupCommand({ CacheSubnetGroupName: "a" }))),
  },
  {
    name: "cache-nodes",
    why: "the nodes of a cache are shown nowhere",
    async isNeeded(by) {
      await by.elasticache.send(new CreateReplicationGroupCommand(anyCache("nodes")))
      const { CacheClusters = [] } = await by.elasticache.send(new DescribeCacheClustersCommand({}))
      return CacheClusters.length === 0
    },
  },
  {
    name: "cache-ends",
    why: "a cache or a user that is deleted stays for ever",
    async isNeeded({ elasticache }) {
      const { ReplicationGroupId } = anyCache("ends")
      await elasticache.send(new CreateReplicationGroupCommand(anyCache("ends")))
      await elasticache.send(new DeleteReplicationGroupCommand({ ReplicationGroupId }))
      await elasticache.send(new CreateUserCommand(anyUser))
      await elasticache.send(new DeleteUserCommand({ UserId: anyUser.UserId }))
      const { ReplicationGroups = [] } = await elasticache.send(new DescribeReplicationGroupsCommand({}))
      const { Users = [] } = await elasticache.send(new DescribeUsersCommand({}))
      return (
        ReplicationGroups.some((group) => group.ReplicationGroupId === ReplicationGroupId) &&
        Users.some(({ UserId }) => UserId === anyUser.UserId)
      )
    },
  },
]

/** What of the cache is not tampered with on moto: nothing changes it there, and what we wrote would be our own check. */
export const unchangeable: readonly Unchangeable[] = [
  {
    kind: "cache-parameters",
    why: "there are no parameter groups",
    isSo: ({ elasticache }) =>
      isMissing(
        elasticache.send(
          new ModifyCacheParameterGroupCommand({
            CacheParameterGroupName: "a",
            ParameterNameValues: [{ ParameterName: "tcp-keepalive", ParameterValue: "60" }],
          }),
        ),
      ),
  },
  {
    kind: "cache-user",
    why: "ModifyUser is not there",
    isSo: ({ elasticache }) => isMissing(elasticache.send(new ModifyUserCommand({ UserId: "a", AccessString: "off" }))),
  },
  {
    kind: "cache-user-group",
    why: "there are no groups of users",
    isSo: ({ elasticache }) =>
      isMissing(elasticache.send(new ModifyUserGroupCommand({ UserGroupId: "a", UserIdsToAdd: ["a"] }))),
  },
  {
    kind: "cache-subnet-group",
    why: "ModifyCacheSubnetGroup is not there",
    isSo: ({ elasticache }) =>
      isMissing(elasticache.send(new ModifyCacheSubnetGroupCommand({ CacheSubnetGroupName: "a" }))),
  },
  {
    kind: "cache",
    why: "ModifyReplicationGroup looks at next to nothing that it is told",
    async isSo({ elasticache }) {
      await elasticache.send(new CreateReplicationGroupCommand(anyCache("changes")))
      const AutoMinorVersionUpgrade = !anyCache("changes").AutoMinorVersionUpgrade
      const { ReplicationGroup } = await elasticache.send(
        new ModifyReplicationGroupCommand({ ReplicationGroupId: "changes", AutoMinorVersionUpgrade }),
      )
      return ReplicationGroup?.AutoMinorVersionUpgrade !== AutoMinorVersionUpgrade
    },
  },
]

export interface Unchangeable {
  readonly kind: string
  readonly why: string
  /** Tried on moto as it comes. */
  isSo(by: Session): Promise<boolean>
}

const anyCache = (ReplicationGroupId: string) => ({
  ReplicationGroupId,
  ReplicationGroupDescription: "any",
  Engine: "valkey",
  CacheNodeType: "cache.t3.micro",
  AutoMinorVersionUpgrade: true,
})

const anyUser = {
  UserId: "any",
  UserName: "any",
  Engine: "valkey",
  AccessString: "off",
  Passwords: ["sixteen-letters-at-least"],
}
