import type { BackupRow, BackupsResult } from "../results.ts"
import { failureLines } from "./applied.ts"
import { pad, widthOf, wrap } from "./fit.ts"
import { nextLines } from "./next.ts"
import { heading, type Page, placeOf } from "./page.ts"
import { count, usd } from "./quantity.ts"
import { escapeControls } from "./value.ts"

export function backupLines(result: BackupsResult, page: Page): readonly string[] {
  const { rows, failed, next } = result
  const total = rows.reduce((sum, { atMostUsd }) => sum + atMostUsd, 0)
  return [
    ...heading(page, `backups of ${placeOf(result)}`),
    "",
    ...rows.flatMap((row) => rowLines(row, page)),
    "",
    ...failed.flatMap((failure) => failureLines(failure, page)),
    ...heading(page, `${count(rows.length, "backup")}, at most ${usd(total)} a month`),
    ...nextLines(next, page),
  ]
}

function rowLines({ part, id, name, made, ageDays, state, gb, atMostUsd, origin }: BackupRow, page: Page) {
  const age = ageDays === 0 ? "today" : `${count(ageDays, "day")} ago`
  const size = gb < 1 ? "small" : `${Math.round(gb)} GB`
  const whose = id ?? origin
  const cost = atMostUsd > 0 ? `, at most ${usd(atMostUsd)} a month` : ""
  const said = `${state === "ready" ? "" : `${state}, `}${size}, ${made.slice(0, 16).replace("T", " ")} UTC (${age})${cost}`
  const left = `  ${pad(whose, 15)}  ${pad(part, 13)}  `
  const lines =
    widthOf(left) + widthOf(said) <= page.width ? [left + said] : [left.trimEnd(), ...wrap(said, page.width, 6)]
  return [...lines, ...wrap(page.paint.dim(escapeControls(name)), page.width, 6)]
}
