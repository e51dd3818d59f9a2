import { Refusal } from "../../service.ts"
import { pageByName } from "../pages.ts"

interface Asked {
  readonly MaxRecords?: number | undefined
  readonly Marker?: string | undefined
}

/** One page in the order of names. RDS takes no pages below 20. */
export const pageOf = <T>(all: readonly T[], nameOf: (item: T) => string, { MaxRecords = 100, Marker }: Asked) => {
  if (MaxRecords < 20 || MaxRecords > 100)
    throw new Refusal("InvalidParameterValue", `Invalid value ${MaxRecords} for MaxRecords. Must be between 20 and 100`)
  const refuse = (token: string) => new Refusal("InvalidParameterValue", `The Marker ${token} is invalid.`)
  const { items, next } = pageByName(all, nameOf, { size: MaxRecords, token: Marker, refuse })
  return { items, Marker: next }
}
