import { fingerprint } from "./compare.ts"
import { fillNeeds, inOrder, needsOf } from "./order.ts"
import type { Cause } from "./plan.ts"
import { type AnyStep, keyOf, type Wishes } from "./types.ts"

/**
 * What these steps want, as fingerprints: kept by the record, so that a later run can tell what somebody changed
 * from what is newly wished.
 */
export function wishesOf(steps: readonly AnyStep[]): Wishes {
  return Object.fromEntries(inOrder(steps).map((step) => [keyOf(step), fingerprints(step)]))
}

/** Why a field is not as wanted. What no run has recorded can only have been changed by somebody. */
export function causeOf(step: AnyStep, field: string, wishes: Wishes | undefined): Cause {
  const wished = wishes?.[keyOf(step)]
  // A setting of the account is there, and has some value, before any run of ours.
  if (wished === undefined) return wishes === undefined && !step.restore ? "drift" : "pending"
  // What nobody wishes, and is to go with what is no longer wished, is no drift either.
  const wish = fingerprints(step)[field]
  return wish !== undefined && wished[field] === wish ? "drift" : "pending"
}

function fingerprints(step: AnyStep): Readonly<Record<string, string>> {
  // Nobody wishes an id; what is wished of a link is what it leads to, and what is made of that.
  const from = needsOf(step).map(keyOf)
  const linked = Object.entries(step.links?.(fillNeeds(step, unseen)) ?? {})
  const wish = { ...step.spec, ...Object.fromEntries(linked.map(([field, value]) => [field, { from, value }])) }
  return Object.fromEntries(Object.entries(wish).map(([field, value]) => [field, fingerprint(value)]))
}

/** Stands for any thing of a need: with nothing in it, what is wished of that would come to nothing as well. */
const unseen = (need: AnyStep): object =>
  Object.fromEntries(
    Object.entries(need.kind.blank).map(([field, value]) => [field, value === "" ? keyOf(need) : value]),
  )
