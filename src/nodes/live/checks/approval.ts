import { samePerson } from "../../../aws/trading/approvals.ts"
import type { LiveFacts } from "../facts.ts"
import { type Finding, failed, later, lineFor, passed } from "./check.ts"

/** That another person agrees to this very thing, where that is wanted, and always where nobody sits at a terminal. */
export function approval(facts: LiveFacts): Finding {
  const { approval, caller, confirmation, dryRun } = facts
  const { terminal, token } = confirmation
  const { wanted, by } = approval
  if (dryRun) return later(wanted === "required" ? "wanted of somebody else" : "wanted where there is no terminal")
  if (wanted === "optional" && terminal) return passed("not wanted at a terminal")
  if (!token)
    return failed(
      "somebody else has to approve it, and there is no token to approve",
      "have one printed with --dry-run and approved, then give it with --confirm-live",
    )
  if (by === undefined)
    return failed(
      "nobody has approved the token",
      `somebody else does, with MFA: ${lineFor(facts, `approve live --token ${token.given}`)}`,
    )
  if (samePerson(by, caller.arn))
    return failed(`${by} has approved the token, and is who goes live`, "have it approved by somebody else")
  return passed(`approved by ${by}`)
}
