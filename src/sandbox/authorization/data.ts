import { anything, both, linked, on, type Row, type Rows, taggedAt, want } from "./needs.ts"

const db = on("db:{DBInstanceIdentifier}")
const parameters = on("pg:{DBParameterGroupName}")
const subnets = on("subgrp:{DBSubnetGroupName}")
const snapshot = on("snapshot:{DBSnapshotIdentifier}")
const tagsDb = taggedAt("db:{DBInstanceIdentifier}", "rds:AddTagsToResource")
const tagsSnapshot = taggedAt("snapshot:{DBSnapshotIdentifier}", "rds:AddTagsToResource")

/** Without a group of its own a database has the engine's. */
const options: Row = (ask) =>
  ask.input.OptionGroupName === undefined ? on("og:default:postgres")(ask) : on("og:{OptionGroupName}")(ask)

/** A password that RDS keeps lies in a secret, made in the name of whoever asks for the database. */
const keepsSecret: Row = (ask) => {
  if (ask.input.ManageMasterUserPassword !== true) return []
  const { account, partition, region } = ask.call
  const secret = `arn:${partition}:secretsmanager:${region}:${account}:secret:rds!db-new`
  const key = `arn:${partition}:kms:${region}:${account}:key/of-secrets-manager`
  return [
    want(ask, secret, { action: "secretsmanager:CreateSecret" }),
    want(ask, secret, { action: "secretsmanager:TagResource" }),
    want(ask, key, { action: "kms:DescribeKey" }),
  ]
}

const rdsRole = linked("rds.amazonaws.com", "AWSServiceRoleForRDS")

export const rdsRows: Rows = {
  AddTagsToResource: on("{ResourceName}"),
  CopyDBSnapshot: both(
    on("snapshot:{SourceDBSnapshotIdentifier}"),
    on("snapshot:{TargetDBSnapshotIdentifier}"),
    taggedAt("snapshot:{TargetDBSnapshotIdentifier}", "rds:AddTagsToResource"),
  ),
  CreateDBInstance: both(db, parameters, subnets, options, tagsDb, keepsSecret, rdsRole),
  CreateDBParameterGroup: both(parameters, taggedAt("pg:{DBParameterGroupName}", "rds:AddTagsToResource")),
  CreateDBSnapshot: both(db, snapshot, tagsSnapshot),
  CreateDBSubnetGroup: both(subnets, taggedAt("subgrp:{DBSubnetGroupName}", "rds:AddTagsToResource")),
  DeleteDBInstance: db,
  DeleteDBParameterGroup: parameters,
  DeleteDBSnapshot: snapshot,
  DeleteDBSubnetGroup: subnets,
  DescribeDBEngineVersions: anything(),
  DescribeDBInstances: on("db:*"),
  DescribeDBParameterGroups: on("pg:*"),
  DescribeDBParameters: parameters,
  DescribeDBSnapshots: on("snapshot:*"),
  DescribeDBSubnetGroups: on("subgrp:*"),
  DescribeOrderableDBInstanceOptions: anything(),
  ListTagsForResource: on("{ResourceName}"),
  ModifyDBInstance: both(db, parameters),
  ModifyDBParameterGroup: parameters,
  ModifyDBSubnetGroup: subnets,
  RebootDBInstance: db,
  RemoveTagsFromResource: on("{ResourceName}"),
  ResetDBParameterGroup: parameters,
  RestoreDBInstanceFromDBSnapshot: both(db, parameters, subnets, options, snapshot, tagsDb, keepsSecret),
  StartDBInstance: db,
  StopDBInstance: db,
}

const cache = on("replicationgroup:{ReplicationGroupId}")
const cacheParameters = on("parametergroup:{CacheParameterGroupName}")
const cacheSubnets = on("subnetgroup:{CacheSubnetGroupName}")
const user = on("user:{UserId}")
const userGroup = on("usergroup:{UserGroupId}")
const tags = (template: string): Row => taggedAt(template, "elasticache:AddTagsToResource")

export const elasticacheRows: Rows = {
  AddTagsToResource: on("{ResourceName}"),
  CreateCacheParameterGroup: both(cacheParameters, tags("parametergroup:{CacheParameterGroupName}")),
  CreateCacheSubnetGroup: both(cacheSubnets, tags("subnetgroup:{CacheSubnetGroupName}")),
  CreateReplicationGroup: both(
    cache,
    cacheParameters,
    cacheSubnets,
    on("usergroup:{UserGroupIds}"),
    tags("replicationgroup:{ReplicationGroupId}"),
    linked("elasticache.amazonaws.com", "AWSServiceRoleForElastiCache"),
  ),
  CreateUser: both(user, tags("user:{UserId}")),
  CreateUserGroup: both(userGroup, on("user:{UserIds}"), tags("usergroup:{UserGroupId}")),
  DeleteCacheParameterGroup: cacheParameters,
  DeleteCacheSubnetGroup: cacheSubnets,
  DeleteReplicationGroup: cache,
  DeleteUser: user,
  DeleteUserGroup: userGroup,
  DescribeCacheClusters: on("cluster:*"),
  DescribeCacheEngineVersions: anything(),
  DescribeCacheParameterGroups: on("parametergroup:*"),
  DescribeCacheParameters: cacheParameters,
  DescribeCacheSubnetGroups: on("subnetgroup:*"),
  DescribeReplicationGroups: on("replicationgroup:*"),
  DescribeUserGroups: on("usergroup:*"),
  DescribeUsers: on("user:*"),
  ListTagsForResource: on("{ResourceName}"),
  ModifyCacheParameterGroup: cacheParameters,
  ModifyCacheSubnetGroup: cacheSubnets,
  ModifyReplicationGroup: both(cache, cacheParameters, on("usergroup:{UserGroupIdsToAdd}")),
  ModifyUser: user,
  ModifyUserGroup: both(userGroup, on("user:{UserIdsToAdd}"), on("user:{UserIdsToRemove}")),
  RemoveTagsFromResource: on("{ResourceName}"),
  ResetCacheParameterGroup: cacheParameters,
}
