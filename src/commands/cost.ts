import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { App } from "../app.ts"
import { observe } from "../engine/observe.ts"
import type { PlanRow } from "../engine/plan.ts"
import { planRows } from "../engine/rows.ts"
import type { PriceRow } from "../engine/types.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import { cents, monthlyUsd, priceList, priceOf, totalOf } from "../prices.ts"
import type { CostPart, CostResult, CostRow } from "../report/results.ts"
import { costGroups, groupOf } from "./cost-groups.ts"
import type { Ending } from "./ends.ts"
import { findDeployed } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags, type WishFlags, wishOptions, withOptions } from "./flags.ts"
import { commandLine, wordsFor } from "./next.ts"
import { open, withAccount } from "./opening.ts"
import { notIncludedIn, placeOf } from "./planning.ts"
import { optionalTarget, type Target } from "./target.ts"

export interface CostFlags extends GlobalFlags, WishFlags {
  readonly target?: Target | undefined
}

export function costCommand(app: Ending, run = cost) {
  return withOptions(new Command("cost"), wishOptions)
    .description("Show what is there costs a month, row by row, and what it would cost as it is configured.")
    .addArgument(optionalTarget)
    .addHelpText("after", examples("smart0dte cost", "smart0dte cost single --instance-type t3.large"))
    .action(async (target, own, command) => app.exit(await run(app, { ...flagsOf(own, command), target })))
}

export async function cost(app: App, flags: CostFlags): Promise<ExitCode> {
  const opened = await open(app, "cost", flags)
  return withAccount(app, opened, flags, async (account) => {
    const site = await findDeployed(app, opened, account, flags.target)
    const observation = await observe(account.cloud, site.blueprint, site.kinds)
    opened.report.show(costOf(account, site, planRows(observation)))
    // What could not be read has no price here, and must not pass for free.
    const unread = observation.findings.find(({ error }) => error !== undefined)
    if (unread) throw unread.error
    return exitCodes.done
  })
}

function costOf(account: Account, site: Site, found: readonly PlanRow[]): CostResult {
  const rows = found.map(costRow).filter(({ now, wanted }) => now.length + wanted.length > 0)
  const groups = costGroups.flatMap((group) => {
    const own = rows.filter((row) => row.group === group)
    return own.length > 0 ? [{ group, monthlyUsd: sum(own, "now"), wantedUsd: sum(own, "wanted") }] : []
  })
  const [now, wanted] = [sum(rows, "now"), sum(rows, "wanted")]
  return {
    type: "cost",
    ...placeOf(account, site.environment),
    rows,
    groups,
    monthlyUsd: now,
    wantedUsd: wanted,
    notPriced: totalOf(found.flatMap(({ prices, pricesNow }) => [...prices, ...pricesNow])).notPriced,
    notIncluded: notIncludedIn(site),
    stays: site.stays,
    pricesOf: `${priceList.region}, ${priceList.date}`,
    next: now === wanted ? [] : [commandLine(account, wordsFor("plan", site.environment))],
  }
}

function costRow({ step, action, prices, pricesNow }: PlanRow): CostRow {
  return {
    step: step.key,
    group: groupOf(step.kind),
    now: pricesNow.map(partOf),
    // What is left over is no part of what is configured.
    wanted: action === "leftover" ? [] : prices.map(partOf),
  }
}

function partOf(row: PriceRow): CostPart {
  return { what: priceOf(row.sku)?.what ?? row.sku, units: row.units, monthlyUsd: monthlyUsd(row) }
}

const sum = (rows: readonly CostRow[], which: "now" | "wanted") =>
  cents(rows.flatMap((row) => row[which]).reduce((total, { monthlyUsd: usd = 0 }) => total + usd, 0))
