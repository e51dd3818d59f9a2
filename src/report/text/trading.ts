import type { HaltedResult, HaltRow, ResumedResult, TradingResult } from "../results/trading.ts"
import { beside } from "./beside.ts"
import { wrap } from "./fit.ts"
import { nextLines } from "./next.ts"
import { heading, type Page, placeOf } from "./page.ts"
import { historyLines } from "./trading-history.ts"
import { modeLines } from "./trading-modes.ts"
import { nodeLines } from "./trading-node.ts"
import { escapeControls } from "./value.ts"

/** How systems trade, and what was done about it. */
export function tradingLines(result: TradingResult, page: Page): readonly string[] {
  switch (result.type) {
    case "halted":
      return haltLines(result, page)
    case "resumed":
      return resumeLines(result, page)
    case "modes":
      return modeLines(result, page)
    case "history":
      return historyLines(result, page)
  }
}

function haltLines(result: HaltedResult, page: Page): readonly string[] {
  const { rows, record, notes, remains, outcome, systems, next } = result
  const who = `${systems.join(" and ")} of ${placeOf(result)}`
  const told = outcome === "done" ? `halted: ${who}` : `not known to be halted everywhere: ${who}`
  return [
    ...rows.flatMap((row) => haltRowLines(row, page)),
    ...(record === "" ? [] : wrap(page.paint.red(escapeControls(record)), page.width, 2)),
    ...notes.flatMap((note) => wrap(`note: ${escapeControls(note)}`, page.width, 2)),
    ...heading(page, told),
    ...remains.flatMap((line) => wrap(line, page.width, 2)),
    ...nextLines(next, page),
  ]
}

function haltRowLines({ node, system, state, detail }: HaltRow, page: Page): readonly string[] {
  const paint = state === "not confirmed" ? page.paint.red : page.paint.green
  const why = detail === "" ? "" : `: ${escapeControls(detail)}`
  return beside(`${system} on ${node}`, `${paint(state)}${why}`, { column: 32, page })
}

function resumeLines(result: ResumedResult, page: Page): readonly string[] {
  const { rows, reasons, now, notes, outcome, systems, next } = result
  const who = `${systems.join(" and ")} of ${placeOf(result)}`
  return [
    ...reasons.flatMap((reason) => wrap(page.paint.red(escapeControls(reason)), page.width, 2)),
    ...now.flatMap((line) => wrap(escapeControls(line), page.width, 2)),
    ...rows.flatMap((row) => nodeLines(row, page)),
    ...notes.flatMap((note) => wrap(`note: ${escapeControls(note)}`, page.width, 2)),
    ...heading(
      page,
      outcome === "done" ? `resumed: ${who}; every node was read back` : `not resumed everywhere: ${who}`,
    ),
    ...nextLines(next, page),
  ]
}
