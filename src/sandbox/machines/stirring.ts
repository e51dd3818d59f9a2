import { statSync } from "node:fs"
import { join } from "node:path"
import { objects } from "../services/s3/records.ts"
import type { World } from "../world.ts"
import type { MachinePaths } from "./paths.ts"
import { lookInto } from "./within.ts"

/**
 * What a timer of seconds would find changed: the objects that say how systems trade, the containers of the machine,
 * and what goes wrong in the sandbox. Two texts are the same where it would find nothing new.
 */
export function stirringOf(world: World, region: string): (paths: MachinePaths) => string {
  let seen: { readonly tables: object; readonly text: string } | undefined
  const objectsNow = () => {
    const { tables } = world.store.contents()
    const table = tables.get("s3/object")
    // Looked at once for all the machines, and only where any object was written.
    if (!table) return ""
    if (seen?.tables !== table) seen = { tables: table, text: tradingObjects(world, region) }
    return seen.text
  }
  return (paths) => {
    const rules = world.faults.list().map(({ hits: _, ...rule }) => rule)
    return `${objectsNow()} ${changedAt(join(paths.records, "docker.json"))} ${JSON.stringify(rules)}`
  }
}

const tradingObjects = (world: World, region: string): string =>
  lookInto(world, region, (call) =>
    objects(call)
      .all()
      .filter(({ Key }) => Key.startsWith("trading/"))
      .map(({ Bucket, Key, Versions: [newest] }) =>
        [Bucket, Key, newest?.VersionId, newest?.LastModified, newest?.Kind === "content" && newest.ETag].join(" "),
      )
      .join("\n"),
  )

const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
