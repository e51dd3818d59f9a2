import { Option } from "@commander-js/extra-typings"
import { Refused, Usage } from "../errors.ts"
import { cents, totalOf } from "../prices.ts"
import type { PlanResult, PricedRow } from "../report/results.ts"
import { changes } from "./planning.ts"

/** What a plan may not go beyond; a build server says it once for all plans to come. */
export interface LimitFlags {
  /** USD. */
  readonly maxMonthlyIncrease?: number
  readonly replace?: readonly string[] | false
}

export const limitOptions: readonly Option[] = [
  new Option("--max-monthly-increase <usd>", "refuse what adds more than that to the month's bill").argParser(readUsd),
  new Option("--no-replace", "refuse what replaces anything"),
]

export function refuseBeyondLimits(plan: PlanResult, { maxMonthlyIncrease, replace }: LimitFlags): void {
  const said = [
    ...(maxMonthlyIncrease === undefined ? [] : costsMore(plan, maxMonthlyIncrease)),
    ...(replace === false ? replaced(plan) : []),
  ]
  if (said.length > 0)
    throw new Refused(said.join("\n"), { hint: "nothing was changed; raise the limit if it is meant" })
}

function costsMore({ rows, summary }: PlanResult, most: number): readonly string[] {
  const increase = cents(summary.monthlyUsd - summary.monthlyUsdNow)
  const dearer = rows.filter((row) => difference(row) > 0).toSorted((a, b) => difference(b) - difference(a))
  const told = dearer.map((row) => `${row.step.key} +${difference(row).toFixed(2)}`).join(", ")
  // What may cost anything cannot be said to stay below a limit.
  const unknown = totalOf(rows.filter(changes).flatMap(({ prices }) => prices)).notPriced
  return [
    ...(increase > most
      ? [
          `the month's bill would rise by ${increase.toFixed(2)} USD, ${(increase - most).toFixed(2)} more than ` +
            `--max-monthly-increase allows: ${told}`,
        ]
      : []),
    ...(unknown.length > 0 ? [`no price is known for ${unknown.join(", ")}, so the increase may be any`] : []),
  ]
}

function replaced({ rows }: PlanResult): readonly string[] {
  const keys = rows.filter(({ action }) => action === "replace").map(({ step }) => step.key)
  return keys.length > 0 ? [`--no-replace, and the plan replaces ${keys.join(", ")}`] : []
}

const difference = ({ monthlyUsd, monthlyUsdNow }: PricedRow) => cents(monthlyUsd - monthlyUsdNow)

function readUsd(text: string): number {
  if (/^\d+(\.\d{1,2})?$/.test(text)) return Number(text)
  throw new Usage(`--max-monthly-increase is ${JSON.stringify(text)}`, { hint: "give an amount in USD, such as 50" })
}
