import type { ChalkInstance } from "chalk"
import type { FieldChange, PlanAction } from "../../engine/plan.ts"
import type { PlanResult, PricedRow } from "../results.ts"
import { fieldsOf } from "./fields.ts"
import { shorten, spread, wrap } from "./fit.ts"
import { leavesOf } from "./leaves.ts"
import { heading, type Page, placeOf } from "./page.ts"
import { count, difference, usd } from "./quantity.ts"
import { escapeControls, showShort, showValue } from "./value.ts"

export function planLines(plan: PlanResult, page: Page): readonly string[] {
  const rows = plan.rows.filter((row) => row.action !== "same")
  return [
    ...heading(page, `plan to ${plan.command} ${placeOf(plan)}`),
    "",
    ...rows.flatMap((row) => rowLines(row, page)),
    ...(rows.length > 0 ? [""] : []),
    ...totalLines(plan, page),
    ...plan.notes.flatMap((note) => wrap(`note: ${note}`, page.width)),
    ...heading(page, summaryOf(plan)),
  ]
}

const looks: Readonly<Record<PlanAction, { symbol: string; paint: (paint: ChalkInstance) => ChalkInstance }>> = {
  same: { symbol: "  =", paint: (paint) => paint.dim },
  create: { symbol: "  +", paint: (paint) => paint.green },
  update: { symbol: "  ~", paint: (paint) => paint.yellow },
  replace: { symbol: "-/+", paint: (paint) => paint.red },
  adopt: { symbol: "  >", paint: (paint) => paint.cyan },
  destroy: { symbol: "  -", paint: (paint) => paint.red },
  leftover: { symbol: "  ?", paint: (paint) => paint.magenta },
  blocked: { symbol: "  !", paint: (paint) => paint.red },
}

function rowLines(row: PricedRow, page: Page): readonly string[] {
  const { symbol, paint } = looks[row.action]
  const title = `${symbol} ${row.action} ${row.step.key}${row.cause === "drift" ? " (drift)" : ""}`
  const [first = "", ...more] = spread(title, priceOf(row), page.width)
  return [
    paint(page.paint)(title) + first.slice(title.length),
    ...more,
    ...(row.because === undefined ? [] : wrap(`because ${row.because}`, page.width, 6)),
    ...(waitsForPrune(row) ? wrap(`it stays until --prune ${row.pruning ?? "removes it"}`, page.width, 6) : []),
    ...(row.holdsData && removes(row.action) ? [`      ${page.paint.red("it holds data")}`] : []),
    ...fieldLines(row, page),
  ]
}

export const waitsForPrune = ({ action, pruning }: PricedRow) => action === "leftover" && pruning !== "leaves it"

const removes = (action: PlanAction) => action === "destroy" || action === "replace"

function priceOf({ action, monthlyUsd, monthlyUsdNow }: PricedRow): string {
  if (monthlyUsd === 0 && monthlyUsdNow === 0) return ""
  if (action === "create" || monthlyUsd === monthlyUsdNow) return usd(monthlyUsd)
  return difference(monthlyUsd - monthlyUsdNow)
}

function fieldLines(row: PricedRow, page: Page): readonly string[] {
  if (row.words) return row.words.flatMap((line) => wrap(escapeControls(line), page.width, 6))
  if (row.changes.length > 0) return row.changes.flatMap((change) => changeLines(change, isMixed(row), page))
  if (row.action !== "create") return []
  const fields = fieldsOf(row).map(({ name, value }) => `${name}: ${shorten(showValue(value), longestOfNew)}`)
  return fields.length > 0 ? wrap(firstOf(fields).join(", "), page.width, 6) : []
}

/** Of what is new, all of a policy or of an alarm is more than anybody reads here; what programs read has all of it. */
const longestOfNew = 60
const mostOfNew = 240

function firstOf(fields: readonly string[]): readonly string[] {
  const ends = fields.map((_, index) => fields.slice(0, index + 1).join(", ").length)
  const shown = fields.filter((_, index) => index === 0 || (ends[index] ?? 0) <= mostOfNew)
  const more = fields.length - shown.length
  return more > 0 ? [...shown, `and ${count(more, "more field")}`] : shown
}

/** Somebody changed one field, and of another there is a newer wish. */
const isMixed = ({ changes }: PricedRow) => new Set(changes.map(({ cause }) => cause)).size > 1

function changeLines({ field, live, want, cause }: FieldChange, mixed: boolean, page: Page): readonly string[] {
  const drift = mixed && cause === "drift" ? " (drift)" : ""
  return leavesOf(field, live, want).flatMap((leaf) =>
    wrap(`${leaf.path}: ${showShort(leaf.live)} -> ${showShort(leaf.want)}${drift}`, page.width, 6),
  )
}

function totalLines({ summary, notPriced, notIncluded }: PlanResult, page: Page): readonly string[] {
  const { monthlyUsd, monthlyUsdNow } = summary
  const change = monthlyUsd === monthlyUsdNow ? "" : ` (${difference(monthlyUsd - monthlyUsdNow)})`
  return [
    ...spread(notPriced.length > 0 ? "a month, at least" : "a month", `${usd(monthlyUsd)}${change}`, page.width).map(
      (line) => page.paint.bold(line),
    ),
    ...(notPriced.length > 0 ? wrap(`no price known for: ${notPriced.join(", ")}`, page.width) : []),
    ...(notIncluded.length > 0 ? wrap(`not included: ${notIncluded.join(", ")}`, page.width) : []),
  ]
}

export function summaryOf({ command, summary }: PlanResult): string {
  const changes = [
    [summary.create, "to create"],
    [summary.update, "to update"],
    [summary.replace, "to replace"],
    [summary.adopt, "to adopt"],
    [summary.destroy, "to destroy"],
    [summary.leftover, "left over"],
    [summary.blocked, "blocked"],
  ] as const
  const said = changes.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`)
  const rest = command === "deploy" ? `; ${summary.same} as wanted` : ""
  return `${said.length > 0 ? said.join(", ") : "nothing to do"}${rest} (${count(summary.apiCalls, "call")} to AWS)`
}
