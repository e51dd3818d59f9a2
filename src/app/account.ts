import type { Cloud } from "../aws/cloud.ts"
import type { Holder } from "../aws/state/lock-file.ts"
import type { LockReport } from "../aws/state/unlock.ts"
import type { TradingSeen } from "../aws/trading/store.ts"
import type { FormerValues, Journal } from "../engine/run.ts"
import type { Scope } from "../engine/types.ts"
import type { LastingKeys } from "./credentials-text.ts"

/** One account and region, as commands work with it. */
export interface Account {
  readonly cloud: Cloud
  /** Who is asking. */
  readonly arn: string
  /** Whether it is the AWS of our own. */
  readonly sandbox: boolean
  /** The region, where the command line says it: what follows has to say it again. */
  readonly namedRegion?: string | undefined
  /** Whether containers of machines in the sandbox are real ones, of this machine's Docker. */
  readonly docker?: boolean
  /** How many requests were sent so far. */
  calls(): number
  /** The environments that have a record here. */
  environments(): Promise<readonly Scope[]>
  /** Whether the account itself was ever given something. */
  isBootstrapped(): Promise<boolean>
  /** How its systems trade; nothing where nobody has written that yet. */
  trading(scope: Scope): Promise<TradingSeen | undefined>
  /** What a setting was before our first change of it; nothing where we never changed it. */
  former(scope: Scope, key: string): Promise<object | undefined>
  acquire(scopes: readonly Scope[], wait: LockWait): Promise<Held>
  /** Nothing where no lock was ever kept. */
  inspectLock(scope: Scope): Promise<LockReport | undefined>
  /** Only with force one whose run still lives, and only the one of that epoch. */
  breakLock(scope: Scope, epoch: number, force: boolean): Promise<void>
  /** The same account as somebody else, by keys of his: throws where AWS does not take them. */
  as<T>(keys: LastingKeys, work: (cloud: Cloud) => Promise<T>): Promise<T>
  /** Lets the process end. */
  close(): void
}

export interface LockWait {
  /** What the run does, for whoever finds it locked. */
  readonly what: string
  readonly seconds: number
  readonly stop: AbortSignal
  waiting(scope: Scope, holder: Holder): void
}

export interface Held {
  readonly journal: Journal
  readonly former: FormerValues
  /** Aborted when the lease could not be kept: from then on another run may be at work. */
  readonly lost: AbortSignal
  /** Never rejects: what cannot be released ends with its lease. */
  release(): Promise<void>
}
