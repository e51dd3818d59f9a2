import type { LiveFacts } from "../facts.ts"
import { type Finding, lineFor, unless } from "./check.ts"

/** That nothing that is paid for, or logged in with, is still a placeholder. What only sends messages may be. */
export function keys(facts: LiveFacts): Finding {
  const { systems, credentials } = facts
  const wrong = [
    ...systems.flatMap(({ system, unset }) => unset.map((name) => `${name} of ${system}`)),
    ...(credentials ?? ["the broker's live account"]),
  ]
  return unless(
    wrong.length > 0 ? [`not set: ${wrong.join(", ")}`] : [],
    `set each by its name: ${lineFor(facts, "secrets set GROUP NAME")}`,
    "no placeholder among them",
  )
}
