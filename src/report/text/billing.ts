import type { BillingAlarm, BillingBudget, BillingResult, BillingTold } from "../results/billing.ts"
import { wrap } from "./fit.ts"
import { nextLines } from "./next.ts"
import { heading, type Page } from "./page.ts"
import { usd } from "./quantity.ts"
import { escapeControls } from "./value.ts"

export function billingLines(result: BillingResult, page: Page): readonly string[] {
  const { account, budget, alarms, told, notes, next } = result
  return [
    ...heading(page, `spending of account ${account}, this month`),
    ...(budget ? budgetLines(budget, page) : wrap("no budget is set", page.width, 2)),
    ...alarms.flatMap((alarm) => alarmLine(alarm, page)),
    ...told.flatMap((one) => toldLine(one, page)),
    ...notes.flatMap((note) => wrap(`${page.paint.yellow("note:")} ${escapeControls(note)}`, page.width)),
    ...nextLines(next, page),
  ]
}

function budgetLines({ usd: limit, spentUsd, forecastUsd, notices }: BillingBudget, page: Page): readonly string[] {
  const share = limit > 0 ? `, ${Math.round((spentUsd / limit) * 100)} % of it` : ""
  const forecast = forecastUsd === undefined ? "no forecast yet" : `forecast ${usd(forecastUsd)}`
  return [
    ...wrap(`budget ${usd(limit)}: spent ${usd(spentUsd)}${share}; ${forecast}`, page.width, 2),
    ...notices.flatMap(({ of, percent, exceeded }) => {
      const what = of === "actual" ? "spent" : "expected"
      const state = exceeded ? page.paint.red("exceeded") : page.paint.green("ok")
      return wrap(`tells at ${percent} % ${what} (${usd((limit * percent) / 100)}): ${state}`, page.width, 4)
    }),
  ]
}

function alarmLine({ usd: threshold, state }: BillingAlarm, page: Page): readonly string[] {
  const paint = { ok: page.paint.green, exceeded: page.paint.red, "no data": page.paint.yellow }[state]
  return wrap(`alarm above ${usd(threshold)}: ${paint(state)}`, page.width, 2)
}

function toldLine({ protocol, endpoint, confirmed }: BillingTold, page: Page): readonly string[] {
  const state = confirmed ? page.paint.green("confirmed") : page.paint.yellow("not confirmed")
  return wrap(`tells ${escapeControls(endpoint)} by ${protocol}: ${state}`, page.width, 2)
}
