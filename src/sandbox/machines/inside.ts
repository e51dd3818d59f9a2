import type { RoleRecord } from "../services/iam/records.ts"
import type { CommandRecord } from "../services/ssm/orders/records.ts"
import type { Disk, Reach } from "./paths.ts"

/** An instance, for those who do what goes on inside of it. */
export interface Machine {
  readonly id: string
  readonly region: string
  readonly zone: string
  readonly privateIp: string
  readonly userData: string
  /** The role in which it acts now, if it has one. */
  role(): RoleRecord | undefined
  /** When it was started last, in simulated milliseconds: it names this start. */
  readonly launched: number
  /** What its packets get to now. */
  reach(): Reach
  /** The volumes that are attached now, the first one is the root's. */
  disks(): readonly Disk[]
  /** Asks the sandbox for something, in the instance's own name and without the wire. */
  ask(service: string, operation: string, input: object): Readonly<Record<string, unknown>>
}

/** What the agent is to run for a command. */
export type Order = Pick<CommandRecord, "CommandId" | "DocumentName" | "Parameters" | "Bucket" | "Step">

export interface Ended {
  readonly code: number
  readonly output: string
  readonly errors: string
  /** It was ended because it ran for too long. */
  readonly late?: boolean
}

/** Why a signal is aborted where the sandbox ends and the machine, to all who know it, does not. */
export const AWAY = "the sandbox ends"

/** What goes on inside of instances. A signal that is aborted ends what runs. */
export interface Inside {
  /** Does what a machine does at a start, the first one or another. */
  boot(machine: Machine, signal: AbortSignal): Promise<void>
  run(machine: Machine, order: Order, signal: AbortSignal): Promise<Ended>
  /** It is gone, with all that was on it; nothing runs there any more. */
  discard(id: string): void
  /** Those of which something is there, whether or not they are up. */
  known?(): readonly string[]
  /** All that runs ends. */
  close(): Promise<void>
}
