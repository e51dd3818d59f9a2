import { BeyondCalendar } from "../../../market/calendar.ts"
import type { LiveFacts } from "../facts.ts"
import { approval } from "./approval.ts"
import { backup } from "./backup.ts"
import { caller } from "./caller.ts"
import { type Check, type Finding, failed } from "./check.ts"
import { confirmation } from "./confirmation.ts"
import { cleartext, world } from "./front.ts"
import { gateway } from "./gateway.ts"
import { data, healthy } from "./health.ts"
import { hours } from "./hours.ts"
import { keys } from "./keys.ts"
import { limits } from "./limits.ts"
import { clock, nodes, trader } from "./nodes.ts"
import { soak } from "./soak.ts"
import { halted, mode } from "./standing.ts"
import { config, digest } from "./version.ts"
import { alarms, ledger } from "./watched.ts"

/** What a check came to. There is no warning: it stands in the way, or it does not. */
export interface Judged {
  readonly name: string
  readonly state: Finding["state"] | "waived"
  readonly passed: boolean
  readonly detail: string
  readonly fix?: string
  readonly waivable: boolean
}

/** Every check, in the order in which they are shown. A reason may be given for going on without one of the last. */
export function judge(facts: LiveFacts, waived: readonly string[]): readonly Judged[] {
  return Object.entries(checks).map(([name, check]) => {
    const finding = found(check, facts)
    const waivable = isWaivable(name)
    const goesOn = finding.state === "failed" && waivable && waived.includes(name)
    return { name, passed: finding.state === "passed", ...finding, ...(goesOn && { state: "waived" }), waivable }
  })
}

const checks: Readonly<Record<string, Check>> = {
  account: caller,
  confirmation,
  approval,
  nodes,
  trader,
  clock,
  digest,
  config,
  healthy,
  data,
  limits,
  keys,
  gateway,
  alarms,
  ledger,
  world,
  cleartext,
  halted,
  mode,
  soak,
  backup,
  hours,
}

export const waivable = ["soak", "backup", "hours"] as const

const isWaivable = (name: string): boolean => waivable.some((one) => one === name)

export const checkNames: readonly string[] = Object.keys(checks)

/** Nobody guesses at a day that the calendar does not have. */
function found(check: Check, facts: LiveFacts): Finding {
  try {
    return check(facts)
  } catch (error) {
    if (!(error instanceof BeyondCalendar)) throw error
    return failed(error.message, "get a newer version of this tool, which knows more days")
  }
}
