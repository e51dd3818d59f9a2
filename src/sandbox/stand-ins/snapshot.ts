import { cpSync, existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { askQuery, below } from "./cloud/query.ts"
import { type Context, Fault } from "./context.ts"

/** Where the content of a volume is kept: beside the machines, as it outlives them. */
export const volumeFolder = ({ paths }: Context, volume: string): string =>
  join(dirname(dirname(paths.dir)), "volumes", volume)

/**
 * A volume that was made from a snapshot has what its origin holds, when it is first looked at. What the origin was
 * given after the snapshot comes along: the sandbox keeps no copy of each moment.
 */
export async function fillFromSnapshot(on: Context, volume: string): Promise<void> {
  const own = volumeFolder(on, volume)
  if (existsSync(own)) return
  const snapshot = await fieldOf(on, `DescribeVolumes&VolumeId.1=${volume}`, "snapshotId")
  if (snapshot === "") return
  const origin = await fieldOf(on, `DescribeSnapshots&SnapshotId.1=${snapshot}`, "volumeId")
  if (origin !== "" && existsSync(volumeFolder(on, origin))) cpSync(volumeFolder(on, origin), own, { recursive: true })
}

async function fieldOf(on: Context, question: string, name: string): Promise<string> {
  const asked = await askQuery(on, "ec2", `${question}&Version=2016-11-15`).catch(unlessFault)
  // Who cannot ask has no volume that came from anywhere; those that images are made of are Amazon's own.
  return (asked?.answer && below(asked.answer, name)[0]?.text) ?? ""
}

function unlessFault(error: unknown): undefined {
  if (!(error instanceof Fault)) throw error
}
