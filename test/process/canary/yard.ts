import { existsSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { execa, type Options } from "execa"
import { type Admin, admin, attach, type Connection } from "../../../src/sandbox/connect.ts"
import { sweep } from "../../sweep.ts"
import { type Recorder, recorder } from "./recorder.ts"

const bin = fileURLToPath(new URL("../../../bin/smart0dte.js", import.meta.url))
const entry = fileURLToPath(new URL("../../../dist/sandbox.cjs", import.meta.url))

/** The built command and a sandbox, with all that both leave behind in one folder. */
export interface CanaryYard {
  /** The sandbox's own. */
  readonly dir: string
  /** Where the command is run: what it writes without being told where lands here. */
  readonly desk: string
  readonly connection: Connection
  readonly admin: Admin
  readonly recorder: Recorder
  /** What every command printed. */
  readonly printed: string[]
  /** Runs a command to its end; what is to be piped into it comes first. */
  run(line: string, input?: string): Promise<Ended>
  /** Starts one that goes on until it is interrupted. */
  start(line: string): ReturnType<typeof launch>
  /** The folder of the node. */
  machine(): string
  close(): Promise<void>
}

export interface Ended {
  readonly exitCode: number | undefined
  readonly all: string
}

export async function canaryYard(speed = 30): Promise<CanaryYard> {
  const base = mkdtempSync(join(tmpdir(), "smart0dte-canary-"))
  const [dir, desk, tmp] = ["sandbox", "desk", "desk/tmp"].map((name) => join(base, name)) as [string, string, string]
  mkdirSync(tmp, { recursive: true })
  const noted = recorder(base)
  const path = `${noted.bin}:/usr/bin:/bin`
  // Started here and not by a command: machines have the programs that are on its path.
  const daemon = execa(process.execPath, [entry, dir, "--speed", String(speed)], {
    env: { PATH: path, TMPDIR: tmp },
    extendEnv: false,
    reject: false,
    stdin: "ignore",
  })
  while (!existsSync(join(dir, "endpoint.json"))) await new Promise((resolve) => setTimeout(resolve, 25))
  const connection = await attach({ dir, start: undefined })
  noted.wrap(join(dir, "bin/session-manager-plugin"))
  const env = {
    PATH: path,
    HOME: desk,
    TMPDIR: tmp,
    CI: "true",
    SMART0DTE_SANDBOX: "1",
    SMART0DTE_SANDBOX_DIR: dir,
  }
  const printed: string[] = []
  const start = (line: string, input?: string) => {
    const stdin = input === undefined ? { stdin: "ignore" as const } : { input }
    const child = launch([...line.split(" "), "--debug"], { cwd: desk, env, ...stdin })
    void child.then(({ all }) => printed.push(`$ ${line}\n${all}`))
    return child
  }
  return {
    dir,
    desk,
    connection,
    admin: admin(connection),
    recorder: noted,
    printed,
    run: async (line, input) => {
      const { exitCode, all } = await start(line, input)
      return { exitCode, all: String(all) }
    },
    start,
    machine: () => {
      const machines = readdirSync(join(dir, "machines")).map((id) => join(dir, "machines", id))
      return machines.find((machine) => existsSync(join(machine, "root/etc/smart0dte/node.env"))) ?? ""
    },
    close: async () => {
      await admin(connection).stop()
      await daemon
      await sweep(base)
    },
  }
}

const launch = (args: readonly string[], options: Options) =>
  execa(process.execPath, [bin, ...args], { ...options, extendEnv: false, reject: false, all: true })
