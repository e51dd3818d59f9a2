import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { type InProcess, inProcess } from "../../../src/sandbox/in-process.ts"
import { scripts } from "../../../src/sandbox/machines/scripts.ts"
import { services } from "../../../src/sandbox/services/index.ts"
import { sweep } from "../../sweep.ts"

const root = fileURLToPath(new URL("../../..", import.meta.url))

export const samples = join(root, "src/sandbox/samples")

/** The plugin's stand-in as one program, made from its sources. */
export async function bundlePlugin(dir: string): Promise<string> {
  const outfile = join(dir, "session-manager-plugin.cjs")
  await build({
    absWorkingDir: root,
    entryPoints: ["src/sandbox/stand-ins/session/start.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "error",
  })
  return outfile
}

export interface Yard {
  readonly sandbox: InProcess
  readonly dir: string
  /** Starts the sandbox again on what it kept. */
  again(): Promise<void>
  close(): Promise<void>
}

interface YardOptions {
  readonly speed?: number
  /** What the stand-in of git serves. */
  readonly serves?: string
  /** The variables of the Docker that machines have in place of its stand-in. */
  readonly docker?: Readonly<Record<string, string>>
}

/** A sandbox whose machines run scripts, in a folder of its own. */
export async function yard({ speed = 60, serves = samples, docker }: YardOptions = {}): Promise<Yard> {
  const dir = mkdtempSync(join(tmpdir(), "sandbox-yard-"))
  const plugin = await bundlePlugin(dir)
  const open = () =>
    inProcess({
      services: services(),
      speed,
      dir,
      machines: (world, url) => scripts({ world, url, dir, plugin, samples: serves, docker }),
    })
  let sandbox = await open()
  return {
    get sandbox() {
      return sandbox
    },
    dir,
    again: async () => {
      await sandbox.close()
      sandbox = await open()
    },
    close: async () => {
      await sandbox.close()
      await sweep(dir)
    },
  }
}
