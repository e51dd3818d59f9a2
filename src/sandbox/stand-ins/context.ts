import { readFileSync } from "node:fs"
import type { FaultName, Fault as Rule } from "../faults.ts"
import { type MachineFacts, type MachinePaths, machinePaths } from "../machines/paths.ts"

/** What a stand-in works on. */
export interface Context {
  readonly paths: MachinePaths
  readonly facts: MachineFacts
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where relative paths begin. */
  readonly cwd: string
  /** Aborted when whoever started the command is gone. */
  readonly signal: AbortSignal
  /** All of the standard input. It is asked for before anything is done: the command may then be run once more from its start. */
  input(): string
  out(text: string): void
  err(text: string): void
  /** The rule by which things go wrong here now, if there is one; what it is about is `name:the machine's id`. */
  mishap?(name: FaultName, about: string): Rule | undefined
}

/** One command: answers with its exit code. */
export type StandIn = (on: Context) => number | Promise<number>

/** Ends a stand-in with what the real command would say, and its exit code. */
export class Fault extends Error {
  constructor(
    message: string,
    readonly code = 1,
  ) {
    super(message)
    this.name = "Fault"
  }
}

/** Said of what the real command can do and its stand-in cannot: loudly, or a script would go on as if it were done. */
export const notThere = (what: string): Fault => new Fault(`the sandbox's stand-in does not know ${what}`, 125)

/** A command as it was called. */
export type Calling = Pick<Context, "args" | "env" | "cwd" | "signal" | "input" | "out" | "err" | "mishap">

export const openContext = (dir: string, calling: Calling): Context => ({
  ...calling,
  paths: machinePaths(dir),
  // Written by the runtime of the same version.
  facts: JSON.parse(readFileSync(machinePaths(dir).facts, "utf8")) as MachineFacts,
})

/** How much of the sandbox's own time has passed since a moment of the wall clock, in seconds. */
export const passedSince = ({ facts }: Pick<Context, "facts">, wall: number): number =>
  ((Date.now() - wall) * facts.speed) / 1000
