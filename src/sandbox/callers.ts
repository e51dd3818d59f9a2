import { type Caller, ownArn, ownCaller } from "./keyring.ts"
import { SESSIONS, type SessionRecord } from "./sessions.ts"
import type { Scope } from "./sigv4.ts"
import type { Draft } from "./store.ts"
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

export const KEYS = "iam/access-key"

/** Whose keys a request names. Where nobody's, the sandbox's own are compared, and refuse it. */
export function callerOf(world: World, accessKeyId: string): Caller {
  const view = world.store.view(world.clock.now(), 0)
  const key = view.table<KeptKey>(KEYS).get(accessKeyId)
  if (key?.Status === "Active") {
    const user = view.table<{ readonly Arn: string }>("iam/user").get(key.UserName)
    if (user) return { keys: keysIn(key), arn: user.Arn }
  }
  const session = view.table<SessionRecord>(SESSIONS).get(accessKeyId)
  if (session && stillThere(view, session, ownArn(world.store.contents().account))) {
    return { keys: keysIn(session), arn: session.Arn, session }
  }
  return world.keyring.find(accessKeyId) ?? ownCaller(world)
}

/**
 * Sessions outlive the keys that they were lent for, but not the user or the role: nor is it theirs if another of the
 * name is made.
 */
const stillThere = (view: Draft, { Arn, UserId }: SessionRecord, own: string): boolean => {
  const role = /:assumed-role\/([^/]+)\//.exec(Arn)?.[1]
  if (role !== undefined) {
    const id = view.table<{ readonly RoleId: string }>("iam/role").get(role)?.RoleId
    return id !== undefined && UserId.startsWith(`${id}:`)
  }
  const user = view.table<{ readonly UserId: string }>("iam/user").get(Arn.slice(Arn.lastIndexOf("/") + 1))
  return user ? user.UserId === UserId : Arn === own
}

/** Keys that were lent are worth something with their token only, and for a while. */
export function whyNotLent(
  { session }: Caller,
  token: string | undefined,
  service: string,
  wallNow: number,
): Unsigned | undefined {
  if (!session) return undefined
  if (token !== session.SessionToken) return "unknown-key"
  if (session.Expires <= wallNow) return "expired"
  // A user's session without a second factor is nobody to IAM.
  const ofUser = session.Arn.includes(":user/")
  return service === "iam" && ofUser && session.Mfa === undefined ? "unknown-key" : undefined
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
