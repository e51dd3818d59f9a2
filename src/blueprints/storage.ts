import type { Place } from "../aws/cloud.ts"
import type { AnyStep, Scope } from "../engine/types.ts"
import { backupBucket } from "../steps/bucket.ts"
import type { zones } from "../steps/choice.ts"
import { volume } from "../steps/volume.ts"

export interface StorageGiven {
  readonly place: Place
  readonly scope: Scope
  readonly zones: ReturnType<typeof zones>
}

/** What outlives the node: the volume of InfluxDB, and what is kept of everything. */
export function storageOf({ place, scope, zones }: StorageGiven) {
  // In the zone of the node's subnet, whichever way out that has.
  const influx = volume({ scope, name: "influx", gb: 20, zones, zone: 0 })
  const backups = backupBucket({ place, scope })
  const steps: readonly AnyStep[] = [influx, backups]
  return { influx, backups, steps }
}

/** Where the node has its disks. */
export const mounts = [
  { name: "disk", path: "/" },
  { name: "influx-disk", path: "/var/lib/smart0dte/influx" },
] as const
