import { join } from "node:path"
import type { RealEngine } from "../stand-ins/real/engine.ts"

/** Where a machine's things are, below the folder that it has to itself. */
export interface MachinePaths {
  readonly dir: string
  /** Stands before every absolute path of a script. */
  readonly root: string
  /** All the commands that there are. */
  readonly bin: string
  /** What stand-ins need to know of the machine: for its owner's eyes, as it has keys. */
  readonly facts: string
  /** What stand-ins keep. */
  readonly records: string
}

export const machinePaths = (dir: string): MachinePaths => ({
  dir,
  root: join(dir, "root"),
  bin: join(dir, "bin"),
  facts: join(dir, "machine.json"),
  records: join(dir, "records"),
})

export type Reach = "nothing" | "store" | "internet"

/** A volume as the machine sees it. */
export interface Disk {
  readonly volume: string
  /** Such as `/dev/sdf`: what was asked for, and not what the machine calls it. */
  readonly device: string
  readonly sizeGb: number
}

/** What the stand-ins on a machine know of it. */
export interface MachineFacts {
  readonly id: string
  readonly region: string
  readonly zone: string
  readonly privateIp: string
  readonly account: string
  readonly url: string
  /** Those of the instance's role, if it has one. */
  readonly keys?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** The name of that role. */
  readonly role?: string
  readonly speed: number
  /** The systems that the stand-in of git serves: a folder, or a file that holds all of them. */
  readonly samples: string
  /** When this start began, on the wall clock. */
  readonly booted: number
  /** What its packets get to: nothing, the region's own store, or all of the internet. */
  readonly reach: Reach
  readonly disks: readonly Disk[]
  /** What runs its containers, where no stand-in does. */
  readonly engine?: RealEngine
}
