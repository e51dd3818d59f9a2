import { randomInt } from "node:crypto"
import { Usage } from "../../errors.ts"

// A secret is a text of lines `NAME=value`, so that a system's many keys cost as much as one, and a shell script can
// read it.

export type Lines = Readonly<Record<string, string>>

/** What stands for a value that nobody has given yet. */
export const unset = "unset"

export function linesOf(text: string): Lines {
  const entries = text.split("\n").flatMap((line) => {
    const at = line.indexOf("=")
    return at < 1 ? [] : [[line.slice(0, at), line.slice(at + 1)]]
  })
  return Object.fromEntries(entries)
}

/** In the order of the names. */
export const textOf = (lines: Lines): string =>
  Object.entries(lines)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}\n`)
    .join("")

/** Refuses what no line can be. The value is never repeated. */
export function checkLine(name: string, value: string): void {
  if (!/^[A-Z][A-Z0-9_]{0,99}$/.test(name))
    throw new Usage(`"${name}" cannot name a secret`, { hint: "use capital letters, digits and _: POLYGON_API_KEY" })
  if (value === "") throw new Usage(`the value of ${name} is empty`, { hint: `give "${unset}" to take a value away` })
  if (/[\n\r\0]/.test(value))
    throw new Usage(`the value of ${name} has more than one line`, { hint: "a secret's value is one line" })
}

/** Letters and digits alone, which need no quotes in any address, file or shell: more than 280 bits, if not shorter. */
export const generated = (length = 48): string =>
  Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("")

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
