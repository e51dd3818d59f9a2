import { Refusal } from "../../service.ts"
import { pageByName } from "../pages.ts"

interface Wish {
  readonly Marker?: string | undefined
  readonly PageSize?: number | undefined
}

/** One page, in the order of `nameOf`, with the marker that leads to the next. */
export const pageOf = <T>(all: readonly T[], nameOf: (item: T) => string, { Marker, PageSize }: Wish) => {
  const { items, next } = pageByName(all, nameOf, { size: PageSize ?? 400, token: Marker, refuse })
  return { items, NextMarker: next }
}

const refuse = (): Refusal => new Refusal("ValidationError", "Invalid marker")
