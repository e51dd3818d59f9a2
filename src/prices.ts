import file from "./prices.json" with { type: "json" }

export interface Price {
  readonly what: string
  readonly usd: number
  readonly unit: "hour" | "month"
  /** Where the figure comes from, and when. */
  readonly source: string
}

interface Row {
  readonly sku: string
  readonly units: number
}

export interface Total {
  /** Of the rows that have a price. */
  readonly usd: number
  /** What has none in the file: a total with such rows is a lower bound. */
  readonly notPriced: readonly string[]
}

/** What AWS counts as a month. */
const hoursPerMonth = 730

export const priceList = { date: file.date, region: file.region, currency: file.currency } as const

/** What every bill has on top, by use. */
export const notIncluded: readonly { readonly what: string; readonly price: string }[] = file.notIncluded

export function priceOf(sku: string): Price | undefined {
  const unit = Object.hasOwn(units, sku) ? units[sku] : undefined
  return unit && { ...unit, source: sources[unit.source] ?? unit.source }
}

/**
 * In whole cents, so that every sum is the sum of what is shown. Nothing where the file has no price: that is not the
 * same as free.
 */
export function monthlyUsd({ sku, units: count }: Row): number | undefined {
  const price = priceOf(sku)
  return price && cents(count * price.usd * (price.unit === "hour" ? hoursPerMonth : 1))
}

/** Without the dust that sums of fractions carry behind the cents. */
export const cents = (usd: number): number => Math.round(usd * 100) / 100

export function totalOf(rows: readonly Row[]): Total {
  const priced = rows.map((row) => ({ sku: row.sku, usd: monthlyUsd(row) }))
  return {
    usd: cents(priced.reduce((sum, row) => sum + (row.usd ?? 0), 0)),
    notPriced: [...new Set(priced.filter((row) => row.usd === undefined).map((row) => row.sku))],
  }
}

const sources: Readonly<Record<string, string>> = file.sources

// The file is checked by a test; its units are one of the two that Price knows.
const units = file.units as Readonly<Record<string, Price>>
