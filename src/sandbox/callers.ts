import { type Caller, ownCaller } from "./keyring.ts"
import type { Scope } from "./sigv4.ts"
import type { Unsigned } from "./unsigned.ts"
import type { World } from "./world.ts"

/** What is kept of keys that IAM gave to a user. */
interface KeptKey {
  readonly UserName: string
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly Status: string
  readonly LastUsed?: { readonly Date: number; readonly Service: string; readonly Region: string }
}

/** What is kept of keys that STS lent. */
export interface SessionRecord {
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly SessionToken: string
  /** In milliseconds of the wall clock, by which requests are signed. */
  readonly Issued: number
  readonly Expires: number
  readonly Arn: string
  /** When a second factor was shown, on the wall clock. */
  readonly Mfa?: number
  /** By which claims of somebody else's token: `token.actions.githubusercontent.com:sub`. */
  readonly Claims?: Readonly<Record<string, string>>
}

export const KEYS = "iam/access-key"
export const SESSIONS = "sts/session"

/** Whose keys a request names. Where nobody's, the sandbox's own are compared, and refuse it. */
export function callerOf(world: World, accessKeyId: string): Caller {
  const view = world.store.view(world.clock.now(), 0)
  const key = view.table<KeptKey>(KEYS).get(accessKeyId)
  if (key?.Status === "Active") {
    const user = view.table<{ readonly Arn: string }>("iam/user").get(key.UserName)
    if (user) return { keys: keysIn(key), arn: user.Arn }
  }
  const session = view.table<SessionRecord>(SESSIONS).get(accessKeyId)
  if (session) return { keys: keysIn(session), arn: session.Arn, session }
  return world.keyring.find(accessKeyId) ?? ownCaller(world)
}

/** Keys that were lent are worth something with their token only, and for a while. */
export function whyNotLent({ session }: Caller, token: string | undefined, wallNow: number): Unsigned | undefined {
  if (!session) return undefined
  if (token !== session.SessionToken) return "unknown-key"
  return session.Expires <= wallNow ? "expired" : undefined
}

/** Notes the use of a user's keys, as roughly as IAM does: not every request is worth a word. */
export function noteUse(world: World, { accessKeyId, region, service }: Scope): void {
  const now = world.clock.now()
  const key = world.store.view(now, 0).table<KeptKey>(KEYS).get(accessKeyId)
  if (!key) return
  const { LastUsed } = key
  if (LastUsed?.Service === service && LastUsed.Region === region && now - LastUsed.Date < ROUGHLY) return
  const draft = world.store.open(now)
  draft.table<KeptKey>(KEYS).put(accessKeyId, { ...key, LastUsed: { Date: now, Service: service, Region: region } })
  draft.commit()
  world.saveTime()
}

const ROUGHLY = 15 * 60_000

const keysIn = ({ AccessKeyId, SecretAccessKey }: Pick<KeptKey, "AccessKeyId" | "SecretAccessKey">) => ({
  accessKeyId: AccessKeyId,
  secretAccessKey: SecretAccessKey,
})
