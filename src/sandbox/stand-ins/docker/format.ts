import { notThere } from "../context.ts"

/** Fills in a Go template of the kind that --format takes: names, `json` of them, and nothing else. */
export function fillTemplate(template: string, value: unknown): string {
  const text = template.replaceAll("\\t", "\t").replaceAll("\\n", "\n")
  return text.replace(/\{\{\s*(.*?)\s*\}\}/g, (_place, expression: string) => {
    const [, json, path] = /^(json\s+)?(\.[\w.]*)$/.exec(expression) ?? []
    const [, map, key] = /^index\s+(\.[\w.]+)\s+"([^"]*)"$/.exec(expression) ?? []
    if (map !== undefined) return textOf(member(at(value, map), key ?? ""))
    if (path === undefined) throw notThere(`the template {{${expression}}}`)
    const found = at(value, path)
    return json === undefined ? textOf(found) : JSON.stringify(found ?? null)
  })
}

const at = (value: unknown, path: string): unknown =>
  path
    .split(".")
    .filter((name) => name !== "")
    .reduce(member, value)

const member = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return "<no value>"
  if (Array.isArray(value)) return `[${value.map(textOf).join(" ")}]`
  return typeof value === "object" ? JSON.stringify(value) : String(value)
}

/** Columns as wide as what is in them. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd((widths[column] ?? 0) + 3))
      .join("")
      .trimEnd(),
  )
  return `${lines.join("\n")}\n`
}
