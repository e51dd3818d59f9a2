import { Option } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { CredentialsFile } from "../app/credentials-file.ts"
import type { LastingKeys } from "../app/credentials-text.ts"
import type { App } from "../app.ts"
import type { UserSeen } from "../aws/iam/users.ts"
import { insist } from "../engine/poll.ts"
import { NoAccess, Refused, Usage } from "../errors.ts"
import type { Opened } from "./opening.ts"

/** Where a new key goes: into a profile of the credentials file, or to stdout. */
export interface KeyFlags {
  readonly profileName?: string
  readonly showKey?: true
}

export const keyOptions: readonly Option[] = [
  new Option("--profile-name <name>", "the profile of the credentials file that the key goes into"),
  new Option("--show-key", "print the key, once, instead"),
]

/** Whether a key is wanted, and for one place only: there are no two copies to keep safe. */
export async function wantsKey({ profileName, showKey }: KeyFlags): Promise<boolean> {
  if (profileName !== undefined && showKey)
    throw new Usage("--profile-name and --show-key: a new key goes to one place only", {
      hint: "leave one of them out",
    })
  const { readProfileName } = await import("../app/credentials-file.ts")
  if (profileName !== undefined) readProfileName(profileName)
  return profileName !== undefined || showKey === true
}

/** Keys of the sandbox never come among those of a real account. */
export async function withCredentials<T>(
  app: App,
  { config }: Opened,
  account: Account,
  work: (file: CredentialsFile) => Promise<T>,
): Promise<T> {
  const { credentialsPath, withCredentialsFile } = await import("../app/credentials-file.ts")
  const { sandboxCredentials } = await import("../app/sandbox-keys.ts")
  const file = account.sandbox ? sandboxCredentials(app.sandbox(config).dir) : credentialsPath(app.env)
  return withCredentialsFile(file, work)
}

/** Asks AWS with the new key itself, which hears of it some seconds late: what it answers is whose it is. */
export async function verify(app: App, account: Account, { arn, name }: UserSeen, keys: LastingKeys): Promise<void> {
  const refused = (error: unknown) => error instanceof NoAccess
  const seen = await app.interrupts.settling(
    (stop) => insist(account.cloud.clock, stop, 60_000, refused, () => account.as(keys, async (cloud) => cloud.arn)),
    "nothing is switched over yet",
  )
  if (seen !== arn)
    throw new Refused(`the new key ${keys.accessKeyId} of ${name} is of ${seen}, not of ${arn}`, {
      hint: "nothing was switched over; look at both with: smart0dte iam list",
    })
}

export interface Placed {
  /** The secret only where it is to be shown. */
  readonly facts: Readonly<Record<string, string>>
}

/** A new key for somebody, verified, in its place. With a profile, the run holds the credentials file. */
export async function placeNewKey(
  app: App,
  account: Account,
  user: UserSeen,
  { profileName, showKey }: KeyFlags,
  file: CredentialsFile | undefined,
): Promise<Placed> {
  const { forgetIntent, intentOf, makeKey, noteShown } = await import("../aws/iam/key-intent.ts")
  const { cloud } = account
  const keys = await makeKey(cloud, user.name)
  await verify(app, account, user, keys)
  const before = (await intentOf(cloud, user.name))?.before ?? []
  if (file !== undefined && profileName !== undefined) {
    await file.set(profileName, keys)
    if (before.length === 0) await forgetIntent(cloud, user.name)
    return { facts: { accessKeyId: keys.accessKeyId, profile: profileName, file: file.path } }
  }
  if (!showKey) throw new Error("a key that goes nowhere was made")
  // From here on somebody may use it, and no later run takes it for lost.
  if (before.length === 0) await forgetIntent(cloud, user.name)
  else await noteShown(cloud, user.name, before)
  return { facts: { accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey } }
}
