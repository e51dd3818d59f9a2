import { calendarEnds, daysLeft } from "../../../market/calendar.ts"
import { sessionAt } from "../../../market/sessions.ts"
import type { LiveFacts, SystemFacts } from "../facts.ts"
import { type Finding, unless } from "./check.ts"

const minute = 60_000

/** In minutes: when prices jump, and when there is no time left to see what was done. */
const apart = { first: 5, last: 30 }

/** That nobody goes live in the rush of the open, or just before the close. */
export function hours({ systems, now }: LiveFacts): Finding {
  const wrong = systems.flatMap((one) => rushOf(one, now))
  const labels = systems.map(({ system, options }) => `${system}: ${sessionAt(options, now).label}`)
  return unless(wrong, "wait until then", [...labels, ...endOf(now)].join(", "))
}

/** Once it has ended this check refuses, and nobody should be surprised by that. */
const endOf = (now: number): readonly string[] =>
  daysLeft(new Date(now).toISOString().slice(0, "2026-11-27".length)) >= warned
    ? []
    : [`the market calendar ends on ${calendarEnds}: get a newer version of smart0dte before`]

const warned = 60

function rushOf({ system, options }: SystemFacts, now: number): readonly string[] {
  const { state, opens, closes, expiring } = sessionAt(options, now)
  if (state === "closed") return []
  // What expires today may stop before the others do.
  const last = Math.min(closes, expiring)
  if (now >= last - apart.last * minute)
    return [`the options of ${system} stop trading in less than ${apart.last} minutes, or have just done so`]
  if (now >= opens + apart.first * minute) return []
  return [`the options of ${system} opened less than ${apart.first} minutes ago`]
}
