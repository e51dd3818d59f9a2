import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Connection } from "./connection.ts"

/** The file by which commands find a running sandbox. It holds its keys: nobody else on this machine may read it. */
export function writeEndpoint(connection: Connection): void {
  const file = fileOf(connection.dir)
  writeFileSync(`${file}.tmp`, JSON.stringify(connection, undefined, 2), { mode: 0o600 })
  renameSync(`${file}.tmp`, file)
}

/** What the file says, whether or not it is still true. */
export function readEndpoint(dir: string): Connection | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(fileOf(dir), "utf8"))
    return isConnection(found) ? found : undefined
  } catch {
    return undefined
  }
}

export const removeEndpoint = (dir: string): void => rmSync(fileOf(dir), { force: true })

const fileOf = (dir: string): string => join(dir, "endpoint.json")

const isConnection = (found: unknown): found is Connection =>
  typeof found === "object" &&
  found !== null &&
  ["url", "token", "accessKeyId", "secretAccessKey"].every((name) => typeof Reflect.get(found, name) === "string")
