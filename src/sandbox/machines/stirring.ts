import { statSync } from "node:fs"
import { join } from "node:path"
import type { Call } from "../service.ts"
import { roles } from "../services/iam/records.ts"
import { objects } from "../services/s3/records.ts"
import type { World } from "../world.ts"
import type { MachinePaths } from "./paths.ts"
import { lookInto } from "./within.ts"

/**
 * What a timer of seconds would find changed: the objects that say how systems trade, who may read them, the containers
 * of the machine, and what goes wrong in the sandbox. Two texts are the same where it would find nothing new.
 */
export function stirringOf(world: World, region: string): (paths: MachinePaths) => string {
  const known = new Map<string, Looked>()
  const watched = Object.entries(LOOKS)
  return (paths) => {
    const texts = watched.map(([table, look]) => {
      const rows = world.store.contents().tables.get(table)
      const last = known.get(table)
      // Looked at once for all the machines, and only where any record of the kind was written.
      if (last && last.rows === rows) return last.text
      const text = rows ? lookInto(world, region, look) : ""
      known.set(table, { rows, text })
      return text
    })
    const rules = world.faults.list().map(({ hits: _, ...rule }) => rule)
    return [...texts, changedAt(join(paths.records, "docker.json")), JSON.stringify(rules)].join("\n")
  }
}

interface Looked {
  readonly rows: object | undefined
  readonly text: string
}

const LOOKS: Readonly<Record<string, (call: Call) => string>> = {
  "s3/object": (call) =>
    objects(call)
      .all()
      .filter(({ Key }) => Key.startsWith("trading/"))
      .map(({ Bucket, Key, Versions: [newest] }) =>
        [Bucket, Key, newest?.VersionId, newest?.LastModified, newest?.Kind === "content" && newest.ETag].join(" "),
      )
      .join("\n"),
  "iam/role": (call) =>
    JSON.stringify(
      roles(call)
        .all()
        .map(({ Inline, RoleId }) => [RoleId, Inline]),
    ),
}

const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
