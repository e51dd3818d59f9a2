import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { Requests } from "../engine/observation.ts"
import { observe } from "../engine/observe.ts"
import type { PlanAction, PlanRow } from "../engine/plan.ts"
import { planRows } from "../engine/rows.ts"
import { cents, notIncluded, priceList, totalOf } from "../prices.ts"
import type { Place } from "../report/place.ts"
import type { PlanResult, PlanSummary, PricedRow } from "../report/results.ts"
import { formerRows } from "./former-rows.ts"
import { watchNotes } from "./watch-notes.ts"

export interface PlanOptions extends Requests {
  readonly prune: boolean
}

export interface Planned {
  readonly plan: PlanResult
  /** The first of the errors that something could not be read for. */
  readonly unread: unknown
  /** All of them. */
  readonly errors: readonly unknown[]
}

/** What a deploy would do, with what it costs. Changes nothing. */
export async function planDeploy(account: Account, site: Site, options: PlanOptions): Promise<Planned> {
  const observation = await observe(account.cloud, site.blueprint, site.kinds, options)
  const former = await formerRows(account, site.blueprint.unwished ?? [], options.prune ? "update" : "leftover")
  const plan = planResult(account, site, "deploy", [...former, ...planRows(observation, options.prune)])
  const errors = observation.findings.flatMap(({ error }) => error ?? [])
  return { plan, unread: errors[0], errors }
}

export function planResult(
  account: Account,
  site: Site,
  command: "deploy" | "destroy",
  rows: readonly PlanRow[],
): PlanResult {
  const priced = rows.map(pricedRow)
  const wanted = totalOf(rows.flatMap((row) => row.prices))
  return {
    type: "plan",
    ...placeOf(account, site.environment),
    command,
    rows: priced,
    summary: summaryOf(priced, account.calls()),
    notPriced: wanted.notPriced,
    notIncluded: command === "deploy" ? notIncludedIn(site) : [],
    notes: [...pricesElsewhere(account.cloud.region), ...(command === "deploy" ? notesOn(site, rows) : [])],
  }
}

const notesOn = (site: Site, rows: readonly PlanRow[]): readonly string[] => [
  ...watchNotes(rows),
  // What is as wanted and yet not done is in no other line.
  ...rows.flatMap(({ action, step, phase, because }) =>
    action === "same" && phase === "pending" && because !== undefined ? [`${step.key}: ${because}`] : [],
  ),
  ...(site.notes ?? []),
]

/** What a bill has besides what is in the total. */
export const notIncludedIn = (site: Site): readonly string[] =>
  site.notIncluded ?? notIncluded.map(({ what, price }) => `${what} (${price})`)

export function placeOf({ cloud }: Account, environment: string): Place {
  return { environment, account: cloud.account, region: cloud.region }
}

/** Whether a run has something to do about it. */
export const changes = ({ action }: PlanRow): boolean => action !== "same" && action !== "leftover"

function pricedRow(row: PlanRow): PricedRow {
  return { ...row, monthlyUsd: totalOf(row.prices).usd, monthlyUsdNow: totalOf(row.pricesNow).usd }
}

function summaryOf(rows: readonly PricedRow[], apiCalls: number): PlanSummary {
  const count = (action: PlanAction) => rows.filter((row) => row.action === action).length
  return {
    monthlyUsd: cents(rows.reduce((sum, row) => sum + row.monthlyUsd, 0)),
    monthlyUsdNow: cents(rows.reduce((sum, row) => sum + row.monthlyUsdNow, 0)),
    create: count("create"),
    update: count("update"),
    replace: count("replace"),
    adopt: count("adopt"),
    destroy: count("destroy"),
    leftover: count("leftover"),
    blocked: count("blocked"),
    same: count("same"),
    apiCalls,
  }
}

export function pricesElsewhere(region: string): readonly string[] {
  if (region === priceList.region) return []
  return [`the prices are those of ${priceList.region}; ${region} may be dearer`]
}
