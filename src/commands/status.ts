import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { App } from "../app.ts"
import { observe } from "../engine/observe.ts"
import type { PlanRow } from "../engine/plan.ts"
import { planRows } from "../engine/rows.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { StatusResult, StatusRow, StepState } from "../report/results.ts"
import type { Ending } from "./ends.ts"
import { findDeployed } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags, type WishFlags, wishOptions, withOptions } from "./flags.ts"
import { commandLine, wordsFor } from "./next.ts"
import { open, withAccount } from "./opening.ts"
import { planResult } from "./planning.ts"
import { systemsStatus } from "./systems-status.ts"
import { optionalTarget, type Target } from "./target.ts"
import { waitingNote } from "./watch-notes.ts"

export interface StatusFlags extends GlobalFlags, WishFlags {
  readonly target?: Target | undefined
}

export function statusCommand(app: Ending, run = status) {
  return withOptions(new Command("status"), wishOptions)
    .description("Show what is there: each step with its state and id, the outputs, and what to do next.")
    .addArgument(optionalTarget)
    .addHelpText("after", examples("smart0dte status", "smart0dte status single --output json"))
    .action(async (target, own, command) => app.exit(await run(app, { ...flagsOf(own, command), target })))
}

export async function status(app: App, flags: StatusFlags): Promise<ExitCode> {
  const opened = await open(app, "status", flags)
  return withAccount(app, opened, flags, async (account) => {
    const site = await findDeployed(app, opened, account, flags.target)
    opened.report.show(await statusOf(account, site))
    return exitCodes.done
  })
}

async function statusOf(account: Account, site: Site): Promise<StatusResult> {
  const rows = planRows(await observe(account.cloud, site.blueprint, site.kinds))
  const { environment, account: id, region, summary } = planResult(account, site, "deploy", rows)
  return {
    type: "status",
    environment,
    account: id,
    region,
    systems: await systemsStatus(account.cloud, environment, rows),
    rows: rows.map(statusRow),
    outputs: site.outputs(rows),
    monthlyUsd: summary.monthlyUsdNow,
    next: nextOf(account, environment, rows),
  }
}

function statusRow(row: PlanRow): StatusRow {
  const { id } = row.live ?? {}
  return {
    step: row.step.key,
    state: stateOf(row),
    id: typeof id === "string" ? id : "",
    note: noteOf(row) ?? waitingNote(row),
  }
}

function stateOf({ action, phase }: PlanRow): StepState {
  if (action === "leftover" || action === "destroy") return "leftover"
  if (typeof phase === "object") return "failed"
  if (phase === "pending" || phase === "leaving") return phase
  if (action === "blocked") return phase === undefined ? "unknown" : "foreign"
  return phase === undefined ? "missing" : "ready"
}

function noteOf({ because, changes, cause }: PlanRow): string | undefined {
  if (because !== undefined) return because
  if (changes.length === 0) return undefined
  return `${cause === "drift" ? "drifted" : "newer wish"}: ${changes.map(({ field }) => field).join(", ")}`
}

function nextOf(account: Account, environment: string, rows: readonly PlanRow[]): readonly string[] {
  const ill = rows.filter(({ step, phase }) => step.kind === "system" && typeof phase === "object")
  if (ill.length > 0) return ill.map(({ step }) => commandLine(account, `logs ${step.name}`))
  if (rows.some(({ cause, action }) => cause === "drift" && action !== "leftover"))
    return [commandLine(account, environment === "account" ? "bootstrap drift" : "drift")]
  return rows.every(({ action }) => action === "same") ? [] : [commandLine(account, wordsFor("plan", environment))]
}
