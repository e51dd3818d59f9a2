import type { SwitchedResult, TradingRow } from "../results/live.ts"
import { beside } from "./beside.ts"
import { widthOf, wrap } from "./fit.ts"
import { nextLines } from "./next.ts"
import { heading, type Page, placeOf } from "./page.ts"
import { escapeControls } from "./value.ts"

/** How it ended, from what the nodes themselves say. */
export function switchedLines(result: SwitchedResult, page: Page): readonly string[] {
  const { rows, reasons, now, notes, next } = result
  const column = Math.max(0, ...rows.map(({ system, node }) => widthOf(`${system} on ${node}`)))
  return [
    ...reasons.flatMap((reason) => wrap(page.paint.red(escapeControls(reason)), page.width, 2)),
    ...now.flatMap((line) => wrap(escapeControls(line), page.width, 2)),
    ...rows.flatMap((row) => rowLines(row, column, page)),
    ...notes.flatMap((note) => wrap(`note: ${escapeControls(note)}`, page.width, 2)),
    ...heading(page, wordsOf(result, page)),
    ...nextLines(next, page),
  ]
}

function wordsOf(result: SwitchedResult, { sandbox }: Page): string {
  const { to, outcome, systems, epoch } = result
  const who = `${systems.join(" and ")} of ${placeOf(result)}`
  const state = to === "live" ? "live" : `in ${to}`
  const rehearsed = to === "live" && sandbox ? ", as a rehearsal" : ""
  if (outcome === "nothing to do") return `${who}: ${state} already${rehearsed}`
  if (outcome === "failed" && to === "live") return `${who}: not switched to ${to}${rehearsed}`
  // The record may say so already: what is missing is a node that confirms it.
  if (outcome === "failed") return `${who}: not known to be ${state} everywhere`
  return `${who}: ${state} now${rehearsed}${epoch === undefined ? "" : `, epoch ${epoch}`}; every node was read back`
}

function rowLines(row: TradingRow, column: number, page: Page) {
  const { node, system, mode, trading, gateway, account, digest, limits } = row
  const parts = [
    `${mode}, trading ${trading}, gateway ${gateway}`,
    ...(account === "" ? [] : [`account ${account}`]),
    ...(digest === "" ? [] : [`digest ${digest.slice(0, 16)}`]),
    ...(limits === "" ? [] : [`limits ${limits}`]),
  ]
  return beside(`${system} on ${node}`, escapeControls(parts.join(", ")), { column, page })
}
