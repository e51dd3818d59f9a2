import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { ownEngine, type RealEngine } from "../stand-ins/real/engine.ts"
import { haltAll, removeAll } from "../stand-ins/real/remove.ts"
import type { MachinePaths } from "./paths.ts"

/** The operator's Docker, for the machines that have it: each keeps for life what it was first started with. */
export interface Engines {
  /** Decides it, at the first start. */
  give(paths: MachinePaths, machine: string): void
  /** Ends what runs there. */
  halt(paths: MachinePaths): Promise<void>
  /** Takes away what is there; the machine's folder may go at once. */
  remove(paths: MachinePaths): void
  /** Waits for what is being taken away. */
  close(): Promise<void>
}

export function openEngines(dir: string, docker: RealEngine["env"] | undefined): Engines {
  const leaving = new Set<Promise<void>>()
  return {
    give: (paths, machine) => {
      if (docker) writeFileSync(fileOf(paths), JSON.stringify(ownEngine(docker, dir, machine)), { mode: 0o600 })
    },
    halt: async (paths) => {
      const engine = engineOf(paths)
      if (engine) await haltAll(engine)
    },
    remove: (paths) => {
      const engine = engineOf(paths)
      if (!engine) return
      const work: Promise<void> = removeAll(engine)
        .catch((error: unknown) => void process.stderr.write(`${error}\n`))
        .finally(() => leaving.delete(work))
      leaving.add(work)
    },
    close: async () => {
      await Promise.all(leaving)
    },
  }
}

export function engineOf(paths: MachinePaths): RealEngine | undefined {
  const file = fileOf(paths)
  // Written above, for the same type.
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as RealEngine) : undefined
}

const fileOf = ({ dir }: MachinePaths): string => join(dir, "engine.json")
