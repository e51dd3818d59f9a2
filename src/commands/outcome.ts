import type { Outcome } from "../engine/perform.ts"
import { type ExitCode, exitCodes, UserError } from "../errors.ts"
import type { AppliedResult, Failure } from "../report/results.ts"
import type { Ran } from "./locked.ts"

/** How a run ended, in one word. */
export function endOf({ outcome, stopped }: Ran): AppliedResult["outcome"] {
  if (stopped && outcome.skipped.length > 0) return "interrupted"
  if (outcome.failed.length === 0 && outcome.skipped.length === 0) return "done"
  return outcome.done.length > 0 ? "partly" : "failed"
}

/** What was not done at all ends with its error's own code, such as that of a missing permission. */
export function endWith({ outcome: { failed }, lost }: Ran, { outcome: end }: AppliedResult): ExitCode {
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
    message: error instanceof Error ? error.message : String(error),
    hint: error instanceof UserError ? error.hint : undefined,
    requestId: error instanceof UserError ? error.requestId : undefined,
  }))
}
