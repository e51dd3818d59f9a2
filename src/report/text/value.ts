import { shorten } from "./fit.ts"

/** A live or wanted value on one line, with nothing in it that could move the cursor or turn the text around. */
export function showValue(value: unknown): string {
  if (value === undefined || value === null) return "(none)"
  // What stands in a plan for the id of a thing that does not exist yet.
  if (typeof value === "string" && /^[A-Za-z]+-new$/.test(value)) return "(new)"
  if (typeof value === "string") return plain.test(value) ? value : `"${escapeControls(value).replaceAll('"', '\\"')}"`
  if (Array.isArray(value)) return `[${value.map(showValue).join(", ")}]`
  if (typeof value === "object")
    return `{${Object.entries(value)
      .map(([key, inner]) => `${escapeControls(key)}: ${showValue(inner)}`)
      .join(", ")}}`
  return String(value)
}

/** The same, cut where it is very long; what programs read has all of it. */
export function showShort(value: unknown): string {
  return shorten(showValue(value), longest)
}

const longest = 160

/** Control characters, and the invisible ones that reorder or hide text, as their code points. */
export function escapeControls(text: string): string {
  return text.replace(dangerous, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}

const dangerous = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu
const plain = /^[\p{L}\p{N}\p{M}._/:@+=*%-]+$/u
