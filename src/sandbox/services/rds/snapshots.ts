import type * as rds from "@aws-sdk/client-rds"
import { type Call, handlers, Refusal } from "../../service.ts"
import { passing, seconds, stateAt } from "../ec2/rules/timeline.ts"
import { given } from "../given.ts"
import type { Tag } from "../tags.ts"
import { refuseUnserved } from "../unserved.ts"
import { demand, working } from "./life.ts"
import { checkedName, folded, instanceOf, snapshotOf } from "./lookup.ts"
import { pageOf } from "./pages.ts"
import { arnOf, type InstanceRecord, type SnapshotRecord, settingsAt, snapshots } from "./records.ts"
import { withTags } from "./tags.ts"
import { license } from "./versions.ts"

export const snapshotHandlers = handlers<typeof rds>()({
  CreateDBSnapshot({ DBSnapshotIdentifier, DBInstanceIdentifier, Tags }, call) {
    const record = instanceOf(call, DBInstanceIdentifier)
    const inherited = settingsAt(record, call.now).copyTags ? record.tags : []
    const name = given(DBSnapshotIdentifier, "dBSnapshotIdentifier")
    return { DBSnapshot: view(call, takeSnapshot(call, record, name, withTags(inherited, Tags))) }
  },

  DescribeDBSnapshots(input, call) {
    refuseUnserved(input, ["Filters", "IncludePublic", "IncludeShared"])
    const { DBInstanceIdentifier: instance, DBSnapshotIdentifier: name, SnapshotType, DbiResourceId } = input
    const named = name === undefined ? snapshots(call).all() : [snapshotOf(call, name)]
    const found = named
      .filter((one) => instance === undefined || one.instanceId === folded(instance))
      .filter((one) => DbiResourceId === undefined || one.resourceId === DbiResourceId)
      .filter((one) => SnapshotType === undefined || one.type === SnapshotType)
    const { items, Marker } = pageOf(found, ({ id }) => id, input)
    return { DBSnapshots: items.map((one) => view(call, one)), Marker }
  },

  DeleteDBSnapshot({ DBSnapshotIdentifier }, call) {
    const record = snapshotOf(call, DBSnapshotIdentifier)
    if (stateAt(record.states, call.now) !== "available")
      throw new Refusal("InvalidDBSnapshotState", `The snapshot ${record.id} is not in the available state.`)
    snapshots(call).delete(record.id)
    return { DBSnapshot: { ...view(call, record), Status: "deleted" } }
  },
})

/** A copy of an instance as it is now, that stays when the instance goes. */
export const takeSnapshot = (
  call: Call,
  record: InstanceRecord,
  name: string,
  tags: readonly Tag[],
): SnapshotRecord => {
  const id = checkedName(name, "DBSnapshotIdentifier", 255)
  if (snapshots(call).has(id))
    throw new Refusal(
      "DBSnapshotAlreadyExists",
      `Cannot create the snapshot because a snapshot with the identifier ${id} already exists.`,
    )
  if (snapshots(call).all().length + 1 > call.quota("L-272F1212", 100))
    throw new Refusal("SnapshotQuotaExceeded", "Cannot create more than 100 manual snapshots.")
  demand(
    record,
    call.now,
    [...working, "stopped"],
    `Cannot create a snapshot because the database instance ${record.id} is not currently in the available state.`,
  )
  const { resourceId, created, masterUser, databaseName, encrypted, kmsKeyArn, vpcId, zone } = record
  const snapshot: SnapshotRecord = {
    id,
    instanceId: record.id,
    resourceId,
    type: "manual",
    created: call.now,
    states: passing(call.now, "creating", seconds(120), "available"),
    source: { created, masterUser, databaseName, encrypted, kmsKeyArn, vpcId, zone },
    settings: settingsAt(record, call.now),
    tags,
  }
  snapshots(call).put(id, snapshot)
  return snapshot
}

const view = (call: Call, { id, settings, source, states, ...one }: SnapshotRecord): rds.DBSnapshot => {
  const Status = stateAt(states, call.now)
  return {
    DBSnapshotIdentifier: id,
    DBSnapshotArn: arnOf(call, "snapshot", id),
    DBInstanceIdentifier: one.instanceId,
    DbiResourceId: one.resourceId,
    SnapshotType: one.type,
    SnapshotCreateTime: Status === "available" ? new Date(one.created) : undefined,
    InstanceCreateTime: new Date(source.created),
    Status,
    PercentProgress: Status === "available" ? 100 : 0,
    Engine: "postgres",
    EngineVersion: settings.engineVersion,
    LicenseModel: license,
    MasterUsername: source.masterUser,
    AllocatedStorage: settings.storageGb,
    StorageType: settings.storageType,
    Encrypted: source.encrypted,
    KmsKeyId: source.kmsKeyArn,
    VpcId: source.vpcId,
    AvailabilityZone: source.zone,
    Port: settings.port,
    SnapshotTarget: "region",
    TagList: [...one.tags],
  }
}
