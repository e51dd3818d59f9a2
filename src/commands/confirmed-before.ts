import type { Objects } from "../aws/state/objects.ts"
import { readLedger } from "../aws/trading/ledger.ts"
import { BeyondCalendar } from "../market/calendar.ts"
import { sessionsBetween } from "../market/sessions.ts"
import type { SystemFacts } from "../nodes/live/facts.ts"
import type { Confirmed } from "../nodes/live/wish.ts"

/** So many sessions somebody who has typed an amount is taken to know it. */
const sessions = 5

/** Whether each system went live with this very digest and these limits, a few sessions ago at most. */
export async function confirmedBefore(
  objects: Objects,
  scope: string,
  systems: readonly SystemFacts[],
  confirmed: Readonly<Record<string, Confirmed>>,
  now: number,
): Promise<boolean> {
  const ended = (await readLedger(objects, scope, 200)).filter(
    ({ event }) => event === "live-end" || event === "resume-end",
  )
  return systems.every(({ system, options }) => {
    const { digest = "", limits = "", account = "" } = confirmed[system] ?? {}
    return ended.some(({ at = "", details = {} }) => {
      const told = details[system] ?? ""
      const same = told.startsWith(`digest ${digest}, `) && told.endsWith(`, limits ${limits}, account ${account}`)
      return same && isNear(options, Date.parse(at), now)
    })
  })
}

function isNear(options: SystemFacts["options"], then: number, now: number): boolean {
  try {
    return then <= now && sessionsBetween(options, then, now) < sessions
  } catch (error) {
    if (error instanceof BeyondCalendar) return false
    throw error
  }
}
