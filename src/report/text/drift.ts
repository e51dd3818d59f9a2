import type { PlanRow } from "../../engine/plan.ts"
import type { DriftResult } from "../results.ts"
import { wrap } from "./fit.ts"
import { leavesOf } from "./leaves.ts"
import { nextLines } from "./next.ts"
import { heading, type Page, placeOf } from "./page.ts"
import { count } from "./quantity.ts"
import { showShort } from "./value.ts"

export function driftLines(drift: DriftResult, page: Page): readonly string[] {
  const { rows, pending } = drift
  const found = rows.length === 0 ? "no drift" : `drift in ${count(rows.length, "step")}`
  const newer =
    pending === 0 ? "" : `; ${count(pending, "newer wish", "newer wishes")} not deployed yet, which is no drift`
  return [
    ...heading(page, `drift of ${placeOf(drift)}`),
    "",
    ...rows.flatMap((row) => rowLines(row, page)),
    ...(rows.length > 0 ? [""] : []),
    ...heading(page, found + newer),
    ...nextLines(drift.next, page),
  ]
}

function rowLines(row: PlanRow, page: Page): readonly string[] {
  const drifted = row.changes.filter(({ cause }) => cause === "drift")
  return [
    `  ${page.paint.yellow(row.action === "create" ? "gone" : "changed")} ${row.step.key}`,
    ...(row.because === undefined ? [] : wrap(row.because, page.width, 6)),
    ...drifted
      .flatMap(({ field, live, want }) => leavesOf(field, live, want))
      .flatMap(({ path, live, want }) =>
        wrap(`${path}: is ${showShort(live)}, was made ${showShort(want)}`, page.width, 6),
      ),
  ]
}
