import type { App } from "../app.ts"
import { Refused, Usage } from "../errors.ts"
import { BeyondCalendar } from "../market/calendar.ts"
import { sessionAt } from "../market/sessions.ts"
import type { LiveFacts, SystemFacts } from "../nodes/live/facts.ts"
import { lossOf, type Typing } from "../nodes/live/screen.ts"
import type { Confirmed } from "../nodes/live/wish.ts"
import type { LiveScreenResult, LiveSystem } from "../report/results/live.ts"
import type { Opened } from "./opening.ts"

/** Whoever confirms has seen what: where nobody sees the screen, nobody is asked. */
export const canConfirm = ({ terminal, stdout }: App, { config }: Opened): boolean =>
  terminal.interactive && stdout.isTTY === true && config.options.output === "text"

/** Before anything is asked of AWS: no variable, no file and no flag but the token's stands for a confirmation. */
export function refuseUnattended(app: App, opened: Opened, token: string | undefined): void {
  if (token !== undefined || canConfirm(app, opened)) return
  throw new Usage("going live is confirmed at a terminal that shows what it is, and here is none", {
    hint: "have a token printed with --dry-run, approved by somebody else, and give it with --confirm-live",
  })
}

export function screenOf(
  place: Pick<LiveScreenResult, "environment" | "account" | "region">,
  { doing, caller, systems, record, gateway, now }: Omit<LiveFacts, "confirmation" | "approval">,
  confirmed: Readonly<Record<string, Confirmed>>,
  waived: Readonly<Record<string, string>>,
): LiveScreenResult {
  const rows = systems.map((one): LiveSystem => {
    const was = record.systems[one.system]
    const from = doing === "live" ? (was?.mode ?? "") : "live, halted"
    const limits = one.limits ?? { dailyLoss: Number.NaN, position: Number.NaN, openPositions: Number.NaN }
    const digest = confirmed[one.system]?.digest ?? ""
    return { system: one.system, from, to: "live", digest, limits, market: marketOf(one, now).label }
  })
  const clock = systems[0] ? marketOf(systems[0], now).eastern : ""
  const money = { brokerAccount: gateway.account, dailyLoss: lossOf(confirmed) }
  return { type: "live-screen", ...place, command: doing, caller: caller.arn, ...money, clock, systems: rows, waived }
}

/** Where the calendar ends, a reason was given for going on; the screen says that nobody knows. */
function marketOf({ options }: SystemFacts, now: number): { readonly label: string; readonly eastern: string } {
  try {
    return sessionAt(options, now)
  } catch (error) {
    if (!(error instanceof BeyondCalendar)) throw error
    return { label: `not known: ${error.message}`, eastern: new Date(now).toISOString() }
  }
}

/** Letter for letter: what only looks alike, or came with something else, is another answer. */
export async function typeBelow(app: App, { config }: Opened, typings: readonly Typing[]): Promise<void> {
  const mark = config.options.sandbox ? "[sandbox] rehearsal: " : ""
  for (const { question, answer } of typings) {
    if ((await app.ask.text(`${mark}${question}`)) === answer) continue
    throw new Refused("that is not what had to be typed: nothing was changed", {
      hint: "look at the screen once more, then run it again",
    })
  }
}
