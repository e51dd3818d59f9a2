import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import { observe } from "../engine/observe.ts"
import type { Outcome } from "../engine/perform.ts"
import { planRows } from "../engine/rows.ts"
import { keyOf } from "../engine/types.ts"
import type { AppliedResult, PlanResult } from "../report/results.ts"
import type { Ran } from "./locked.ts"
import { commandLine, wordsAfter } from "./next.ts"
import { endOf, failuresOf } from "./outcome.ts"
import { placeOf, planResult } from "./planning.ts"

/** After a deploy: what is there now, read once more, and what comes next. */
export async function deployed(account: Account, site: Site, ran: Ran): Promise<AppliedResult> {
  const end = endOf(ran)
  const now = end === "interrupted" ? undefined : await readAgain(account, site)
  return {
    ...applied(account, site, "deploy", ran.outcome, end),
    seconds: ran.seconds,
    ...usableOf(site, ran),
    ...(now && { outputs: site.outputs(now.rows), monthlyUsd: now.summary.monthlyUsdNow }),
    next: end === "done" ? wordsAfter(site.environment).map((words) => commandLine(account, words)) : [again],
  }
}

/** Both systems are well before the last alarm stands: whoever waits for them need not wait for that. */
function usableOf({ blueprint }: Site, { outcome, ended }: Ran): Pick<AppliedResult, "usableSeconds"> {
  const systems = blueprint.steps.filter(({ kind }) => kind.name === "system").map(keyOf)
  const lacking = [...outcome.failed, ...outcome.skipped].some(({ step }) => systems.includes(step.key))
  const times = systems.flatMap((key) => ended.get(key) ?? [])
  return lacking || times.length === 0 ? {} : { usableSeconds: Math.max(...times) }
}

export function destroyed(account: Account, site: Site, ran: Ran, kept: readonly string[]): AppliedResult {
  const end = endOf(ran)
  const told = applied(account, site, "destroy", ran.outcome, end)
  return {
    ...told,
    seconds: ran.seconds,
    remains: [...told.remains, ...kept, ...site.stays],
    next: end === "done" ? [] : [again],
  }
}

export function nothingToDo(account: Account, site: Site, { rows, summary }: PlanResult): AppliedResult {
  const idle = applied(account, site, "deploy", nothing, "nothing to do")
  return { ...idle, outputs: site.outputs(rows), monthlyUsd: summary.monthlyUsd }
}

export function nothingThere(account: Account, site: Site): AppliedResult {
  return applied(account, site, "destroy", nothing, "nothing to do")
}

function applied(
  account: Account,
  { environment }: Site,
  command: AppliedResult["command"],
  outcome: Outcome,
  end: AppliedResult["outcome"],
): AppliedResult {
  return {
    type: "applied",
    ...placeOf(account, environment),
    command,
    outcome: end,
    done: outcome.done.length,
    failed: failuresOf(outcome),
    skipped: outcome.skipped.length,
    seconds: 0,
    outputs: {},
    remains: outcome.remains.map(({ step, what }) => `${step.key}: ${what}`),
    monthlyUsd: undefined,
    next: [],
  }
}

async function readAgain(account: Account, site: Site): Promise<PlanResult> {
  const observation = await observe(account.cloud, site.blueprint, site.kinds)
  return planResult(account, site, "deploy", planRows(observation))
}

const nothing: Outcome = { done: [], failed: [], skipped: [], remains: [] }

const again = "run the same command again: it continues where this one ended"
