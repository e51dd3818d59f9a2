import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { System } from "../nodes/systems.ts"
import type { Ran } from "./locked.ts"
import { commandLine } from "./next.ts"
import type { Opened } from "./opening.ts"
import { endOf, failuresOf } from "./outcome.ts"
import { placeOf } from "./planning.ts"

interface Released {
  readonly command: "release" | "rollback"
  readonly system: System
  readonly ran: Ran
  /** How it went back, after a release that did not get well. */
  readonly back?: Ran | undefined
}

/** What became of a release: a version that does not get well is a failure, whatever else was done on the way. */
export function released(
  opened: Opened,
  account: Account,
  site: Site,
  { command, system, ran, back }: Released,
): ExitCode {
  const end = endOf(ran)
  opened.report.show({
    type: "applied",
    ...placeOf(account, site.environment),
    command,
    outcome: end,
    done: ran.outcome.done.length,
    failed: [...failuresOf(ran.outcome), ...(back ? failuresOf(back.outcome) : [])],
    skipped: ran.outcome.skipped.length,
    seconds: ran.seconds,
    outputs: {},
    remains: [],
    monthlyUsd: undefined,
    next: nextOf(account, system, ran, back),
  })
  if (ran.lost !== undefined) throw ran.lost
  if (end === "interrupted") return exitCodes.interrupted
  return ran.outcome.failed.length > 0 ? exitCodes.failed : exitCodes.done
}

function nextOf(account: Account, system: System, { outcome }: Ran, back: Ran | undefined): readonly string[] {
  if (outcome.failed.length === 0) return [commandLine(account, "status"), commandLine(account, `logs ${system}`)]
  if (back?.outcome.failed.length === 0)
    return [`the version before runs; mend this one, then: ${commandLine(account, `release ${system}`)}`]
  return [commandLine(account, "status"), commandLine(account, `logs ${system}`)]
}
