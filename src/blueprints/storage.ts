import type { Place } from "../aws/cloud.ts"
import type { AnyStep, Scope } from "../engine/types.ts"
import { backupBucket } from "../steps/bucket.ts"
import { source, type zones } from "../steps/choice.ts"
import { volume } from "../steps/volume.ts"

export interface StorageWish {
  /** What the volume of InfluxDB is made from; left out, what was wished last. */
  readonly influxSource?: string | undefined
}

export interface StorageGiven extends StorageWish {
  readonly place: Place
  readonly scope: Scope
  readonly zones: ReturnType<typeof zones>
}

/** What outlives the node: the volume of InfluxDB, and what is kept of everything. */
export function storageOf({ place, scope, zones, influxSource: value }: StorageGiven) {
  // In the zone of the node's subnet, whichever way out that has.
  const influx = volume({
    scope,
    name: "influx",
    gb: 20,
    source: source({ scope, name: "influx", value }),
    zones,
    zone: 0,
  })
  const backups = backupBucket({ place, scope })
  const steps: readonly AnyStep[] = [influx, backups]
  return { influx, backups, steps }
}

/** Where the node has its disks. */
export const mounts = [
  { name: "disk", path: "/" },
  { name: "influx-disk", path: "/var/lib/smart0dte/influx" },
] as const
