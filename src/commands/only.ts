import { graphOf } from "../engine/order.ts"
import { type AnyStep, type Blueprint, keyOf } from "../engine/types.ts"
import { eachNeed } from "./anew.ts"

/**
 * The same blueprint with nothing of it to be made or changed but these steps; all that they stand on must be there,
 * and stays as it is.
 */
export function only<C>(blueprint: Blueprint<C>, keys: ReadonlySet<string>): Blueprint<C> {
  const made = new Map<AnyStep, AnyStep<C>>()
  const taken = (step: AnyStep<C>): AnyStep<C> => {
    const known = made.get(step)
    if (known) return known
    const own = keys.has(keyOf(step)) ? { ...step, needs: eachNeed(step, taken) } : standing(step)
    made.set(step, own)
    return own
  }
  const steps = graphOf(blueprint).steps.filter((step) => keys.has(keyOf(step)))
  return { name: blueprint.name, scopes: [], steps: steps.map(taken) }
}

/** It is looked at and never touched. */
const standing = <C>({ kind, name, scope }: AnyStep<C>): AnyStep<C> => ({ kind, name, scope, needs: {}, spec: {} })
