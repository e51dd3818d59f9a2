import type { Outputs, OutputsResult } from "../results.ts"
import { pad, widthOf, wrap } from "./fit.ts"
import { heading, type Page, placeOf } from "./page.ts"
import { escapeControls } from "./value.ts"

export function outputLines(result: OutputsResult, page: Page): readonly string[] {
  return [...heading(page, `outputs of ${placeOf(result)}`), ...outputRows(result.outputs, page)]
}

/** Side by side where the screen is wide enough for all, else each value below its name. */
export function outputRows(outputs: Outputs, page: Page): readonly string[] {
  const column = Math.max(0, ...Object.keys(outputs).map(widthOf))
  const rows = Object.entries(outputs).map(([name, value]) => [name, escapeControls(value)] as const)
  if (rows.every(([, value]) => column + widthOf(value) + 4 <= page.width))
    return rows.map(([name, value]) => `  ${pad(name, column)}  ${value}`)
  return rows.flatMap(([name, value]) => [...wrap(name, page.width, 2), ...wrap(value, page.width, 6)])
}
