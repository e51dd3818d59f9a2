import type { Account } from "../app/account.ts"
import { liveSystems } from "../aws/trading/record.ts"
import { NoAccess, Refused, UserError } from "../errors.ts"
import { commandLine } from "./next.ts"
import { account as accountScope } from "./target.ts"

/**
 * Keeps what would disturb a system that trades with real money from being done before somebody has halted it. Of these
 * systems, or of any. Where nobody knows whether one is live, it may be.
 */
export async function refuseWhileLive(
  account: Account,
  scope: string,
  what: string,
  systems?: readonly string[],
): Promise<void> {
  const live = (await liveIn(account, scope, what)).filter((name) => systems?.includes(name) ?? true)
  if (live.length === 0) return
  const [only, ...others] = live
  const one = others.length === 0
  const halt = `halt${one ? ` --system ${only}` : ""} --env ${scope}`
  throw new Refused(`${live.join(" and ")} ${one ? "is" : "are"} live in ${scope}: ${what} would disturb it`, {
    hint: `nothing was done; first: ${commandLine(account, halt)}; it stays halted until resume`,
  })
}

async function liveIn(account: Account, scope: string, what: string): Promise<readonly string[]> {
  // Nothing trades there.
  if (scope === accountScope) return []
  try {
    const seen = await account.trading(scope)
    return seen ? liveSystems(seen.record) : []
  } catch (error) {
    if (error instanceof NoAccess || !(error instanceof UserError)) throw error
    throw new Refused(`nobody knows whether a system of ${scope} is live: ${error.message}`, {
      hint: `nothing was done, since ${what} might disturb it; ${error.hint ?? "run again"}`,
      requestId: error.requestId,
      cause: error,
    })
  }
}
