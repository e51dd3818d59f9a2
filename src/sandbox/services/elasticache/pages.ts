import { pageByName } from "../pages.ts"
import { badValue } from "./records.ts"

interface Asked {
  readonly MaxRecords?: number | undefined
  readonly Marker?: string | undefined
}

/** One page in the order of names. ElastiCache takes no pages below 20. */
export const pageOf = <T>(all: readonly T[], nameOf: (item: T) => string, { MaxRecords = 100, Marker }: Asked) => {
  if (MaxRecords < 20 || MaxRecords > 100)
    throw badValue(`Invalid value ${MaxRecords} for MaxRecords. Must be between 20 and 100`)
  const refuse = (token: string) => badValue(`The Marker ${token} is invalid.`)
  const { items, next } = pageByName(all, nameOf, { size: MaxRecords, token: Marker, refuse })
  return { items, Marker: next }
}
