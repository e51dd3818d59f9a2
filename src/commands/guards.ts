import type { Site } from "../app/site.ts"
import type { ApplyOptions } from "../engine/apply.ts"
import type { PlanRow } from "../engine/plan.ts"
import { planRows } from "../engine/rows.ts"
import { keyOf } from "../engine/types.ts"
import { Refused } from "../errors.ts"
import type { PlanResult } from "../report/results.ts"
import { beyond } from "./agreement.ts"
import { changes, type PlanOptions } from "./planning.ts"

/** A run must not begin while something stands in its way. What AWS said has its own hint and exit code. */
export function refuseIfBlocked({ rows }: PlanResult, unread: unknown): void {
  if (unread !== undefined) throw unread
  const blocked = rows.filter((row) => row.action === "blocked")
  if (blocked.length === 0) return
  throw new Refused(blocked.map(({ step, because }) => `${step.key}: ${because ?? "blocked"}`).join("\n"), {
    hint: "nothing was changed; run it again when the way is clear",
  })
}

/**
 * Between the question and the lock, or since the plan was saved, another run or somebody's hand may have changed the
 * account. Anything more, or other, than what was confirmed is not done.
 */
export function refuseIfOther(agreed: readonly PlanRow[], now: readonly PlanRow[], { groundwork }: Site): void {
  const laid = new Set(groundwork.steps.map(keyOf))
  const counts = (row: PlanRow) => changes(row) && !laid.has(row.step.key)
  const different = beyond(agreed.filter(counts), now.filter(counts))
  if (different.length === 0) return
  throw new Refused(`what would be done is no longer what was confirmed: ${different.join(", ")}`, {
    hint: "nothing was changed; make the plan again and read it as it is now",
  })
}

/** The same requests, for a run that does what was confirmed, and nothing beyond it. */
export const asAgreed = (agreed: PlanResult, requests: PlanOptions, site: Site): ApplyOptions => ({
  ...requests,
  agreed: (observation) => refuseIfOther(agreed.rows, planRows(observation, requests.prune), site),
})
