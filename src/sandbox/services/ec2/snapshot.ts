import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { volumes } from "./records/compute.ts"
import { type SnapshotRecord, snapshots } from "./records/snapshot.ts"
import { type Fields, select } from "./rules/filter.ts"
import { find, live, rows, save } from "./rules/kind.ts"
import { page } from "./rules/page.ts"
import { invalidValue, serveOnly } from "./rules/refusals.ts"
import { checkTagTypes, dropTags, tagAtBirth, tagsView } from "./rules/tags.ts"
import { passing, seconds, stateAt } from "./rules/timeline.ts"

/** Of a small disk: what was never written is not copied. */
const copying = seconds(60)

export const snapshotHandlers = handlers<typeof ec2>()({
  CreateSnapshot(input, call) {
    serveOnly("CreateSnapshot", input, ["VolumeId", "Description"])
    checkTagTypes(input.TagSpecifications, ["snapshot"])
    const { id: volumeId, size, encrypted, kmsKeyArn, states } = find(call, volumes, input.VolumeId)
    if (stateAt(states, call.now) === "creating")
      throw new Refusal("IncorrectState", `The volume '${volumeId}' is not in a state from which it can be copied.`)
    const pending = live(call, snapshots).filter((one) => one.volumeId === volumeId && isPending(one, call.now))
    if (pending.length >= 5)
      throw new Refusal(
        "ConcurrentSnapshotLimitExceeded",
        "Maximum allowed in-progress snapshots for a single volume exceeded.",
      )
    const made = save(call, snapshots, {
      id: call.id("snap"),
      volumeId,
      size,
      encrypted,
      kmsKeyArn,
      description: input.Description ?? "",
      started: call.now,
      states: passing(call.now, "pending", copying, "completed"),
    })
    tagAtBirth(call, snapshots, made.id, input.TagSpecifications)
    return view(call, made)
  },

  DescribeSnapshots(input, call) {
    serveOnly("DescribeSnapshots", input, ["SnapshotIds", "Filters", "OwnerIds", "MaxResults", "NextToken"])
    const found = select(call, snapshots, input.SnapshotIds, input.Filters, fields)
    const owners = input.OwnerIds ?? []
    const unknown = owners.find((owner) => !/^(self|amazon|\d{12})$/.test(owner))
    if (unknown !== undefined) throw invalidValue(unknown, "ownerIds", "It is no account.")
    const own = owners.length === 0 || owners.includes("self") || owners.includes(call.account)
    const { items, NextToken } = page(own ? found : [], input, input.SnapshotIds)
    return { Snapshots: items.map((one) => view(call, one)), NextToken }
  },

  DeleteSnapshot(input, call) {
    const { id } = find(call, snapshots, input.SnapshotId)
    rows(call, snapshots).delete(id)
    dropTags(call, id)
    return {}
  },
})

const isPending = ({ states }: SnapshotRecord, now: number) => stateAt(states, now) === "pending"

const fields: Fields<SnapshotRecord> = {
  description: (one) => one.description,
  encrypted: (one) => one.encrypted,
  "owner-id": (_, call) => call.account,
  "snapshot-id": (one) => one.id,
  "start-time": (one) => new Date(one.started).toISOString(),
  status: (one, call) => stateAt(one.states, call.now),
  "volume-id": (one) => one.volumeId,
  "volume-size": (one) => one.size,
}

const view = (call: Call, one: SnapshotRecord): ec2.Snapshot => ({
  SnapshotId: one.id,
  VolumeId: one.volumeId,
  VolumeSize: one.size,
  Encrypted: one.encrypted,
  KmsKeyId: one.kmsKeyArn,
  Description: one.description,
  OwnerId: call.account,
  StartTime: new Date(one.started),
  State: stateAt(one.states, call.now),
  Progress: isPending(one, call.now) ? `${Math.floor(((call.now - one.started) * 100) / copying)}%` : "100%",
  StorageTier: "standard",
  Tags: tagsView(call, one.id),
})
