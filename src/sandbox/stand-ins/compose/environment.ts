import { existsSync, readFileSync } from "node:fs"
import { resolve } from "node:path"
import { Fault } from "../context.ts"
import { listOf, objectAt } from "./fields.ts"

/** `A=b` lines or a mapping. */
export function pairsOf(given: unknown): Readonly<Record<string, string>> {
  if (Array.isArray(given)) return Object.fromEntries(given.map((line) => pairOf(String(line))))
  const fields = objectAt(given ?? {}, "environment")
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value === null ? "" : String(value)]))
}

const pairOf = (line: string): readonly [string, string] => {
  const at = line.indexOf("=")
  return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)]
}

/** What files of variables say, the last one of a name. */
export function filesOf(dir: string, given: unknown): Readonly<Record<string, string>> {
  const all = listOf(given).map((one) =>
    typeof one === "string" ? { path: one, required: true } : objectAt(one, "env_file"),
  )
  const pairs = all.flatMap(({ path, required }) => {
    const file = resolve(dir, String(path))
    if (!existsSync(file)) {
      if (required === false) return []
      throw new Fault(`env file ${file} not found: stat ${file}: no such file or directory`)
    }
    const lines = readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => /^\s*[^#\s]/.test(line))
    return lines.map((line) => {
      const [name, value] = pairOf(line)
      return [name, unquoted(value)] as const
    })
  })
  return Object.fromEntries(pairs)
}

/** In single quotes nothing is replaced, but for a quote of its own. */
function unquoted(value: string): string {
  const [, quote, text = value] = /^(["'])(.*)\1$/s.exec(value) ?? []
  return quote === "'" ? text.replaceAll("\\'", "'") : text
}
