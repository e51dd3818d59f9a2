import type { Doomed } from "../engine/demolish.ts"
import { refOf } from "../engine/perform.ts"
import type { PlanRow } from "../engine/plan.ts"

/** What a destroy would take down, as the rows of a plan. */
export function doomedRows(doomed: readonly Doomed[]): readonly PlanRow[] {
  return doomed.map(({ kind, scope, name, found }) => ({
    step: refOf({ kind, name, scope }),
    action: "destroy",
    changes: [],
    holdsData: kind.holdsData ?? false,
    fields: { ...found.live },
    phase: found.phase,
    prices: [],
    pricesNow: found.owner === "ours" ? (kind.price?.(found.live) ?? []) : [],
    usual: kind.usually.destroy ?? 5,
    ...becauseOf(found.owner === "adopted" ? "it was there before, so it stays" : kind.remains),
  }))
}

const becauseOf = (because: string | undefined) => (because === undefined ? {} : { because })
