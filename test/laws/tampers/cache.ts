import { CreateSecurityGroupCommand, DescribeSubnetsCommand } from "@aws-sdk/client-ec2"
import {
  CreateUserCommand,
  DescribeCacheSubnetGroupsCommand,
  ModifyCacheParameterGroupCommand,
  ModifyCacheSubnetGroupCommand,
  ModifyReplicationGroupCommand,
  type ModifyReplicationGroupCommandInput,
  ModifyUserCommand,
  ModifyUserGroupCommand,
} from "@aws-sdk/client-elasticache"
import type { Session } from "../../../src/aws/clients.ts"
import type { Cache } from "../../../src/aws/elasticache/replication-group.ts"
import { cacheKind } from "../../../src/steps/cache.ts"
import { cacheParametersKind } from "../../../src/steps/cache-parameters.ts"
import { cacheSubnetGroupKind } from "../../../src/steps/cache-subnet-group.ts"
import { cacheUserKind } from "../../../src/steps/cache-user.ts"
import { cacheUserGroupKind } from "../../../src/steps/cache-user-group.ts"
import { tampersOf } from "./table.ts"

const name = "it is the name, and nothing is renamed"
const atBirth = "ElastiCache lets nobody change it after the birth"
const ofTwo = "it wants a second node, which a cache of one cannot have in place here"

type Members = Omit<ModifyReplicationGroupCommandInput, "ReplicationGroupId" | "ApplyImmediately">

/** Changed at once, and waited for. */
const modified =
  (members: Members | ((live: Cache) => Members)) =>
  async (by: Session, live: Cache): Promise<void> => {
    const asked = typeof members === "function" ? members(live) : members
    await by.elasticache.send(
      new ModifyReplicationGroupCommand({
        ReplicationGroupId: live.identifier,
        ApplyImmediately: true,
        ...asked,
      }),
    )
    // Longer than any of these takes.
    await by.clock.sleep(900_000)
  }

export const cacheTampers = [
  tampersOf(cacheSubnetGroupKind, {
    fields: {
      async subnetIds({ ec2, elasticache }, { groupName: CacheSubnetGroupName, vpcId, subnetIds }) {
        const Filters = [{ Name: "vpc-id", Values: [vpcId] }]
        const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters }))
        const another = Subnets.map(({ SubnetId = "" }) => SubnetId).filter((id) => !subnetIds.includes(id))
        const SubnetIds = [...subnetIds, ...another.slice(0, 1)]
        await elasticache.send(new ModifyCacheSubnetGroupCommand({ CacheSubnetGroupName, SubnetIds }))
      },
    },
    fixed: { groupName: name, vpcId: "a subnet group stays in its network" },
  }),
  tampersOf(cacheParametersKind, {
    fields: {
      parameters: [
        ({ elasticache }, { groupName }) => elasticache.send(setting(groupName, "tcp-keepalive", "300")),
        ({ elasticache }, { groupName }) => elasticache.send(setting(groupName, "maxmemory-policy", "noeviction")),
      ],
    },
    fixed: { groupName: name, family: "a parameter group keeps its family" },
  }),
  tampersOf(cacheUserKind, {
    fields: {
      access: [
        ({ elasticache }, { userId: UserId }) =>
          elasticache.send(new ModifyUserCommand({ UserId, AccessString: "on ~* &* +@all" })),
        ({ elasticache }, { userId: UserId }) =>
          elasticache.send(new ModifyUserCommand({ UserId, AppendAccessString: "~others:*" })),
      ],
      authentication: ({ elasticache }, { userId: UserId }) =>
        elasticache.send(new ModifyUserCommand({ UserId, NoPasswordRequired: true })),
    },
    fixed: { userId: name, userName: name, engine: atBirth },
  }),
  tampersOf(cacheUserGroupKind, {
    fields: {
      userIds: async ({ elasticache, clock }, { groupId: UserGroupId, engine: Engine }) => {
        const Passwords = ["sixteen-letters-at-least"]
        const stranger = { UserId: "others", UserName: "others", Engine, AccessString: "on ~* +@all", Passwords }
        await elasticache.send(new CreateUserCommand(stranger))
        await elasticache.send(new ModifyUserGroupCommand({ UserGroupId, UserIdsToAdd: ["others"] }))
        await clock.sleep(60_000)
      },
    },
    fixed: { groupId: name, engine: atBirth },
  }),
  tampersOf(cacheKind, {
    fields: {
      nodeType: modified({ CacheNodeType: "cache.t3.small" }),
      async parameterGroup(by, live) {
        const major = live.version.split(".")[0]
        await modified({ CacheParameterGroupName: `default.${live.engine}${major}` })(by, live)
      },
      async groupIds(by, live) {
        const CacheSubnetGroupName = live.subnetGroup
        const { CacheSubnetGroups: [group] = [] } = await by.elasticache.send(
          new DescribeCacheSubnetGroupsCommand({ CacheSubnetGroupName }),
        )
        const { GroupId = "" } = await by.ec2.send(
          new CreateSecurityGroupCommand({ GroupName: "others", Description: "others", VpcId: group?.VpcId }),
        )
        await modified({ SecurityGroupIds: [GroupId] })(by, live)
      },
      userGroupIds: modified(({ userGroupIds }) => ({ UserGroupIdsToRemove: [...userGroupIds] })),
      tls: modified({ TransitEncryptionMode: "preferred" }),
      maintenanceWindow: modified({ PreferredMaintenanceWindow: "mon:10:00-mon:11:00" }),
      snapshotDays: modified({ SnapshotRetentionLimit: 7 }),
      minorUpgrades: modified({ AutoMinorVersionUpgrade: false }),
    },
    fixed: {
      identifier: name,
      engine: "ElastiCache takes a cache from Redis to Valkey, and none of ours is made so",
      version: "it goes up only, and what is later is as good",
      nodes: ofTwo,
      failover: ofTwo,
      multiAz: ofTwo,
      subnetGroup: atBirth,
      vpcId: "that of its subnet group, which it keeps",
      encrypted: atBirth,
      port: atBirth,
    },
  }),
]

const setting = (CacheParameterGroupName: string, ParameterName: string, ParameterValue: string) =>
  new ModifyCacheParameterGroupCommand({
    CacheParameterGroupName,
    ParameterNameValues: [{ ParameterName, ParameterValue }],
  })
