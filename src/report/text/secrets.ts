import type { SecretsResult } from "../results.ts"
import { pad, widthOf, wrap } from "./fit.ts"
import { nextLines } from "./next.ts"
import { heading, type Page, placeOf } from "./page.ts"
import { count } from "./quantity.ts"
import { escapeControls } from "./value.ts"

export function secretLines(result: SecretsResult, page: Page): readonly string[] {
  const { rows, next } = result
  const unset = rows.filter(({ set }) => !set).length
  const names = rows.map(({ secret, name }) => escapeControls(`${secret} ${name}`))
  const column = Math.max(0, ...names.map(widthOf))
  return [
    ...heading(page, `secrets of ${placeOf(result)}`),
    "",
    ...rows.flatMap(({ set, ageDays = 0 }, index) => {
      const state = set ? `set ${ageDays === 0 ? "today" : `${count(ageDays, "day")} ago`}` : page.paint.yellow("unset")
      const name = names[index] ?? ""
      if (column + 18 > page.width) return [...wrap(name, page.width, 2), ...wrap(state, page.width, 6)]
      return [`  ${pad(name, column)}  ${state}`]
    }),
    "",
    ...heading(page, `${count(rows.length, "secret")}, ${unset === 0 ? "all set" : `${unset} unset`}`),
    ...nextLines(next, page),
  ]
}
