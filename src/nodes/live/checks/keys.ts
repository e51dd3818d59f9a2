import type { LiveFacts } from "../facts.ts"
import { type Finding, unless } from "./check.ts"

/** That nothing that is paid for, or logged in with, is still a placeholder. What only sends messages may be. */
export function keys({ systems, credentials }: LiveFacts): Finding {
  const wrong = [
    ...systems.flatMap(({ system, unset }) => unset.map((name) => `${name} of ${system}`)),
    ...(credentials ?? ["the broker's live account"]),
  ]
  return unless(
    wrong.length > 0 ? [`not set: ${wrong.join(", ")}`] : [],
    "set each with: smart0dte secrets set",
    "no placeholder among them",
  )
}
