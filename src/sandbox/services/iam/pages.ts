import { Refusal } from "../../service.ts"

interface Wish {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

/**
 * One page of things, in the order of their names. The marker carries the last name shown, not a position:
 * what is made or deleted between two pages neither repeats nor hides another thing.
 */
export const pageByName = <T>(all: readonly T[], nameOf: (item: T) => string, wish: Wish) => {
  const after = wish.Marker === undefined ? "" : decoded(wish.Marker)
  const limit = wish.MaxItems ?? 100
  const rest = all.filter((item) => nameOf(item) > after).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  if (rest.length <= limit || last === undefined) return { items, paging: { IsTruncated: false } }
  return { items, paging: { IsTruncated: true, Marker: Buffer.from(nameOf(last)).toString("base64") } }
}

const decoded = (marker: string): string => {
  const name = Buffer.from(marker, "base64").toString()
  if (name !== "" && Buffer.from(name).toString("base64") === marker) return name
  throw new Refusal("ValidationError", `Invalid Marker: ${marker}`)
}
