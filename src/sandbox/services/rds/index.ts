import {
  AddTagsToResource$,
  CopyDBSnapshot$,
  CreateDBInstance$,
  CreateDBParameterGroup$,
  CreateDBSnapshot$,
  CreateDBSubnetGroup$,
  DeleteDBInstance$,
  DeleteDBParameterGroup$,
  DeleteDBSnapshot$,
  DeleteDBSubnetGroup$,
  DescribeDBEngineVersions$,
  DescribeDBInstances$,
  DescribeDBParameterGroups$,
  DescribeDBParameters$,
  DescribeDBSnapshots$,
  DescribeDBSubnetGroups$,
  DescribeOrderableDBInstanceOptions$,
  ListTagsForResource$,
  ModifyDBInstance$,
  ModifyDBParameterGroup$,
  ModifyDBSubnetGroup$,
  RebootDBInstance$,
  RemoveTagsFromResource$,
  ResetDBParameterGroup$,
  RestoreDBInstanceFromDBSnapshot$,
  StartDBInstance$,
  StopDBInstance$,
} from "@aws-sdk/client-rds"
import type { Service } from "../../service.ts"
import { instanceHandlers } from "./instances.ts"
import { parameterGroupHandlers } from "./parameter-groups.ts"
import { restoreHandlers } from "./restore.ts"
import { snapshotHandlers } from "./snapshots.ts"
import { subnetGroupHandlers } from "./subnet-groups.ts"
import { tagHandlers } from "./tags.ts"
import { versionHandlers } from "./versions.ts"

export const rds: Service = {
  signingName: "rds",
  schemas: {
    AddTagsToResource$,
    CopyDBSnapshot$,
    CreateDBInstance$,
    CreateDBParameterGroup$,
    CreateDBSnapshot$,
    CreateDBSubnetGroup$,
    DeleteDBInstance$,
    DeleteDBParameterGroup$,
    DeleteDBSnapshot$,
    DeleteDBSubnetGroup$,
    DescribeDBEngineVersions$,
    DescribeDBInstances$,
    DescribeDBParameterGroups$,
    DescribeDBParameters$,
    DescribeDBSnapshots$,
    DescribeDBSubnetGroups$,
    DescribeOrderableDBInstanceOptions$,
    ListTagsForResource$,
    ModifyDBInstance$,
    ModifyDBParameterGroup$,
    ModifyDBSubnetGroup$,
    RebootDBInstance$,
    RemoveTagsFromResource$,
    ResetDBParameterGroup$,
    RestoreDBInstanceFromDBSnapshot$,
    StartDBInstance$,
    StopDBInstance$,
  },
  handlers: {
    ...subnetGroupHandlers,
    ...parameterGroupHandlers,
    ...versionHandlers,
    ...instanceHandlers,
    ...snapshotHandlers,
    ...restoreHandlers,
    ...tagHandlers,
  },
  reads: /^(Describe|List)/,
  // RDS publishes no request limits; these are far below what anyone has seen throttled.
  limits: [
    [/^(Describe|List)/, 50, 10],
    [/^/, 20, 5],
  ],
}
