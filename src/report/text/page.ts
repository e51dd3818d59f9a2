import type { ChalkInstance } from "chalk"
import { wrap } from "./fit.ts"

/** What the lines of a result are written for. */
export interface Page {
  readonly paint: ChalkInstance
  /** Columns; a pipe has a fixed, generous number, so that the same result is the same text. */
  readonly width: number
  readonly sandbox: boolean
}

export const pipeWidth = 100

/** Said in every heading and final line, so that no part of the output can be taken for the real thing. */
export function mark(page: Pick<Page, "sandbox" | "paint">): string {
  return page.sandbox ? `${page.paint.yellow("[sandbox]")} ` : ""
}

/** The first line of a result, or its last. */
export function heading(page: Page, text: string): readonly string[] {
  return wrap(`${mark(page)}${page.paint.bold(text)}`, page.width)
}

export function placeOf(place: { environment: string; account: string; region: string }): string {
  // "destroyed account in account 1234" would frighten anybody.
  if (place.environment === "account") return `the baseline of account ${place.account}, ${place.region}`
  return `${place.environment} in account ${place.account}, ${place.region}`
}
