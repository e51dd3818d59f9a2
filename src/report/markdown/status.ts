import type { StatusResult } from "../results.ts"
import { placeOf } from "../text/page.ts"
import { count, usd } from "../text/quantity.ts"
import { code, table, words } from "./escape.ts"

export function statusMarkdown(status: StatusResult, mark: string): readonly string[] {
  const { rows, outputs, monthlyUsd, next } = status
  const troubled = rows.filter(({ state }) => state !== "ready")
  const told = troubled.length === 0 ? "all ready" : `${troubled.length} of them not ready`
  const known = Object.entries(outputs)
  return [
    `### ${words(`${mark}status of ${placeOf(status)}`)}`,
    "",
    `**${count(rows.length, "step")}, ${told}**; ${usd(monthlyUsd)} a month.`,
    ...(troubled.length > 0 ? table(heads, troubled.map(cellsOf)) : [""]),
    ...(known.length > 0
      ? [
          "<details><summary>outputs</summary>",
          ...table(
            ["output", "value"],
            known.map(([name, value]) => [words(name), code(value)]),
          ),
          "</details>",
          "",
        ]
      : []),
    ...next.map((line) => `- next: ${code(line)}`),
  ]
}

const heads = ["step", "state", "id", "note"]

const cellsOf = ({ step, state, id, note }: StatusResult["rows"][number]) => [
  code(step),
  state,
  id === "" ? "" : code(id),
  words(note ?? ""),
]
