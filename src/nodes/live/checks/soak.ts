import { sessionsBetween } from "../../../market/sessions.ts"
import type { LiveFacts, SystemFacts } from "../facts.ts"
import { type Finding, passed, unless } from "./check.ts"

/** That what is to trade with money has traded without it, from an open to a close. */
export function soak(facts: LiveFacts): Finding {
  if (facts.doing === "resume") return passed("was live")
  const wrong = facts.systems.flatMap((one) => lacking(one, facts))
  return unless(wrong, "let it run a whole session in testing first", "one session in testing, or live before")
}

function lacking({ system, options, runsSince }: SystemFacts, { record, nodes, now }: LiveFacts): readonly string[] {
  const known = record.systems[system]
  const digest = nodes[0]?.said[system]?.digest ?? ""
  if (digest !== "" && known?.digest === digest) return []
  if (known?.mode !== "testing") return [`${system} is not in testing, and this digest was never live`]
  const begun = Math.max(Date.parse(known.since), runsSince ?? Number.NaN)
  if (Number.isNaN(begun)) return [`nobody knows since when this digest of ${system} runs in testing`]
  if (sessionsBetween(options, begun, now) >= 1) return []
  return [`${system} runs in testing with this digest since ${new Date(begun).toISOString()}: no whole session yet`]
}
