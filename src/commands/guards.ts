import type { Site } from "../app/site.ts"
import { Refused } from "../errors.ts"
import type { PlanResult, PricedRow } from "../report/results.ts"
import { changesOf } from "./planning.ts"

/** A run must not begin while something stands in its way. */
export function refuseIfBlocked({ rows }: PlanResult): void {
  const blocked = rows.filter((row) => row.action === "blocked")
  if (blocked.length === 0) return
  throw new Refused(blocked.map(({ step, because }) => `${step.key}: ${because ?? "blocked"}`).join("\n"), {
    hint: "nothing was changed; run it again when the way is clear",
  })
}

/** Between the question and the lock, another run or somebody's hand may have changed the account. */
export function refuseIfOther(agreed: PlanResult, now: PlanResult, { groundwork }: Site): void {
  const laid = new Set(groundwork.steps.map((step) => `${step.kind.name}/${step.name}`))
  const different = differingKeys(
    changesOf(agreed).filter((row) => !laid.has(row.step.key)),
    changesOf(now).filter((row) => !laid.has(row.step.key)),
  )
  if (different.length === 0) return
  throw new Refused(`what would be done is no longer what was confirmed: ${different.join(", ")}`, {
    hint: "nothing was changed; run the same command again to see the plan as it is now",
  })
}

function differingKeys(before: readonly PricedRow[], now: readonly PricedRow[]): readonly string[] {
  const earlier = new Map(before.map((row) => [row.step.key, essence(row)]))
  const later = new Map(now.map((row) => [row.step.key, essence(row)]))
  return [...new Set([...earlier.keys(), ...later.keys()])].filter((key) => earlier.get(key) !== later.get(key))
}

const essence = ({ action, changes }: PricedRow) =>
  JSON.stringify([action, changes.map(({ field, live, want }) => [field, live, want])])
