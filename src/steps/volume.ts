import {
  CreateVolumeCommand,
  DeleteVolumeCommand,
  type Volume as Described,
  ModifyVolumeCommand,
  paginateDescribeVolumes,
} from "@aws-sdk/client-ec2"
import { bearing, onAnything, onOwn } from "../aws/allow.ts"
import { keepLast } from "../aws/ec2/final-snapshot.ts"
import { letGo } from "../aws/ec2/let-go.ts"
import { idOf, type VolumeId } from "../aws/ids.ts"
import { listed } from "../aws/listed.ts"
import { everyItem } from "../aws/pages.ts"
import { isWishedAfter, madeNew, snapshotIn, sourceIn, sourceTags } from "../aws/source.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { scopeFilter, tagSpecification } from "../aws/tags.ts"
import type { Phase, Scope } from "../engine/types.ts"
import { UserError } from "../errors.ts"
import { monthlyUsd } from "../prices.ts"

/** A disk of its own, which outlives the machine that it stands at. */
export interface Volume {
  readonly id: VolumeId
  readonly born: string
  /** What it was made from. */
  readonly source: string
  readonly zone: string
  readonly gb: number
  readonly type: string
  readonly iops: number
  readonly throughput: number
  readonly encrypted: boolean
}

export interface VolumeWish {
  readonly scope: Scope
  readonly name: string
  readonly gb: number
  /** What it is made from: empty, or with what a snapshot has. */
  readonly source: Need<{ readonly value: string }>
  /** The choice of zones, and which of them: a machine of another zone cannot have it. */
  readonly zones: Need<{ readonly value: string }>
  readonly zone: number
}

export const volume = ({ scope, name, gb, source, zones, zone }: VolumeWish) => {
  const shape = { gb, type: "gp3", iops: 3000, throughput: 125 } as const
  const zoneIn = (value: string) => value.split(",")[zone] ?? ""
  return step({
    kind: volumeKind,
    name,
    scope,
    needs: { source, zones },
    spec: { ...shape, encrypted: true },
    links: ({ source, zones }) => ({ source: source.value, zone: zoneIn(zones.value) }),
    async create(ctx, { source, zones }, birth) {
      const SnapshotId = snapshotIn(source.value)
      await ctx.ec2.send(
        new CreateVolumeCommand({
          AvailabilityZone: zoneIn(zones.value),
          // What comes out of a snapshot is as large as that was; it grows after it, where more is wanted.
          ...(SnapshotId === undefined ? { Size: gb } : { SnapshotId }),
          VolumeType: shape.type,
          Iops: shape.iops,
          Throughput: shape.throughput,
          Encrypted: true,
          ClientToken: birth.token,
          TagSpecifications: [tagSpecification(birth, "volume", sourceTags(source.value))],
        }),
      )
    },
    async update(ctx, live) {
      if (gb < live.gb)
        throw new UserError(`the volume ${live.id} has ${live.gb} GB and cannot shrink to ${gb} GB`, {
          hint: "a volume can only grow: give it a size that is larger",
        })
      const { type, iops, throughput } = shape
      await ctx.ec2.send(
        new ModifyVolumeCommand({ VolumeId: live.id, Size: gb, VolumeType: type, Iops: iops, Throughput: throughput }),
      )
    },
  })
}

export const volumeKind: CloudKind<Volume> = {
  name: "volume",
  unique: "token",
  async list(ctx, scopes) {
    const pages = paginateDescribeVolumes({ client: ctx.ec2 }, { Filters: [scopeFilter(scopes)] })
    const volumes = await everyItem(pages, (page) => page.Volumes)
    return listed("volume", volumes, (one) => {
      const phase = phaseOf(one)
      return phase && { live: liveOf(one), phase }
    })
  },
  async destroy(ctx, { id }, { purge, succeeded = false }) {
    if (succeeded) await letGo(ctx, id)
    const kept = purge ? undefined : await keepLast(ctx, id)
    await ctx.ec2.send(new DeleteVolumeCommand({ VolumeId: id }))
    if (!kept) return undefined
    const usd = monthlyUsd({ sku: "ebs/snapshot-gb", units: kept.gb }) ?? 0
    const cost = `at most ${kept.gb} GB, ${usd.toFixed(2)} USD a month, made on ${kept.date}`
    return { leaves: `the snapshot ${kept.id} with the last of it: ${cost}` }
  },
  // What runs there has written all when the machine has gone down, and not before.
  before: ["instance"],
  fixed: ["zone", "encrypted", "source"],
  superseded: (field, { born }, want) => field === "source" && isWishedAfter(want, born),
  blank: {
    id: "vol-new",
    born: "",
    source: madeNew,
    zone: "",
    gb: 0,
    type: "gp3",
    iops: 3000,
    throughput: 125,
    encrypted: true,
  },
  holdsData: true,
  allow: [
    onAnything("ec2:DescribeVolumes", "ec2:DescribeSnapshots", "ec2:DescribeInstances"),
    ...bearing("ec2:CreateVolume", "volume"),
    onOwn("snapshot", "ec2:CreateVolume"),
    ...bearing("ec2:CreateSnapshot", "snapshot"),
    onOwn("volume", "ec2:CreateSnapshot", "ec2:ModifyVolume", "ec2:DetachVolume", "ec2:DeleteVolume"),
    onOwn("instance", "ec2:StopInstances", "ec2:DetachVolume"),
    onOwn("snapshot", "ec2:DeleteTags"),
  ],
  price: ({ gb }) => [{ sku: "ebs/gp3-gb", units: gb }],
  usually: { create: 6, update: 10, destroy: 90 },
}

const phaseOf = ({ State }: Described): Phase | undefined => {
  if (State === "deleted") return undefined
  if (State === "deleting") return "leaving"
  if (State === "error") return { failed: "AWS says that the disk is lost" }
  return State === "creating" ? "pending" : "ready"
}

const liveOf = (one: Described): Volume => ({
  id: idOf("vol", one.VolumeId),
  born: one.CreateTime?.toISOString() ?? "",
  source: sourceIn(one.Tags),
  zone: one.AvailabilityZone ?? "",
  gb: one.Size ?? 0,
  type: one.VolumeType ?? "",
  iops: one.Iops ?? 0,
  throughput: one.Throughput ?? 0,
  encrypted: one.Encrypted ?? false,
})
