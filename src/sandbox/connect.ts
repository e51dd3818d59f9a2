import { once } from "node:events"
import { createWriteStream, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Connection } from "./connection.ts"
import { readEndpoint } from "./endpoint.ts"
import { privateFolder } from "./folder.ts"
import { isRunning, takeLock } from "./lock.ts"
import { ask, SilentSandbox } from "./remote.ts"

export type { Connection } from "./connection.ts"
export type { Fault, FaultName, FaultState } from "./faults.ts"
export { type Admin, admin } from "./remote.ts"
export type { TraceEntry } from "./trace.ts"

interface Start {
  /** The daemon's file: `dist/sandbox.cjs`. */
  readonly entry: string
  readonly speed: number
  readonly region?: string
  /** Ends itself after so many seconds without a request; five minutes by default. */
  readonly idleSeconds?: number
  /** The variables of the operator's own Docker, where machines are to have it. */
  readonly docker?: Readonly<Record<string, string>> | undefined
}

interface AttachOptions {
  readonly dir: string
  /** How to start it where none runs; without it, that is an error. */
  readonly start: Start | undefined
}

/** Finds the sandbox of a directory, or starts it. Of several that ask at once, one starts it and all attach. */
export async function attach({ dir, start }: AttachOptions): Promise<Connection> {
  const until = Date.now() + PATIENCE
  while (Date.now() < until) {
    const found = (await running(dir)) ?? (start && (await startOnce(dir, start)))
    if (found) return found
    if (!start) throw new NoSandbox(`no sandbox runs in ${dir}`, "start it with: smart0dte sandbox start")
    await pause()
  }
  throw new NoSandbox(`the sandbox in ${dir} did not answer within ${PATIENCE / 1000} s`, `look into ${logOf(dir)}`)
}

/** The sandbox that runs on a directory, if one does. A file that a dead process left behind counts as none. */
export async function running(dir: string): Promise<Connection | undefined> {
  const connection = readEndpoint(dir)
  if (!connection) return undefined
  try {
    const { now } = await ask(connection, "status", undefined, 3000)
    return { ...connection, now }
  } catch (error) {
    // It may be paused or busy. To start another on the same state would be the end of both.
    if (error instanceof SilentSandbox && isRunning(connection.pid))
      throw new NoSandbox(error.message, `kill ${connection.pid}`)
    return undefined
  }
}

/** No sandbox, and what to do about it. */
export class NoSandbox extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message)
    this.name = "NoSandbox"
  }
}

const PATIENCE = 20_000

const pause = () => new Promise((resolve) => setTimeout(resolve, 25))

const logOf = (dir: string): string => join(dir, "sandbox.log")

async function startOnce(dir: string, start: Start): Promise<Connection | undefined> {
  privateFolder(dir)
  const lock = takeLock(dir, "start")
  if (!lock) return undefined
  try {
    return (await running(dir)) ?? (await launch(dir, start))
  } finally {
    lock.release()
  }
}

async function launch(dir: string, start: Start): Promise<Connection | undefined> {
  const { execa } = await import("execa")
  const log = createWriteStream(logOf(dir), { mode: 0o600 })
  await once(log, "open")
  const given = [start.entry, dir, "--speed", String(start.speed)]
  const region = start.region === undefined ? [] : ["--region", start.region]
  const idle = start.idleSeconds === undefined ? [] : ["--idle", String(start.idleSeconds)]
  const docker = start.docker === undefined ? [] : ["--docker"]
  const child = execa(process.execPath, [...given, ...region, ...idle, ...docker], {
    cwd: dir,
    // A process of its own: it gets neither this one's terminal, nor its signals, nor other variables.
    env: start.docker ?? {},
    detached: true,
    cleanup: false,
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    stdout: "ignore",
    stderr: log,
  })
  child.unref()
  log.destroy()
  let ended: number | undefined
  child.then((result) => {
    ended = result.exitCode ?? 1
  })
  for (const until = Date.now() + PATIENCE; Date.now() < until; await pause()) {
    const found = await running(dir)
    if (found || ended === 0) return found
    if (ended !== undefined) throw failed(dir, ended)
  }
  return undefined
}

function failed(dir: string, code: number): NoSandbox {
  const said = readFileSync(logOf(dir), "utf8").trim().split("\n").slice(0, 3).join(" ")
  return new NoSandbox(`the sandbox ended with ${code} as it was started: ${said}`, `look into ${logOf(dir)}`)
}
