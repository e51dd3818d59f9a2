import type { Outcome } from "../engine/perform.ts"
import { Awaited, type ExitCode, exitCodes, UserError } from "../errors.ts"
import type { AppliedResult, Failure } from "../report/results.ts"
import type { Ran } from "./locked.ts"

/** How a run ended, in one word. */
export function endOf({ outcome, stopped }: Ran): AppliedResult["outcome"] {
  if (stopped && outcome.skipped.length > 0) return "interrupted"
  if (outcome.failed.length === 0 && outcome.skipped.length === 0) return "done"
  // What waits for a person has not failed, even where there was nothing else to do.
  const awaited = outcome.failed.length > 0 && outcome.failed.every(({ error }) => error instanceof Awaited)
  // A system that does not start leaves all else standing, also where this run had nothing else to do.
  const onlySystems = outcome.failed.length > 0 && outcome.failed.every(({ step }) => ofSystems.has(step.kind))
  return outcome.done.length > 0 || awaited || onlySystems ? "partly" : "failed"
}

const ofSystems: ReadonlySet<string> = new Set(["checkout", "override", "images", "system"])

/** What was not done at all ends with its error's own code, such as that of a missing permission. */
export function endWith(
  { outcome: { failed }, lost }: Ran,
  { outcome: end }: Pick<AppliedResult, "outcome">,
): ExitCode {
  // The lease was lost: another run may be at work, whatever else there is to say.
  if (lost !== undefined) throw lost
  if (end === "interrupted") return exitCodes.interrupted
  if (end === "partly") return exitCodes.partly
  if (end !== "failed") return exitCodes.done
  const [first] = failed
  return first?.error instanceof UserError ? first.error.exitCode : exitCodes.failed
}

export function failuresOf({ failed }: Outcome): readonly Failure[] {
  return failed.map(({ step, error }) => ({
    step: step.key,
    ...(error instanceof Awaited && { waits: true as const }),
    message: error instanceof Error ? error.message : String(error),
    hint: error instanceof UserError ? error.hint : undefined,
    requestId: error instanceof UserError ? error.requestId : undefined,
  }))
}
