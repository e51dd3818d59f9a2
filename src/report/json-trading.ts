import type { JsonLine } from "./json.ts"
import type { TradingResult } from "./results/trading.ts"

/** What is one thing of many in a line of its own, and the whole of it in the last one. */
export function tradingJson(result: TradingResult): readonly JsonLine[] {
  const { environment, account, region, rows, type: _, ...rest } = result
  const place = { environment, account, region }
  if (!("recorded" in rest))
    return [
      ...rows.map((row) => ({ type: rowTypes[result.type], ...place, ...row })),
      { type: "summary", ...place, ...rest },
    ]
  const { recorded, ...summary } = rest
  return [
    ...recorded.map((one) => ({ type: "recorded-trading", ...place, ...one })),
    ...rows.map((row) => ({ type: rowTypes[result.type], ...place, ...row })),
    { type: "summary", ...place, ...summary },
  ]
}

const rowTypes = {
  halted: "halt",
  resumed: "node-trading",
  modes: "node-trading",
  history: "history",
} as const satisfies Readonly<Record<TradingResult["type"], string>>
