import stringWidth from "fast-string-width"
import { wrapAnsi } from "fast-wrap-ansi"

/** Columns that the text takes on screen. */
export function widthOf(text: string): number {
  return stringWidth(text)
}

/** Plain text cut to the width, with an ellipsis where something was lost. */
export function shorten(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let [kept, taken] = ["", 1]
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    taken += widthOf(segment)
    if (taken > width) break
    kept += segment
  }
  return `${kept}…`
}

/** Lines no wider than the screen; the second and later ones stand under the first one's text. */
export function wrap(text: string, width: number, indent = 0): readonly string[] {
  const margin = " ".repeat(indent)
  const lines = wrapAnsi(text, Math.max(16, width - indent), { hard: true, trim: false }).split("\n")
  return lines.map((line, index) => margin + (index === 0 ? line : line.replace(first, "$1")).replace(last, "$1"))
}

/** Where a line was broken, a space may stand between its text and the begin or end of a colour. */
const colours = "(?:\\u001b\\[[\\d;]*m)*"
const first = new RegExp(`^(${colours})\\s+`)
const last = new RegExp(`\\s+(${colours})$`)

/** One line with something at its right end, or two where it is too narrow for both. On wide screens the eye would lose the line. */
export function spread(left: string, right: string, screen: number): readonly string[] {
  const width = Math.min(screen, 100)
  const gap = width - widthOf(left) - widthOf(right)
  if (right === "") return [left]
  if (gap >= 2) return [left + " ".repeat(gap) + right]
  return [left, " ".repeat(Math.max(4, width - widthOf(right))) + right]
}

export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)))
}
