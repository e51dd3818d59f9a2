import type { Account } from "../app/account.ts"
import { alreadyGone } from "../aws/already.ts"
import { NotFound } from "../errors.ts"

type Cloud = Account["cloud"]

/** One round of taking access away. What fails in it keeps nothing else from being done. */
export interface ShutOut {
  /** All keys of the user, in use or not. */
  readonly keys: readonly string[]
  readonly deactivated: readonly string[]
  /** Sessions of the user that began before it are refused; nothing where that failed. */
  readonly until: string | undefined
  /** What could not be done, each in a sentence. */
  readonly undone: readonly string[]
}

export async function shutOut(cloud: Cloud, user: string, now: Date): Promise<ShutOut> {
  const { deactivateKey, listedKeys } = await import("../aws/iam/access-keys.ts")
  const { denyOlderSessions } = await import("../aws/iam/older-sessions.ts")
  const undone: string[] = []
  const seen = await listedKeys(cloud, user).catch((error: unknown) => {
    undone.push(`the keys of ${user} could not be listed: ${whyOf(error)}`)
    return []
  })
  const deactivated: string[] = []
  for (const { id } of seen.filter(({ active }) => active))
    await alreadyGone(deactivateKey(cloud, user, id)).then(
      () => deactivated.push(id),
      (error: unknown) => undone.push(`the key ${id} may still be active: ${whyOf(error)}`),
    )
  const until = await denyOlderSessions(cloud, { type: "user", name: user }, now).catch((error: unknown) => {
    undone.push(`older sessions of ${user} may live on: ${whyOf(error)}`)
    return undefined
  })
  return { keys: seen.map(({ id }) => id), deactivated, until, undone }
}

export interface RolesShut {
  readonly roles: readonly string[]
  readonly undone: readonly string[]
}

/** Ends the older sessions of each, as far as they can be ended. With a role that is gone they have ended. */
export async function shutRoles(cloud: Cloud, names: readonly string[], now: Date): Promise<RolesShut> {
  const { denyOlderSessions } = await import("../aws/iam/older-sessions.ts")
  const roles: string[] = []
  const undone: string[] = []
  for (const name of names)
    await denyOlderSessions(cloud, { type: "role", name }, now).then(
      () => roles.push(name),
      (error: unknown) => {
        if (!(error instanceof NotFound)) undone.push(`older sessions of the role ${name} live on: ${whyOf(error)}`)
        else roles.push(name)
      },
    )
  return { roles, undone }
}

export const whyOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
