import type * as rds from "@aws-sdk/client-rds"
import { type Call, handlers, Refusal } from "../../service.ts"
import { passing, seconds, stateAt, type Timeline } from "../ec2/rules/timeline.ts"
import { given } from "../given.ts"
import type { Tag } from "../tags.ts"
import { refuseUnserved, serveOnly } from "../unserved.ts"
import { demand, working } from "./life.ts"
import { checkedName, folded, instanceOf, snapshotOf } from "./lookup.ts"
import { pageOf } from "./pages.ts"
import { arnOf, type InstanceRecord, type Settings, type SnapshotRecord, settingsAt, snapshots } from "./records.ts"
import { withTags } from "./tags.ts"
import { license } from "./versions.ts"

export const snapshotHandlers = handlers<typeof rds>()({
  CreateDBSnapshot({ DBSnapshotIdentifier, DBInstanceIdentifier, Tags }, call) {
    const record = instanceOf(call, DBInstanceIdentifier)
    const inherited = settingsAt(record, call.now).copyTags ? record.tags : []
    const name = given(DBSnapshotIdentifier, "dBSnapshotIdentifier")
    return { DBSnapshot: view(call, takeSnapshot(call, record, name, withTags(inherited, Tags))) }
  },

  CopyDBSnapshot(input, call) {
    const named = ["SourceDBSnapshotIdentifier", "TargetDBSnapshotIdentifier"] as const
    serveOnly("CopyDBSnapshot", input, [...named, "CopyTags", "Tags"])
    const source = availableOf(call, snapshotOf(call, input.SourceDBSnapshotIdentifier))
    const id = freeName(call, given(input.TargetDBSnapshotIdentifier, "targetDBSnapshotIdentifier"))
    const tags = withTags(input.CopyTags ? source.tags : [], input.Tags)
    const states = passing(call.now, "creating", copying, "available")
    return { DBSnapshot: view(call, keep(call, { ...source, id, type: "manual", created: call.now, states, tags })) }
  },

  DescribeDBSnapshots(input, call) {
    refuseUnserved(input, ["Filters", "IncludePublic", "IncludeShared"])
    const { DBInstanceIdentifier: instance, DBSnapshotIdentifier: name, SnapshotType, DbiResourceId } = input
    const all = () =>
      snapshots(call)
        .all()
        .filter(({ created }) => created <= call.now)
    const named = name === undefined ? all() : [snapshotOf(call, name)]
    const found = named
      .filter((one) => instance === undefined || one.instanceId === folded(instance))
      .filter((one) => DbiResourceId === undefined || one.resourceId === DbiResourceId)
      .filter((one) => SnapshotType === undefined || one.type === SnapshotType)
    const { items, Marker } = pageOf(found, ({ id }) => id, input)
    return { DBSnapshots: items.map((one) => view(call, one)), Marker }
  },

  DeleteDBSnapshot({ DBSnapshotIdentifier }, call) {
    const record = availableOf(call, snapshotOf(call, DBSnapshotIdentifier))
    if (record.type === "automated")
      throw new Refusal(
        "InvalidDBSnapshotState",
        `The snapshot ${record.id} is not a manual one and cannot be deleted.`,
      )
    snapshots(call).delete(record.id)
    return { DBSnapshot: { ...view(call, record), Status: "deleted" } }
  },
})

const copying = seconds(120)

/** A copy of an instance as it is now, that stays when the instance goes. */
export const takeSnapshot = (
  call: Call,
  record: InstanceRecord,
  name: string,
  tags: readonly Tag[],
): SnapshotRecord => {
  const id = freeName(call, name)
  demand(
    record,
    call.now,
    [...working, "stopped"],
    `Cannot create a snapshot because the database instance ${record.id} is not currently in the available state.`,
  )
  const states = passing(call.now, "creating", copying, "available")
  return keep(call, {
    ...copyOf(record, settingsAt(record, call.now)),
    id,
    type: "manual",
    created: call.now,
    states,
    tags,
  })
}

/** The backup that RDS makes of each instance as soon as it listens, where it is to make any. */
export const firstBackup = (call: Call, record: InstanceRecord): void => {
  const { id, settings, states, listensFrom, tags } = record
  if (settings.backupDays === 0) return
  const done = states.find(([from]) => from > listensFrom)?.[0] ?? listensFrom
  const name = `rds:${id}-${new Date(listensFrom).toISOString().slice(0, 16).replaceAll(/[T:]/g, "-")}`
  const made: Timeline<string> = [
    [listensFrom, "creating"],
    [done, "available"],
  ]
  const inherited = settings.copyTags ? tags : []
  const backup = { id: name, type: "automated", created: listensFrom, states: made, tags: inherited } as const
  keep(call, { ...copyOf(record, settings), ...backup })
}

/** What RDS made of an instance by itself goes with it. */
export const dropBackups = (call: Call, { resourceId }: InstanceRecord): void => {
  for (const one of snapshots(call).all())
    if (one.type === "automated" && one.resourceId === resourceId) snapshots(call).delete(one.id)
}

const copyOf = ({ id, resourceId, ...record }: InstanceRecord, settings: Settings) => {
  const { created, masterUser, databaseName, encrypted, kmsKeyArn, vpcId, zone } = record
  const source = { created, masterUser, databaseName, encrypted, kmsKeyArn, vpcId, zone }
  return { instanceId: id, resourceId, source, settings }
}

const keep = (call: Call, snapshot: SnapshotRecord): SnapshotRecord => {
  snapshots(call).put(snapshot.id, snapshot)
  return snapshot
}

/** The name of a snapshot that somebody asks for; those that RDS makes count for nothing. */
const freeName = (call: Call, name: string): string => {
  const id = checkedName(name, "DBSnapshotIdentifier", 255)
  if (snapshots(call).has(id))
    throw new Refusal(
      "DBSnapshotAlreadyExists",
      `Cannot create the snapshot because a snapshot with the identifier ${id} already exists.`,
    )
  const manual = snapshots(call)
    .all()
    .filter(({ type }) => type === "manual")
  if (manual.length + 1 > call.quota("L-272F1212", 100))
    throw new Refusal("SnapshotQuotaExceeded", "Cannot create more than 100 manual snapshots.")
  return id
}

/** What is still being made can be neither copied, restored nor deleted. */
export const availableOf = (call: Call, record: SnapshotRecord): SnapshotRecord => {
  if (stateAt(record.states, call.now) === "available") return record
  throw new Refusal("InvalidDBSnapshotState", `The snapshot ${record.id} is not in the available state.`)
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
