import type { Objects } from "../aws/state/objects.ts"
import { readApproval } from "../aws/trading/approvals.ts"
import { makeToken, readToken, type Token, type TokenSeen } from "../aws/trading/tokens.ts"
import { UserError } from "../errors.ts"
import { BeyondCalendar } from "../market/calendar.ts"
import { nextClose } from "../market/sessions.ts"
import { type Bound, bindingOf, differing } from "../nodes/live/binding.ts"
import type { SystemFacts, TokenFacts } from "../nodes/live/facts.ts"

export interface GivenToken {
  readonly facts: TokenFacts
  /** Who has approved it. */
  readonly by: string | undefined
}

export interface TokenLook {
  readonly scope: string
  readonly given: string
  readonly bound: Bound
  /** The ARN of whoever gives it: of several approvals his own counts for nothing. */
  readonly caller: string
}

/** What is known of a token that somebody gave: whether it is one, and for this very thing. */
export async function givenToken(objects: Objects, { scope, given, bound, caller }: TokenLook): Promise<GivenToken> {
  const seen = await tokenSeen(objects, scope, given)
  if (!seen) {
    const facts = { given, known: false, made: "", until: "", used: undefined, differs: [] }
    return { facts, by: undefined }
  }
  const { token } = seen
  const { used, made, until } = token
  const differs = differing(token.binding, bound)
  const facts = { given, known: true, made, until, used: used && `at ${used.at} by ${used.by}`, differs }
  return { facts, by: (await readApproval(objects, token, caller))?.by }
}

/** What is no token, and one that is not here, are told by the check: not by the first error that comes. */
async function tokenSeen(objects: Objects, scope: string, given: string): Promise<TokenSeen | undefined> {
  try {
    return await readToken(objects, scope, given)
  } catch (error) {
    if (error instanceof UserError && error.exitCode !== 1 && error.exitCode !== 6) return undefined
    throw error
  }
}

export interface TokenWanted {
  readonly scope: string
  readonly bound: Bound
  readonly systems: readonly SystemFacts[]
  readonly by: string
  /** By AWS's clock. */
  readonly now: number
}

/** One for all that stands on the screen, good until the first of the systems' markets closes. */
export function newToken(objects: Objects, { scope, bound, systems, by, now }: TokenWanted): Promise<Token> {
  const until = Math.min(...systems.map(({ options }) => closeAfter(options, now)))
  return makeToken(objects, {
    scope,
    command: bound.command,
    systems: systems.map(({ system }) => system),
    binding: bindingOf(bound),
    made: new Date(now).toISOString(),
    by,
    until: new Date(until).toISOString(),
  })
}

/** Of a session that the calendar does not know, nobody says when it closes. */
function closeAfter(options: SystemFacts["options"], now: number): number {
  try {
    return nextClose(options, now)
  } catch (error) {
    if (!(error instanceof BeyondCalendar)) throw error
    return now + 15 * 60_000
  }
}
