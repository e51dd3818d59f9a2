import { fingerprint } from "./compare.ts"
import { inOrder } from "./order.ts"
import type { Cause } from "./plan.ts"
import { type AnyStep, keyOf, type Wishes } from "./types.ts"

/**
 * What these steps want, as fingerprints: kept by the record, so that a later run can tell what somebody changed
 * from what is newly wished. Links are left out: they are ids, which nobody wishes.
 */
export function wishesOf(steps: readonly AnyStep[]): Wishes {
  return Object.fromEntries(inOrder(steps).map((step) => [keyOf(step), fingerprints(step.spec)]))
}

/** Why a field is not as wanted. What no run has recorded can only have been changed by somebody. */
export function causeOf(step: AnyStep, field: string, want: unknown, wishes: Wishes | undefined): Cause {
  if (!(field in step.spec)) return "drift"
  const wished = wishes?.[keyOf(step)]
  if (wished === undefined) return wishes === undefined ? "drift" : "pending"
  return wished[field] === fingerprint(want) ? "drift" : "pending"
}

const fingerprints = (spec: object) =>
  Object.fromEntries(Object.entries(spec).map(([field, value]) => [field, fingerprint(value)]))
