import { randomBytes } from "node:crypto"
import { newToken } from "../../keys.ts"
import type { Call } from "../../service.ts"
import { SESSIONS, type SessionRecord } from "../../sessions.ts"
import { userIdOf } from "../iam/user-id.ts"

interface Loan extends Pick<SessionRecord, "Arn" | "Mfa" | "Claims"> {
  readonly seconds: number
}

/** Keys for a while. They end by the wall clock, by which clients know when to fetch others. */
export const lend = (call: Call, { seconds, ...loan }: Loan) => {
  const kept = call.store.table<SessionRecord>(SESSIONS)
  const wall = Date.now()
  for (const { AccessKeyId, Expires } of kept.all()) if (Expires <= wall - KEPT) kept.delete(AccessKeyId)
  // AWS says when they end in whole seconds.
  const Expires = Math.floor(wall / 1000 + seconds) * 1000
  const session: SessionRecord = {
    ...loan,
    AccessKeyId: `ASIASANDBOX${randomBytes(8).toString("hex").toUpperCase().slice(0, 9)}`,
    SecretAccessKey: `sandbox${randomBytes(24).toString("base64url")}0`,
    SessionToken: newToken(),
    Issued: call.now,
    Expires,
    UserId: userIdOf(call, loan.Arn) ?? "",
  }
  kept.put(session.AccessKeyId, session)
  const { AccessKeyId, SecretAccessKey, SessionToken } = session
  return { AccessKeyId, SecretAccessKey, SessionToken, Expiration: new Date(Expires) }
}

/** For a day whoever comes with keys that have ended is told just that. */
const KEPT = 86_400_000
