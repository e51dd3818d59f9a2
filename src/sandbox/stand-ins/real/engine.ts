import { createHash } from "node:crypto"
import { execa } from "execa"
import { Fault } from "../context.ts"
import { endingWith } from "../group.ts"

/** The operator's own Docker, as a machine has it in place of a stand-in. */
export interface RealEngine {
  /** The variables by which its client is found, and finds its engine. */
  readonly env: Readonly<Record<string, string>>
  /** Before every name that the machine gives, so that nothing of the operator's is met. */
  readonly prefix: string
}

/** What is a machine's own on an engine that others use too. */
export const ownEngine = (env: RealEngine["env"], dir: string, machine: string): RealEngine => ({
  env,
  // Two sandboxes of one operator may have machines of the same id.
  prefix: `smart0dte-${createHash("sha256").update(dir).digest("hex").slice(0, 6)}-${machine}`,
})

/** By which all containers of a machine are found. */
export const LABEL = "smart0dte.machine"

/** Before the number of a port of the machine, on the container that has it. */
export const PORT_LABEL = "smart0dte.port."

interface Run {
  readonly signal: AbortSignal
  readonly cwd?: string
  readonly input?: string
}

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Asks the engine. What it wants and its answer are Docker's own. */
export async function askEngine({ env }: RealEngine, args: readonly string[], run: Run): Promise<Ran> {
  const child = execa("docker", args, {
    env,
    extendEnv: false,
    detached: true,
    cleanup: false,
    reject: false,
    stripFinalNewline: false,
    ...(run.cwd !== undefined && { cwd: run.cwd }),
    ...(run.input === undefined ? { stdin: "ignore" as const } : { input: run.input }),
  })
  const { exitCode, originalMessage = "", stderr, stdout } = await endingWith(run.signal, child)
  if (exitCode === undefined) throw new Fault(`docker could not be run on this machine: ${originalMessage}`, 127)
  return { code: exitCode, out: stdout, err: stderr }
}
