import { randomBytes } from "node:crypto"
import type { Scope } from "../../engine/types.ts"
import { OutcomeUnknown, Refused, Usage } from "../../errors.ts"
import { jsonOf } from "../state/json.ts"
import type { Objects } from "../state/objects.ts"

/** What stands for a confirmation where nobody types one. It is good for one thing, once, and not for long. */
export interface Token {
  readonly schema: 1
  readonly id: string
  readonly scope: Scope
  readonly command: "live" | "resume"
  readonly systems: readonly string[]
  /** The SHA-256 of all that it binds: what would be done must still be what was printed. */
  readonly binding: string
  readonly made: string
  /** The ARN of whoever had it made. */
  readonly by: string
  readonly until: string
  readonly used?: { readonly at: string; readonly by: string; readonly run: string }
}

export type TokenWish = Pick<Token, "scope" | "command" | "systems" | "binding" | "made" | "by" | "until">

export async function makeToken(objects: Objects, wish: TokenWish): Promise<Token> {
  const { scope, command, systems, binding, made, by, until } = wish
  const id = randomBytes(16).toString("hex")
  const token: Token = { schema: 1, id, scope, command, systems, binding, made, by, until }
  const text = textOf(token)
  const key = tokenKey(scope, id)
  if (await objects.put(key, text, undefined)) return token
  if ((await objects.get(key)).text === text) return token
  throw new OutcomeUnknown("nobody knows whether the token was kept", "NoAnswer", { hint: "run again for another one" })
}

export interface TokenSeen {
  readonly token: Token
  readonly etag: string
  /** When it was read, by AWS's clock. */
  readonly at: number
}

/** Refuses what is no token of this environment. */
export async function readToken(objects: Objects, scope: Scope, id: string): Promise<TokenSeen> {
  checkId(id)
  const { text, etag, at } = await objects.get(tokenKey(scope, id))
  const token = text === undefined ? undefined : tokenOf(text)
  if (!token || !etag || token.id !== id || token.scope !== scope)
    throw new Refused(`${scope} has no token ${id}`, { hint: anew })
  return { token, etag, at }
}

export interface TokenUse extends Pick<Token, "scope" | "command" | "binding"> {
  readonly id: string
  readonly by: string
  readonly run: string
}

/** Uses it up, and refuses one that is used, late, or for anything else than what is about to be done. */
export async function useToken(objects: Objects, { id, by, run, ...about }: TokenUse): Promise<Token> {
  const { token, etag, at } = await readToken(objects, about.scope, id)
  refuseUnfit(token, about, at)
  const used: Token = { ...token, used: { at: new Date(at).toISOString(), by, run } }
  const text = textOf(used)
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (await objects.put(tokenKey(token.scope, id), text, etag)) return used
    const now = await objects.get(tokenKey(token.scope, id))
    if (now.text === text) return used
    if (now.etag !== etag) throw new Refused(`the token ${id} was used by another run just now`, { hint: anew })
  }
  throw new OutcomeUnknown(`nobody knows whether the token ${id} was used`, "NoAnswer", { hint: anew })
}

const attempts = 3

/** The same, without using it up: before anything is asked or locked. */
export function refuseUnfit(token: Token, about: Pick<TokenUse, "command" | "binding">, at: number): void {
  const { id, used, until } = token
  if (used) throw new Refused(`the token ${id} was used at ${used.at} by ${used.by}`, { hint: anew })
  // What is no time is over, too.
  if (!(Date.parse(until) > at)) throw new Refused(`the token ${id} was good until ${until}`, { hint: anew })
  if (token.command !== about.command)
    throw new Refused(`the token ${id} is for ${token.command}, not for ${about.command}`, { hint: anew })
  if (token.binding === about.binding) return
  throw new Refused(`the token ${id} was printed for something else than what would be done now`, {
    hint: `environment, systems, digests, config, limits or account have changed; ${anew}`,
  })
}

const anew = "print one with: smart0dte switch-mode live --dry-run"

const tokenKey = (scope: Scope, id: string): string => `trading/${scope}/tokens/${id}.json`

/** It becomes part of a key, and may have come from anywhere. */
function checkId(id: string): void {
  if (/^[0-9a-f]{32}$/.test(id)) return
  throw new Usage(`${JSON.stringify(id.slice(0, 60))} is no token`, { hint: `it has 32 letters and digits; ${anew}` })
}

const textOf = (token: Token): string => `${JSON.stringify(token)}\n`

const tokenOf = (text: string): Token | undefined => jsonOf(text, isToken)

function isToken(value: unknown): value is Token {
  if (typeof value !== "object" || value === null) return false
  const told: { [K in keyof Token]?: unknown } = value
  const { schema, id, scope, command, systems, binding, made, by, until, used } = told
  const texts = [id, scope, binding, made, by, until].every((each) => typeof each === "string")
  const known = schema === 1 && (command === "live" || command === "resume")
  return texts && known && Array.isArray(systems) && (used === undefined || typeof used === "object")
}
