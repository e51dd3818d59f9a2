import { notThere } from "../context.ts"

/** One thing that a script asks for. */
export type Piece =
  | {
      readonly kind: "statement"
      readonly text: string /** Its rows are statements to be run. */
      readonly execute: boolean
    }
  | { readonly kind: "command"; readonly name: string; readonly words: readonly string[] }

/** Cuts a script of psql into its pieces; variables stand in them as they were written. */
export function piecesOf(script: string): readonly Piece[] {
  const pieces: Piece[] = []
  let text = ""
  let quoted = false
  for (const line of script.split("\n")) {
    if (!quoted && text.trim() === "" && line.startsWith("\\")) {
      pieces.push(commandOf(line))
      continue
    }
    if (!quoted && /^\s*--/.test(line)) continue
    if ((line.match(/\$\$/g)?.length ?? 0) % 2 === 1) quoted = !quoted
    const [, before = line, after] = /^(.*?)\\(gexec|g)\s*$/.exec(line) ?? []
    text += `${before}\n`
    if (after === undefined && (quoted || !/;\s*$/.test(line))) continue
    pieces.push({ kind: "statement", text: text.trim().replace(/;$/, ""), execute: after === "gexec" })
    text = ""
  }
  if (text.trim() !== "") pieces.push({ kind: "statement", text: text.trim(), execute: false })
  return pieces
}

function commandOf(line: string): Piece {
  const [name = "", ...words] = [...line.slice(1).matchAll(/'((?:[^']|'')*)'|(\S+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll("''", "'") ?? plain ?? "",
  )
  return { kind: "command", name, words }
}

/** Puts variables in: `:name` as it is, `:'name'` as a literal, `:"name"` as a name. */
export const withVariables = (text: string, variables: ReadonlyMap<string, string>): string =>
  text.replace(
    /(?<!:):(?:'(\w+)'|"(\w+)"|([a-zA-Z_]\w*))/g,
    (whole, literal?: string, name?: string, plain?: string) => {
      const value = variables.get(literal ?? name ?? plain ?? "")
      if (value === undefined) return whole
      if (literal !== undefined) return literalOf(value)
      return name === undefined ? value : identifierOf(value)
    },
  )

export const literalOf = (value: string): string => `'${value.replaceAll("'", "''")}'`
export const identifierOf = (value: string): string => `"${value.replaceAll('"', '""')}"`

/** The name or literal in a piece of SQL, without its quotes. */
export function bare(text: string): string {
  const trimmed = text.trim()
  if (/^'.*'$/s.test(trimmed)) return trimmed.slice(1, -1).replaceAll("''", "'")
  if (/^".*"$/s.test(trimmed)) return trimmed.slice(1, -1).replaceAll('""', '"')
  if (/^\w+$/.test(trimmed)) return trimmed.toLowerCase()
  throw notThere(`"${trimmed}" in SQL`)
}
