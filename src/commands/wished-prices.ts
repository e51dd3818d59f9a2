import { wantedOf } from "../engine/compare.ts"
import { fillNeeds, graphOf } from "../engine/order.ts"
import type { AnyStep, Blueprint, PriceRow } from "../engine/types.ts"

/** What all of a blueprint would cost, as far as that is known before anything is asked or made. */
export function wishedPrices<C>(blueprint: Blueprint<C>): readonly PriceRow[] {
  const expected = new Map<AnyStep, object>()
  const { steps } = graphOf(blueprint)
  for (const step of steps) {
    const lives = fillNeeds(step, (need) => expected.get(need))
    expected.set(step, { ...step.kind.blank, ...wantedOf(step, lives) })
  }
  return steps.flatMap((step) => step.kind.price?.({ ...expected.get(step) }) ?? [])
}
