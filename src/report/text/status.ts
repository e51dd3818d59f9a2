import type { ChalkInstance } from "chalk"
import type { OutputsResult, StatusResult, StatusRow, StepState } from "../results.ts"
import { pad, shorten, widthOf, wrap } from "./fit.ts"
import { nextLines } from "./next.ts"
import { heading, type Page, placeOf } from "./page.ts"
import { count, usd } from "./quantity.ts"
import { escapeControls } from "./value.ts"

export function statusLines(status: StatusResult, page: Page): readonly string[] {
  const troubled = status.rows.filter(({ state }) => state !== "ready").length
  const told = troubled === 0 ? "all ready" : `${troubled} of them not ready`
  return [
    ...heading(page, `status of ${placeOf(status)}`),
    "",
    ...tableLines(status.rows, page),
    "",
    ...outputRows(status.outputs, page),
    ...heading(page, `${count(status.rows.length, "step")}, ${told}; ${usd(status.monthlyUsd)} a month`),
    ...nextLines(status.next, page),
  ]
}

export function outputLines(result: OutputsResult, page: Page): readonly string[] {
  return [...heading(page, `outputs of ${placeOf(result)}`), ...outputRows(result.outputs, page)]
}

const colours: Readonly<Record<StepState, (paint: ChalkInstance) => ChalkInstance>> = {
  ready: (paint) => paint.green,
  pending: (paint) => paint.yellow,
  leaving: (paint) => paint.yellow,
  leftover: (paint) => paint.magenta,
  missing: (paint) => paint.red,
  failed: (paint) => paint.red,
  foreign: (paint) => paint.red,
  unknown: (paint) => paint.red,
}

/** Side by side where the screen is wide enough, else each id on a line of its own. */
function tableLines(rows: readonly StatusRow[], page: Page): readonly string[] {
  const step = widest(rows.map((row) => row.step))
  const state = widest(rows.map((row) => row.state))
  const id = widest(rows.map((row) => row.id))
  const wide = step + state + id + 6 <= page.width
  return rows.flatMap((row) => {
    const left = `  ${pad(shorten(row.step, page.width - state - 4), wide ? step : page.width - state - 4)}  `
    const paintedState = colours[row.state](page.paint)(wide ? pad(row.state, state) : row.state)
    const shownId = escapeControls(row.id)
    return [
      `${left}${paintedState}${wide ? `  ${shownId}` : ""}`.trimEnd(),
      ...(wide || shownId === "" ? [] : wrap(shownId, page.width, 6)),
      ...(row.note === undefined ? [] : wrap(row.note, page.width, 6)),
    ]
  })
}

function outputRows(outputs: Readonly<Record<string, string>>, page: Page): readonly string[] {
  const names = Object.keys(outputs)
  const column = widest(names)
  return [
    ...Object.entries(outputs).flatMap(([name, value]) => {
      const line = `  ${pad(name, column)}  ${escapeControls(value)}`
      if (widthOf(line) <= page.width) return [line]
      return [`  ${name}`, ...wrap(escapeControls(value), page.width, 6)]
    }),
    ...(names.length > 0 ? [""] : []),
  ]
}

const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(widthOf))
