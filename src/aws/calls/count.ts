import { isThrottled } from "../failures/decided.ts"
import { failureOf } from "../failures/failure.ts"
import { labelOf, type Operation } from "./operation.ts"

/** What has been asked of AWS so far. */
export interface Calls {
  readonly total: number
  /** By `service:Operation`. */
  readonly byOperation: Readonly<Record<string, number>>
  /** Requests sent, those sent again included. */
  readonly requests: number
  readonly throttled: number
}

export interface Counter {
  called(operation: Operation): void
  answered(error?: unknown): void
  calls(): Calls
}

export function startCounter(): Counter {
  const byOperation = new Map<string, number>()
  let requests = 0
  let throttled = 0
  return {
    called: (operation) => {
      const label = labelOf(operation)
      byOperation.set(label, (byOperation.get(label) ?? 0) + 1)
    },
    answered: (error) => {
      requests++
      if (error !== undefined && isThrottled(failureOf(error))) throttled++
    },
    calls: () => ({
      total: [...byOperation.values()].reduce((sum, count) => sum + count, 0),
      byOperation: Object.fromEntries([...byOperation].sort(([a], [b]) => a.localeCompare(b))),
      requests,
      throttled,
    }),
  }
}
