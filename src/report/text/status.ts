import type { ChalkInstance } from "chalk"
import type { StatusResult, StatusRow, StepState, SystemStatus } from "../results.ts"
import { pad, shorten, widthOf, wrap } from "./fit.ts"
import { nextLines } from "./next.ts"
import { outputRows } from "./outputs.ts"
import { heading, type Page, placeOf } from "./page.ts"
import { count, usd } from "./quantity.ts"
import { escapeControls } from "./value.ts"

export function statusLines(status: StatusResult, page: Page): readonly string[] {
  const troubled = status.rows.filter(({ state }) => state !== "ready").length
  const told = troubled === 0 ? "all ready" : `${troubled} of them not ready`
  return [
    ...heading(page, `status of ${placeOf(status)}`),
    "",
    ...status.systems.flatMap((system) => systemLines(system, page)),
    ...(status.systems.length > 0 ? [""] : []),
    ...tableLines(status.rows, page),
    "",
    ...outputRows(status.outputs, page),
    "",
    ...heading(page, `${count(status.rows.length, "step")}, ${told}; ${usd(status.monthlyUsd)} a month`),
    ...nextLines(status.next, page),
  ]
}

function systemLines(one: SystemStatus, page: Page): readonly string[] {
  const { system, node, health, mode, trading, commit, url, note } = one
  const paint = { healthy: page.paint.green, unhealthy: page.paint.red, unknown: page.paint.yellow }[health]
  const where = node === "" ? "on no node yet" : `on ${node}`
  const what = [
    mode,
    `trading ${trading}`,
    ...(commit === "" ? [] : [commit.slice(0, 12)]),
    ...(url === "" ? [] : [url]),
  ]
  return [
    ...wrap(`${page.paint.bold(system)} ${paint(health)} ${where}: ${what.join(", ")}`, page.width, 2),
    ...(note === undefined ? [] : note.split("\n").flatMap((line) => wrap(escapeControls(line), page.width, 6))),
  ]
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

const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(widthOf))
