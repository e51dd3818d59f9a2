import type { HistoryResult, HistoryRow } from "../results/trading.ts"
import { wrap } from "./fit.ts"
import { nextLines } from "./next.ts"
import { heading, type Page, placeOf } from "./page.ts"
import { count } from "./quantity.ts"
import { escapeControls } from "./value.ts"

/** The ledger, the newest first. */
export function historyLines(result: HistoryResult, page: Page): readonly string[] {
  const { rows, next } = result
  return [
    ...heading(page, `history of ${placeOf(result)}`),
    "",
    ...rows.flatMap((row) => rowLines(row, page)),
    ...(rows.length > 0 ? [""] : []),
    ...heading(page, count(rows.length, "event")),
    ...nextLines(next, page),
  ]
}

function rowLines({ at, event, systems, epoch, by, what, details }: HistoryRow, page: Page): readonly string[] {
  const time = at.slice(0, 19).replace("T", " ")
  const told = [`${time} UTC`, page.paint.bold(escapeControls(event)), ...systems.map(escapeControls)]
  const who = [...(by === "" ? [] : [by]), ...(epoch === undefined || epoch === 0 ? [] : [`epoch ${epoch}`])]
  return [
    ...wrap(told.join("  "), page.width, 2),
    ...wrap(escapeControls(what), page.width, 6),
    ...Object.entries(details).flatMap(([name, value]) => wrap(escapeControls(`${name}: ${value}`), page.width, 6)),
    ...wrap(page.paint.dim(escapeControls(who.join(", "))), page.width, 6),
  ]
}
