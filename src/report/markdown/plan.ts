import type { PlanResult, PricedRow } from "../results.ts"
import { fieldsOf } from "../text/fields.ts"
import { leavesOf } from "../text/leaves.ts"
import { placeOf } from "../text/page.ts"
import { summaryOf, waitsForPrune } from "../text/plan.ts"
import { difference, usd } from "../text/quantity.ts"
import { code, table, words } from "./escape.ts"

export function planMarkdown(plan: PlanResult, mark: string): readonly string[] {
  const rows = plan.rows.filter(({ action }) => action !== "same")
  return [
    `### ${words(`${mark}plan to ${plan.command} ${placeOf(plan)}`)}`,
    "",
    `**${words(summaryOf(plan))}**`,
    "",
    totalOf(plan),
    ...(rows.length > 0 ? table(["", "step", "USD a month", "why"], rows.map(cellsOf)) : [""]),
    ...detailsOf(rows),
    ...plan.notes.map((note) => `- note: ${words(note)}`),
    ...(plan.notPriced.length > 0 ? [`- no price known for: ${plan.notPriced.map(code).join(", ")}`] : []),
    ...(plan.notIncluded.length > 0 ? [`- not included: ${words(plan.notIncluded.join(", "))}`] : []),
  ]
}

function totalOf({ summary, notPriced }: PlanResult): string {
  const { monthlyUsd, monthlyUsdNow } = summary
  const change = monthlyUsd === monthlyUsdNow ? "no change" : difference(monthlyUsd - monthlyUsdNow)
  return `${notPriced.length > 0 ? "At least " : ""}${usd(monthlyUsd)} a month (${change}).`
}

function cellsOf(row: PricedRow): readonly string[] {
  const change = row.monthlyUsd - row.monthlyUsdNow
  const why = [
    ...(row.cause === "drift" ? ["drift"] : []),
    ...(row.holdsData && removes(row) ? ["**it holds data**"] : []),
    ...(row.because === undefined ? [] : [words(row.because)]),
    ...(waitsForPrune(row) ? [`stays until \\--prune ${row.pruning ?? "removes it"}`] : []),
  ]
  const price = row.monthlyUsd === 0 && row.monthlyUsdNow === 0 ? "" : difference(change).replace(" USD", "")
  return [removes(row) ? `**${row.action}**` : row.action, code(row.step.key), price, why.join("; ")]
}

const removes = ({ action }: PricedRow) => action === "destroy" || action === "replace"

/** What a comment may hold on GitHub is 65,536 characters; what is too much of a good thing is left out, and said. */
const mostCharacters = 50_000

function detailsOf(rows: readonly PricedRow[]): readonly string[] {
  const told = rows.map((row) => [row, fieldLines(row)] as const).filter(([, lines]) => lines.length > 0)
  if (told.length === 0) return []
  const blocks = told.map(([row, lines]) => [`${code(row.step.key)}`, ...lines.map((line) => `- ${line}`), ""])
  const sizes = blocks.map((block) => block.join("\n").length + 1)
  const fit = sizes.findIndex(
    (_, index) => sizes.slice(0, index + 1).reduce((sum, size) => sum + size) > mostCharacters,
  )
  const shown = fit === -1 ? blocks : blocks.slice(0, fit)
  const rest = blocks.length - shown.length
  return [
    "<details><summary>field by field</summary>",
    "",
    ...shown.flat(),
    ...(rest > 0 ? [`and ${rest} more: \\--output json has all of it`, ""] : []),
    "</details>",
    "",
  ]
}

function fieldLines(row: PricedRow): readonly string[] {
  if (row.words) return row.words.map(words)
  if (row.changes.length > 0)
    return row.changes
      .flatMap(({ field, live, want }) => leavesOf(field, live, want))
      .map(({ path, live, want }) => `${words(path)}: ${code(live)} → ${code(want)}`)
  if (row.action !== "create") return []
  return fieldsOf(row).map(({ name, value }) => `${words(name)}: ${code(value)}`)
}
