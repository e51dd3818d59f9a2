import type { PlanRow } from "../../engine/plan.ts"
import type { DriftResult } from "../results.ts"
import { leavesOf } from "../text/leaves.ts"
import { placeOf } from "../text/page.ts"
import { count } from "../text/quantity.ts"
import { code, table, words } from "./escape.ts"

export function driftMarkdown(drift: DriftResult, mark: string): readonly string[] {
  const { rows, pending, next } = drift
  const newer =
    pending === 0 ? "" : `; ${count(pending, "newer wish", "newer wishes")} not deployed yet, which is no drift`
  return [
    `### ${words(`${mark}drift of ${placeOf(drift)}`)}`,
    "",
    `**${rows.length === 0 ? "no drift" : `drift in ${count(rows.length, "step")}`}**${newer}.`,
    ...(rows.length > 0 ? table(["step", "field", "is", "was made"], rows.flatMap(cellsOf)) : [""]),
    ...next.map((line) => `- next: ${words(line)}`),
  ]
}

function cellsOf({ step, action, because, changes }: PlanRow): readonly (readonly string[])[] {
  const leaves = changes
    .filter(({ cause }) => cause === "drift")
    .flatMap(({ field, live, want }) => leavesOf(field, live, want))
  if (leaves.length === 0) return [[code(step.key), words(because ?? ""), action === "create" ? "gone" : action, ""]]
  return leaves.map(({ path, live, want }) => [code(step.key), words(path), code(live), code(want)])
}
