import {
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
} from "@aws-sdk/client-ec2"
import {
  DeleteReplicationGroupCommand,
  DeleteUserCommand,
  DeleteUserGroupCommand,
  ModifyReplicationGroupCommand,
  type ModifyReplicationGroupCommandInput,
} from "@aws-sdk/client-elasticache"
import { DeleteDBInstanceCommand } from "@aws-sdk/client-rds"
import { DeleteSecretCommand } from "@aws-sdk/client-secrets-manager"
import type { Session } from "../../src/aws/clients.ts"
import { systems } from "../../src/nodes/systems.ts"
import type { The } from "./ground.ts"
import type { Removal } from "./removals.ts"

/** The node is told where the data is, and is told again when that is somewhere else. */
const moved: readonly string[] = systems.map((system) => `system/${system} differs: wish (pending)`)
const elsewhere: readonly string[] = [
  "setting/data differs: lines (pending)",
  "databases/main differs: wish (pending)",
  ...moved,
]

/** What keeps the systems' data, and who may read it. */
export const dataRemovals: readonly Removal[] = [
  {
    key: "database/postgres",
    async does({ rds, clock }, the) {
      const DBInstanceIdentifier = the("database/postgres", "identifier")
      await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }))
      // Far longer than it takes.
      await clock.sleep(600_000)
    },
    also: elsewhere,
  },
  {
    key: "cache/main",
    async does({ elasticache, clock }, the) {
      const ReplicationGroupId = the("cache/main", "identifier")
      await elasticache.send(new DeleteReplicationGroupCommand({ ReplicationGroupId }))
      // Far longer than it takes.
      await clock.sleep(900_000)
    },
    also: ["setting/cache differs: lines (pending)", ...moved],
  },
  {
    key: "cache-user/smart-0dte",
    async does({ elasticache, clock }, the) {
      await elasticache.send(new DeleteUserCommand({ UserId: the("cache-user/smart-0dte", "userId") }))
      await clock.sleep(120_000)
    },
    // ElastiCache takes it out of its groups by itself.
    also: ["cache-user-group/main differs: userIds (pending)"],
  },
  {
    key: "cache-user-group/main",
    async does(by, the) {
      const UserGroupId = the("cache-user-group/main", "groupId")
      await changed(by, the, { UserGroupIdsToRemove: [UserGroupId] })
      await by.elasticache.send(new DeleteUserGroupCommand({ UserGroupId }))
      await by.clock.sleep(120_000)
    },
    also: ["cache/main differs: userGroupIds (pending)"],
  },
  {
    key: "security-group/cache",
    async does(by, the) {
      const another = { VpcId: the("vpc/main"), GroupName: anothers, Description: "of somebody" }
      const { GroupId = "" } = await by.ec2.send(new CreateSecurityGroupCommand(another))
      await changed(by, the, { SecurityGroupIds: [GroupId] })
      await by.ec2.send(new DeleteSecurityGroupCommand({ GroupId: the("security-group/cache") }))
    },
    also: ["cache/main differs: groupIds (pending)"],
    async tidies({ ec2 }) {
      const Filters = [{ Name: "group-name", Values: [anothers] }]
      const { SecurityGroups: [found] = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }))
      await ec2.send(new DeleteSecurityGroupCommand({ GroupId: found?.GroupId }))
    },
  },
  {
    key: "secret/smart-0dte/generated",
    // As the console does it: it can be had back for a week.
    does: ({ secrets }, the) =>
      secrets.send(
        new DeleteSecretCommand({
          SecretId: the("secret/smart-0dte/generated", "secretName"),
          RecoveryWindowInDays: 7,
        }),
      ),
    // A new one would be another to those who read it.
    also: ["databases/main differs: wish (pending)", "influx/main differs: wish (pending)"],
  },
]

const anothers = "another"

async function changed(
  { elasticache, clock }: Session,
  the: The,
  members: Omit<ModifyReplicationGroupCommandInput, "ReplicationGroupId" | "ApplyImmediately">,
) {
  const ReplicationGroupId = the("cache/main", "identifier")
  await elasticache.send(new ModifyReplicationGroupCommand({ ReplicationGroupId, ApplyImmediately: true, ...members }))
  // Longer than any of these takes.
  await clock.sleep(900_000)
}
