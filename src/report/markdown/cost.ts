import type { CostPart, CostResult, CostRow } from "../results.ts"
import { placeOf } from "../text/page.ts"
import { difference, usd } from "../text/quantity.ts"
import { code, table, words } from "./escape.ts"

export function costMarkdown(cost: CostResult, mark: string): readonly string[] {
  const { groups, rows, monthlyUsd, wantedUsd, notPriced } = cost
  const change =
    monthlyUsd === wantedUsd ? "" : `; as it is configured ${usd(wantedUsd)} (${difference(wantedUsd - monthlyUsd)})`
  return [
    `### ${words(`${mark}cost of ${placeOf(cost)}`)}`,
    "",
    `**${notPriced.length > 0 ? "At least " : ""}${usd(monthlyUsd)} a month**${change}.`,
    ...table(
      ["group", "USD a month", "USD as configured"],
      groups.map((group) => [words(group.group), figure(group.monthlyUsd), figure(group.wantedUsd)]),
    ),
    "<details><summary>row by row</summary>",
    ...table(["step", "what", "USD a month"], rows.flatMap(cellsOf)),
    "</details>",
    "",
    ...(notPriced.length > 0 ? [`- no price known for: ${notPriced.map(code).join(", ")}`] : []),
    `- not included: ${words(cost.notIncluded.join(", "))}`,
    ...cost.stays.map((one) => `- beside it: ${words(one)}`),
    `- prices of ${words(cost.pricesOf)}, without a free tier or discounts`,
    ...cost.next.map((line) => `- next: ${code(line)}`),
  ]
}

const cellsOf = ({ step, now }: CostRow): readonly (readonly string[])[] =>
  now.map((part) => [code(step), words(whatOf(part)), part.monthlyUsd === undefined ? "?" : figure(part.monthlyUsd)])

const whatOf = ({ units, what }: CostPart) => (units === 1 ? what : `${units} ${what}`)

const figure = (amount: number) => usd(amount).replace(" USD", "")
