import { easternTime } from "../../../market/eastern.ts"
import type { LiveFacts } from "../facts.ts"
import { type Finding, failed, lineFor, passed } from "./check.ts"

const minutes = 15

/** That what the systems know can be brought back, as it was just now or earlier today. */
export function backup(facts: LiveFacts): Finding {
  const {
    backup: { restorable, snapshot },
    now,
  } = facts
  if (restorable !== undefined && now - restorable <= minutes * 60_000)
    return passed(`the database can be brought back to ${new Date(restorable).toISOString()}`)
  const { wallAt } = easternTime()
  if (snapshot !== undefined && wallAt(snapshot).day === wallAt(now).day)
    return passed(`a snapshot of ${new Date(snapshot).toISOString()}`)
  const newest = Math.max(restorable ?? 0, snapshot ?? 0)
  return failed(
    newest === 0
      ? "nothing is kept of the database"
      : `the database was kept last at ${new Date(newest).toISOString()}`,
    `keep it now with: ${lineFor(facts, "backup create")}`,
  )
}
