import type { Doomed } from "../engine/demolish.ts"
import { refOf } from "../engine/perform.ts"
import type { PlanRow } from "../engine/plan.ts"

/** What a destroy would take down, as the rows of a plan; and what it leaves, where that is known before. */
export function doomedRows(doomed: readonly Doomed[], purge: boolean): readonly PlanRow[] {
  return doomed.map(({ kind, scope, name, found }) => {
    const kept = found.owner === "ours" ? kind.stays?.(found.live, { purge }) : undefined
    const prices = found.owner === "ours" ? (kind.price?.(found.live) ?? []) : []
    return {
      step: refOf({ kind, name, scope }),
      action: kept === undefined ? "destroy" : "leftover",
      changes: [],
      holdsData: kind.holdsData ?? false,
      fields: { ...found.live },
      phase: found.phase,
      prices: kept === undefined ? [] : prices,
      pricesNow: prices,
      usual: kind.usually.destroy ?? 5,
      ...(kept !== undefined && { pruning: "leaves it" }),
      ...becauseOf(kept ?? (found.owner === "adopted" ? "it was there before, so it stays" : kind.remains)),
    }
  })
}

const becauseOf = (because: string | undefined) => (because === undefined ? {} : { because })
