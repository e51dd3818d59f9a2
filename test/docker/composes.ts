import { existsSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import pinned from "../../src/templates/node/pinned.env"

export interface Compose {
  readonly version: string
  readonly program: string
  readonly there: boolean
}

/** Debian's, and beside it the one that nodes have: it is there where `test/docker/pinned-compose` has built it. */
export function composes(): readonly Compose[] {
  const kept = process.env.XDG_CACHE_HOME || join(homedir(), ".cache")
  const pinnedOne = join(kept, "smart0dte", `docker-compose-${pinnedVersion}`)
  return [
    { version: "1.29.2", program: "/usr/bin/docker-compose", there: true },
    { version: pinnedVersion, program: pinnedOne, there: existsSync(pinnedOne) },
  ]
}

const pinnedVersion = /^COMPOSE_VERSION=(.*)$/m.exec(pinned)?.[1] ?? ""
