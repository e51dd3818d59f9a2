import type { SnapshotState } from "@aws-sdk/client-ec2"
import type { Entity, Kind } from "../rules/kind.ts"
import type { Timeline } from "../rules/timeline.ts"

export interface SnapshotRecord extends Entity {
  readonly volumeId: string
  readonly size: number
  readonly encrypted: boolean
  readonly kmsKeyArn?: string | undefined
  readonly description: string
  readonly started: number
  readonly states: Timeline<SnapshotState>
}

export const snapshots: Kind<SnapshotRecord> = {
  table: "ec2/snapshot",
  prefix: "snap",
  type: "snapshot",
  parameter: "snapshotId",
  notFound: "InvalidSnapshot.NotFound",
  malformed: "InvalidSnapshotID.Malformed",
  lost: (id) => `The snapshot '${id}' does not exist.`,
}
