import { homedir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Options } from "../config.ts"
import { Usage, UserError } from "../errors.ts"
import type { Admin, Connection } from "../sandbox/connect.ts"
import { dockerVariables } from "./docker.ts"
import type { Environment } from "./environment.ts"

/** The AWS of our own on this machine. */
export interface Sandbox {
  readonly dir: string
  /** Starts it where it does not run. */
  attach(): Promise<Connection>
  running(): Promise<Connection | undefined>
  admin(connection: Connection): Promise<Admin>
}

/** Simulated seconds in each real one: fast enough not to bore, slow enough to see what happens. */
const usualSpeed = 60

/** Real containers are not faster than they are. */
const dockerSpeed = 6

function withDocker(connection: Connection): Connection {
  if (connection.docker === true) return connection
  throw new Usage("the sandbox that runs has stand-ins of Docker", {
    hint: "end it first: smart0dte sandbox stop. Machines that it has keep what they have",
  })
}

/** Its program is built into a file beside this one. */
const entry = () => fileURLToPath(new URL("sandbox.cjs", import.meta.url))

export function sandboxFor(options: Options, region: string, env: Environment): Sandbox {
  const dir = options.sandboxDir ?? usualDir(env)
  const speed = options.sandboxSpeed ?? (options.sandboxDocker ? dockerSpeed : usualSpeed)
  const start = { entry: entry(), speed, region }
  return {
    dir,
    attach: () =>
      explained(dir, async ({ attach, running }) => {
        if (!options.sandboxDocker) return attach({ dir, start })
        const found = await running(dir)
        const docker = found ? undefined : await dockerVariables(env)
        return withDocker(found ?? (await attach({ dir, start: { ...start, docker } })))
      }),
    running: () => explained(dir, async ({ running }) => running(dir)),
    admin: (connection) => explained(dir, async ({ admin }) => admin(connection)),
  }
}

/** Where each system keeps what programs want to find again. */
function usualDir(env: Environment): string {
  const home = env.HOME || homedir()
  const windows = process.platform === "win32" ? env.LOCALAPPDATA : undefined
  return join(windows ?? (env.XDG_DATA_HOME || join(home, ".local", "share")), "smart0dte", "sandbox")
}

type Connecting = typeof import("../sandbox/connect.ts")

async function explained<T>(dir: string, work: (connecting: Connecting) => Promise<T>): Promise<T> {
  const connecting = await import("../sandbox/connect.ts")
  try {
    return await work(connecting)
  } catch (error) {
    if (error instanceof connecting.NoSandbox) throw new UserError(error.message, { hint: error.hint, cause: error })
    if (isFileTrouble(error))
      throw new UserError(`the sandbox cannot keep its state in ${dir}: ${error.code}`, {
        hint: "name a folder that can be written to in SMART0DTE_SANDBOX_DIR",
        cause: error,
      })
    throw error
  }
}

const isFileTrouble = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "code" in error && fileTroubles.has(String(error.code))

const fileTroubles: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS", "ENOSPC", "ENOTDIR", "EEXIST", "ENOENT"])
