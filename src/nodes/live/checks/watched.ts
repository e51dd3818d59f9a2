import type { LiveFacts } from "../facts.ts"
import { type Finding, failed, passed } from "./check.ts"

/** That somebody hears the alarms. */
export function alarms({ subscriptions }: LiveFacts): Finding {
  const confirmed = subscriptions.filter((one) => one.confirmed).map(({ endpoint }) => endpoint)
  if (confirmed.length > 0) return passed(`told to ${confirmed.join(", ")}`)
  if (subscriptions.length === 0)
    return failed("nobody is told of an alarm", "set email in smart0dte.yaml, deploy, and confirm the message")
  return failed(
    `not confirmed yet: ${subscriptions.map(({ endpoint }) => endpoint).join(", ")}`,
    "follow the link in the message that AWS has sent",
  )
}

/** That what happens can be written down. */
export const ledger = ({ ledger: why }: LiveFacts): Finding =>
  why === undefined
    ? passed("it takes entries")
    : failed(`the ledger cannot be written: ${why}`, "see that the state bucket is there, and may be written to")
