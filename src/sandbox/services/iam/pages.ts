import { Refusal } from "../../service.ts"
import { pageByName } from "../pages.ts"

interface Wish {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

/** One page, with what IAM's answers say about the next. */
export const pageOf = <T>(all: readonly T[], nameOf: (item: T) => string, wish: Wish) => {
  const { items, next } = pageByName(all, nameOf, { size: wish.MaxItems ?? 100, token: wish.Marker, refuse })
  return {
    items: [...items],
    paging: next === undefined ? { IsTruncated: false } : { IsTruncated: true, Marker: next },
  }
}

const refuse = (marker: string): Refusal => new Refusal("ValidationError", `Invalid Marker: ${marker}`)
