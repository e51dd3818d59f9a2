import type { CostPart, CostResult, CostRow } from "../results.ts"
import { spread, wrap } from "./fit.ts"
import { nextLines } from "./next.ts"
import { heading, type Page, placeOf } from "./page.ts"
import { difference, usd } from "./quantity.ts"

export function costLines(cost: CostResult, page: Page): readonly string[] {
  const { monthlyUsd, wantedUsd, notPriced, notIncluded, stays } = cost
  return [
    ...heading(page, `cost of ${placeOf(cost)}`),
    "",
    ...cost.groups.flatMap(({ group, ...sums }) => [
      ...spread(group, amount(sums), page.width).map((line) => page.paint.bold(line)),
      ...cost.rows.filter((row) => row.group === group).flatMap((row) => rowLines(row, page)),
    ]),
    "",
    ...spread(notPriced.length > 0 ? "a month, at least" : "a month", usd(monthlyUsd), page.width).map((line) =>
      page.paint.bold(line),
    ),
    ...(monthlyUsd === wantedUsd ? [] : spread("as it is configured", amount({ monthlyUsd, wantedUsd }), page.width)),
    ...(notPriced.length > 0 ? wrap(`no price known for: ${notPriced.join(", ")}`, page.width) : []),
    ...wrap(`not included: ${notIncluded.join(", ")}`, page.width),
    ...stays.flatMap((one) => wrap(`beside it: ${one}`, page.width)),
    ...wrap(`prices of ${cost.pricesOf}, without a free tier or discounts`, page.width),
    ...nextLines(cost.next, page),
  ]
}

function rowLines({ step, now, wanted }: CostRow, page: Page): readonly string[] {
  const gone = now.filter((part) => !wanted.some((other) => same(part, other)))
  const fresh = wanted.filter((part) => !now.some((other) => same(part, other)))
  const kept = now.filter((part) => !gone.includes(part))
  const line = (sign: string, part: CostPart) => spread(`    ${sign} ${named(part)}`, priceOf(part), page.width)
  const [only] = kept
  // Most alarms cost the same and nothing else: a line each is enough.
  if (only && kept.length + gone.length + fresh.length === 1)
    return spread(`  ${step}: ${named(only)}`, priceOf(only), page.width)
  return [
    ...wrap(step, page.width, 2),
    ...kept.flatMap((part) => line(" ", part)),
    ...gone.flatMap((part) => line("-", part)),
    ...fresh.flatMap((part) => line("+", part)),
  ]
}

const named = ({ what, units }: CostPart) => (units === 1 ? what : `${units} ${what}`)

const same = (one: CostPart, other: CostPart) => one.what === other.what && one.units === other.units

const priceOf = ({ monthlyUsd }: CostPart) => (monthlyUsd === undefined ? "?" : usd(monthlyUsd))

const amount = ({ monthlyUsd, wantedUsd }: { readonly monthlyUsd: number; readonly wantedUsd: number }) =>
  monthlyUsd === wantedUsd
    ? usd(monthlyUsd)
    : `${usd(monthlyUsd)}, then ${usd(wantedUsd)} (${difference(wantedUsd - monthlyUsd)})`
