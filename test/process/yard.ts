import { cpSync, mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { execa } from "execa"
import { type Admin, admin, attach, type TraceEntry } from "../../src/sandbox/connect.ts"
import { sweep } from "../sweep.ts"

const bin = fileURLToPath(new URL("../../bin/smart0dte.js", import.meta.url))
const entry = fileURLToPath(new URL("../../dist/sandbox.cjs", import.meta.url))

/** A sandbox process of its own, and the built command as a process that can be stopped and killed. */
export interface Yard {
  readonly admin: Admin
  run(...args: readonly string[]): ReturnType<typeof start>
  /** Changes that runs asked of AWS so far, the lock's own writes left out, and what nodes report by themselves. */
  changes(): Promise<readonly string[]>
  /** Resolves when so many changes were asked for. */
  reached(count: number): Promise<void>
  /** How many things of each kind stand, without what nodes report, which grows while nobody runs anything. */
  standing(): Promise<Readonly<Record<string, number>>>
  /** Ends it, and keeps what there is for other yards to begin with. */
  keep(): Promise<Kept>
  close(): Promise<void>
}

export interface Kept {
  readonly dir: string
  drop(): Promise<void>
}

interface YardOptions {
  readonly from?: Kept
  readonly speed?: number
}

const uncounted = /^(s3\/(object|version)|cloudwatch\/metric@)/

/** In seconds: the shortest that the command takes. */
export const lease = 3

export async function yard({ from, speed = 240 }: YardOptions = {}): Promise<Yard> {
  const dir = mkdtempSync(join(tmpdir(), "smart0dte-yard-"))
  if (from) cpSync(from.dir, dir, { recursive: true, verbatimSymlinks: true })
  const connection = await attach({ dir, start: { entry, speed } })
  const control = admin(connection)
  const env = {
    SMART0DTE_SANDBOX: "1",
    SMART0DTE_SANDBOX_DIR: dir,
    SMART0DTE_SANDBOX_SPEED: String(speed),
    SMART0DTE_SANDBOX_LEASE: String(lease),
    CI: "true",
  }
  const drop = () => sweep(dir)
  const end = async () => {
    await control.stop()
    // It answers before it has ended, and may write its state once more.
    while (isAlive(connection.pid)) await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const changes = async () => (await control.trace()).filter(isChange).map(({ operation }) => operation)
  return {
    admin: control,
    run: (...args) => start(args, env, dir),
    changes,
    async reached(count) {
      while ((await changes()).length < count) await new Promise((resolve) => setTimeout(resolve, 10))
    },
    async standing() {
      const tables = Object.entries(await control.snapshot()).filter(([table]) => !uncounted.test(table))
      const keysOf = (records: object) => Object.keys(records).filter((key) => !key.includes("/state/"))
      return Object.fromEntries(tables.map(([table, records]) => [table, keysOf(records).length]))
    },
    async keep() {
      await end()
      return { dir, drop }
    },
    async close() {
      await end()
      await drop()
    },
  }
}

/** Away from the project, so that no configuration of its folder is read. */
const start = (args: readonly string[], env: Readonly<Record<string, string>>, cwd: string) =>
  execa(process.execPath, [bin, ...args], { env, cwd, reject: false, all: true, stdin: "ignore" })

const isChange = ({ service, operation, input, by }: TraceEntry): boolean =>
  by === undefined &&
  !/^(Describe|Get|List|Head)/.test(operation) &&
  !(service === "s3" && JSON.stringify(input).includes("locks/"))

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
