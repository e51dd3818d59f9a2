import type { LiveFacts, TokenFacts } from "../facts.ts"
import { type Finding, failed, later, passed } from "./check.ts"

/** That a person confirms it: at a terminal that shows what is confirmed, or by a token for this very thing. */
export function confirmation({ confirmation: { terminal, token }, dryRun, now }: LiveFacts): Finding {
  if (dryRun) return later("typed at a terminal, or given with --confirm-live")
  if (token) return wrongToken(token, now) ?? passed(`the token of ${token.made}`)
  if (terminal) return later("typed at this terminal, below the screen that shows what it is for")
  return failed("there is no terminal to type it at, and no token", "give --confirm-live with what --dry-run prints")
}

function wrongToken({ given, known, until, used, differs }: TokenFacts, now: number): Finding | undefined {
  const shown = JSON.stringify(given.slice(0, 60))
  if (!known) return failed(`${shown} is no token of this environment`, again)
  if (used !== undefined) return failed(`the token was used ${used}`, again)
  // What nobody can read is over.
  if (!(now < Date.parse(until))) return failed(`the token was good until ${until}`, again)
  if (differs.length > 0) return failed(`the token is for another ${differs.join(", another ")}`, again)
  return undefined
}

const again = "have a new one printed with --dry-run, and read what it is for"
