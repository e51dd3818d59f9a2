import type { Account } from "../app/account.ts"
import { shellLine } from "../nodes/compose-order.ts"
import type { Judged } from "../nodes/live/checks/judge.ts"
import type { LiveChecksResult } from "../report/results/live.ts"
import type { GoingLive } from "./going-live.ts"
import { commandLine } from "./next.ts"
import { placeOf } from "./planning.ts"

/** Every check with what it has found, and what to do next. */
export function checksResult(
  account: Account,
  wish: GoingLive,
  checks: readonly Judged[],
  token?: LiveChecksResult["token"],
): LiveChecksResult {
  const { command, scope, systems, dryRun } = wish
  return {
    type: "live-checks",
    ...placeOf(account, scope),
    command,
    dryRun,
    systems,
    checks,
    passed: nothingFailed(checks),
    ...(token && { token }),
    next: nextOf(account, wish, token),
  }
}

export const nothingFailed = (checks: readonly Judged[]): boolean => checks.every(({ state }) => state !== "failed")

function nextOf(
  account: Account,
  { command, scope, systems, waived }: GoingLive,
  token: LiveChecksResult["token"],
): readonly string[] {
  if (!token) return []
  const [only, ...others] = systems
  const which = others.length === 0 ? ` --system ${only}` : ""
  const words = command === "live" ? "switch-mode live" : "resume"
  // The token binds the reason too.
  const [reason] = Object.values(waived)
  const waive = reason === undefined ? "" : ` --waive ${Object.keys(waived).join(",")} --reason ${shellLine([reason])}`
  return [
    `somebody else approves it: ${commandLine(account, `approve live --token ${token.id} --env ${scope}`)}`,
    commandLine(account, `${words}${which} --env ${scope} --confirm-live ${token.id}${waive}`),
  ]
}
