import { chmodSync, existsSync, mkdirSync } from "node:fs"
import { dirname } from "node:path"

/**
 * Makes a folder that only its owner may look into, and what is missing above it. Level by level: Node's own
 * recursion never ends where a file system, such as /proc, says that a folder it shows is not there.
 */
export function privateFolder(path: string): void {
  makeMissing(path)
  chmodSync(path, 0o700)
}

function makeMissing(path: string): void {
  if (existsSync(path)) return
  makeMissing(dirname(path))
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another process of ours may just have made it.
    if (!existsSync(path)) throw error
  }
}
