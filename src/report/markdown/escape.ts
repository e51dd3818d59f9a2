import { escapeControls, showValue } from "../text/value.ts"

/** A value of the account as code: in there nothing is a link, a mention or HTML. */
export function code(value: unknown): string {
  const shown = showValue(value)
  const text = typeof value === "string" && value !== "" && shown !== "(new)" ? escapeControls(value) : shown
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = "`".repeat(longest + 1)
  const space = /^`|`$|^ .* $/.test(text) ? " " : ""
  return `${fence}${space}${text}${space}${fence}`
}

/** Words as they stand: nothing in them makes a heading, a link, HTML or a mention. */
export function words(text: string): string {
  return escapeControls(text)
    .replaceAll(/[\\`*_{}[\]<>()#+!~&]/g, "\\$&")
    .replaceAll("@", "@<!-- -->")
}

/** A bar would begin a cell of its own, also in code. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`
  const rule = heads.map((head) => (head.startsWith("USD") ? "---:" : "---"))
  return ["", line(heads), line(rule), ...rows.map(line), ""]
}
