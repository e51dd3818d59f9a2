import { copied, type Ground, running } from "../ground.ts"
import { api, guide, modified, type RdsRow } from "./case.ts"

const change = api("ModifyDBInstance")
const death = api("DeleteDBInstance")

const deleted = (aws: Ground, more: object) => aws.refused("DeleteDBInstance", { DBInstanceIdentifier: "one", ...more })

const shrunk: RdsRow[3] = () => modified({ AllocatedStorage: 40 })(running())

export const changeRows: readonly RdsRow[] = [
  ["to change what isn't there", "DBInstanceNotFound", change, modified({ DBPortNumber: 5433 })],
  [
    "to change what is being restarted",
    "InvalidDBInstanceState: not in available state",
    change,
    () => {
      const aws = running()
      aws.run("RebootDBInstance", { DBInstanceIdentifier: "one" })
      return modified({ DBPortNumber: 5433 })(aws)
    },
  ],
  ["less storage", "InvalidParameterCombination: cannot be less than", guide("Storage"), shrunk],
  [
    "storage twice in six hours",
    "InvalidParameterCombination: being optimized",
    guide("Storage"),
    () => {
      const aws = running()
      aws.run("ModifyDBInstance", { DBInstanceIdentifier: "one", AllocatedStorage: 60, ApplyImmediately: true })
      aws.pass(300)
      return modified({ AllocatedStorage: 80, ApplyImmediately: true })(aws)
    },
  ],
  [
    "an earlier version",
    "InvalidParameterCombination: Cannot upgrade postgres from 15.18 to 15.17",
    guide("Upgrading"),
    () => modified({ EngineVersion: "15.17" })(running()),
  ],
  [
    "a later major by mistake",
    "InvalidParameterCombination: AllowMajorVersionUpgrade",
    change,
    () => modified({ EngineVersion: "16.14", DBParameterGroupName: "default.postgres16" })(running()),
  ],
  [
    "a password of one's own beside RDS's",
    "InvalidParameterCombination: while RDS manages it",
    change,
    () => modified({ MasterUserPassword: "not-a-secret" })(running()),
  ],
  [
    "no managed password, and none of one's own",
    "InvalidParameterCombination: Specify MasterUserPassword",
    change,
    () => modified({ ManageMasterUserPassword: false })(running()),
  ],
  [
    "to start what runs",
    "InvalidDBInstanceState: is not stopped",
    api("StartDBInstance"),
    () => running().refused("StartDBInstance", { DBInstanceIdentifier: "one" }),
  ],
]

export const deathRows: readonly RdsRow[] = [
  [
    "to delete what is protected",
    "InvalidParameterCombination: Cannot delete protected DB Instance",
    death,
    () => deleted(running({ DeletionProtection: true }), { SkipFinalSnapshot: true }),
  ],
  [
    "to delete without saying what becomes of the data",
    "InvalidParameterCombination: FinalDBSnapshotIdentifier is required",
    death,
    () => deleted(running(), {}),
  ],
  [
    "a final snapshot, and none",
    "InvalidParameterCombination: FinalDBSnapshotIdentifier",
    death,
    () => deleted(running(), { SkipFinalSnapshot: true, FinalDBSnapshotIdentifier: "last" }),
  ],
  [
    "a final snapshot of a taken name",
    "DBSnapshotAlreadyExists",
    death,
    () => deleted(copied(running()), { FinalDBSnapshotIdentifier: "first" }),
  ],
  [
    "a final snapshot of what is being restarted",
    "InvalidDBInstanceState: Cannot create a snapshot",
    death,
    () => {
      const aws = running()
      aws.run("RebootDBInstance", { DBInstanceIdentifier: "one" })
      return deleted(aws, { FinalDBSnapshotIdentifier: "last" })
    },
  ],
  [
    "to delete twice",
    "InvalidDBInstanceState: already being deleted",
    death,
    () => {
      const aws = running()
      aws.run("DeleteDBInstance", { DBInstanceIdentifier: "one", SkipFinalSnapshot: true })
      return deleted(aws, { SkipFinalSnapshot: true })
    },
  ],
  [
    "one snapshot more than the quota",
    "SnapshotQuotaExceeded",
    guide("Quotas"),
    () => {
      const aws = running()
      aws.quotas.set("L-272F1212", 0)
      return deleted(aws, { FinalDBSnapshotIdentifier: "last" })
    },
  ],
]
