import { randomUUID } from "node:crypto"
import type { Journal } from "../../engine/run.ts"
import type { Scope } from "../../engine/types.ts"
import { stopwatch } from "../stopwatch.ts"
import { acquire } from "./acquire.ts"
import type { HeldLock } from "./held.ts"
import type { LockSettings } from "./lock-settings.ts"

/** All locks of one run. */
export interface Locks {
  readonly runId: string
  /** The number by which a later holder is told from an earlier one. */
  epochOf(scope: Scope): number
  /** Throws when a lease is lost, or so near its end that a change might outlive it. */
  mayChange(): void
  /** Aborted when a lease is lost. */
  readonly lost: AbortSignal
  readonly journal: Journal
  /** Never rejects: what cannot be released ends with its lease. */
  release(): Promise<void>
}

/** Everyone takes locks in this order, so that no two runs ever wait for each other. */
const order: readonly Scope[] = ["account", "dev+stage", "dev", "stage", "prod", "poc"]

export async function acquireLocks(settings: LockSettings, scopes: readonly Scope[]): Promise<Locks> {
  const runId = settings.runId ?? randomUUID()
  const waited = (settings.newStopwatch ?? stopwatch)()
  const held = new Map<Scope, HeldLock>()
  const release = async () => {
    await Promise.all([...held.values()].map((lock) => lock.release()))
  }
  try {
    for (const scope of inOrder(scopes)) held.set(scope, await acquire(settings, scope, runId, waited))
  } catch (error) {
    await release()
    throw error
  }
  const lockOf = (scope: Scope): HeldLock => {
    const lock = held.get(scope)
    if (!lock) throw new Error(`the scope ${scope} is not locked by this run, only ${[...held.keys()].join(", ")}`)
    return lock
  }
  return {
    runId,
    epochOf: (scope) => lockOf(scope).epoch,
    mayChange: () => {
      for (const lock of held.values()) lock.mayChange()
    },
    lost: AbortSignal.any([...held.values()].map((lock) => lock.lost)),
    journal: {
      open: (scope, key) => lockOf(scope).open(key),
      close: (scope, key) => lockOf(scope).close(key),
    },
    release,
  }
}

export function inOrder(scopes: readonly Scope[]): Scope[] {
  const place = (scope: Scope) => (order.includes(scope) ? order.indexOf(scope) : order.length)
  return [...new Set(scopes)].sort((a, b) => place(a) - place(b) || a.localeCompare(b))
}
