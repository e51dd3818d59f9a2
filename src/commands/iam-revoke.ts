import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { CredentialsFile } from "../app/credentials-file.ts"
import type { App } from "../app.ts"
import type { Deeds } from "../aws/cloudtrail/deeds.ts"
import type { UserSeen } from "../aws/iam/users.ts"
import { type ExitCode, exitCodes, Refused, Usage } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags, withOptions } from "./flags.ts"
import { lockOption, withIamLock } from "./iam-lock.ts"
import { type KeyFlags, keyOptions, placeNewKey, wantsKey, withCredentials } from "./iam-new-key.ts"
import { shutOut, shutRoles, whyOf } from "./iam-shut-out.ts"
import { knownUser, userArgument } from "./iam-user.ts"
import { commandLine } from "./next.ts"
import { type Opened, open, withAccount } from "./opening.ts"

export interface RevokeFlags extends GlobalFlags, KeyFlags {
  readonly user: string
  readonly days: string
  readonly lockTimeout?: string
}

export function revokeCommand(app: Ending, run = revoke) {
  const command = new Command("revoke")
    .description(
      "A key has leaked: switch all keys of the user off, end older sessions, and show what was done with them.",
    )
    .addArgument(userArgument)
    .option("--days <number>", "how far to look back in the trail, at most 90", "7")
    .addOption(lockOption())
    .addHelpText(
      "after",
      examples("smart0dte iam revoke deployer-dev", "smart0dte iam revoke deployer-dev --profile-name dev --days 30"),
    )
  return withOptions(command, keyOptions).action(async (user, own, command) =>
    app.exit(await run(app, { ...flagsOf(own, command), user })),
  )
}

export async function revoke(app: App, flags: RevokeFlags): Promise<ExitCode> {
  const days = readDays(flags.days)
  const opened = await open(app, "iam revoke", flags)
  const { report } = opened
  const replacing = await wantsKey(flags)
  return withAccount(app, opened, flags, async (account) => {
    const { cloud } = account
    const user = await knownUser(account, flags.user)
    await refuseOwn(account, user)
    // First of all, and nothing is asked: each second is somebody else's. What fails is tried again below.
    const first = await shutOut(cloud, user.name, new Date(cloud.clock.now()))
    report.note(
      `${first.deactivated.length === 0 ? "no key was switched off" : `${first.deactivated.join(", ")} is switched off`}; reading the trail`,
    )
    const since = new Date(cloud.clock.now() - days * 86_400_000)
    const [seen, ahead] = await Promise.all([lookUp(account, first.keys, since), aheadOf(account)])
    // Until all of AWS had heard of it, the keys were good for new sessions and new keys; and this clock may be wrong.
    const now = new Date(cloud.clock.now() - ahead)
    const second = await shutOut(cloud, user.name, now)
    const unread = second.keys.filter((id) => !first.keys.includes(id))
    const own = ownRole(account)
    const shut = await shutRoles(
      cloud,
      seen.roles.filter((name) => name !== own),
      now,
    )
    const undone = [...second.undone, ...shut.undone, ...seen.undone, ...unread.map(appeared)]
    const keys = [...new Set([...first.keys, ...second.keys])]
    report.show({
      type: "revoked",
      user: user.name,
      account: cloud.account,
      region: cloud.region,
      deactivated: [...new Set([...first.deactivated, ...second.deactivated])],
      sessionsBefore: second.until ?? first.until,
      roles: shut.roles,
      since: since.toISOString(),
      deeds: seen.deeds,
      undone,
      notes: [
        ...(own !== undefined && seen.roles.includes(own)
          ? [
              `the role ${own}, with which this was asked, was taken on too: it loses its older sessions last, and this one`,
            ]
          : []),
        ...(await aboutPassword(account, user.name)),
        ...seen.notes,
      ],
      next: replacing || keys.length === 0 ? [] : [commandLine(account, `iam revoke ${user.name} --profile-name NAME`)],
    })
    let late: readonly string[] = []
    try {
      if (replacing) {
        // Nothing before this waits for another run: what shuts somebody out is done by then.
        const title = `iam revoke of ${user.name}`
        await withIamLock(app, opened, account, title, () => replaced(app, opened, account, user, keys, flags))
      }
    } finally {
      // After it nothing can be done any more with the session that asks.
      if (own !== undefined && seen.roles.includes(own)) late = (await shutRoles(cloud, [own], now)).undone
      for (const what of late) report.note(what)
    }
    return undone.length + late.length > 0 ? exitCodes.partly : exitCodes.done
  })
}

/** Of whoever asks as a role: its name. */
const ownRole = ({ arn }: Account): string | undefined => /:assumed-role\/([^/]+)\//.exec(arn)?.[1]

const appeared = (id: string): string =>
  `the key ${id} was made meanwhile: what was done with it is shown when this is run again`

/** How many milliseconds this clock is ahead of AWS's, as far as that can be known. */
async function aheadOf({ cloud }: Account): Promise<number> {
  const { clockAhead } = await import("../aws/preflight/clock.ts")
  return (await clockAhead(cloud).catch(() => undefined)) ?? 0
}

/** It is no key, and is left: whoever knows it may still sign in. */
async function aboutPassword({ cloud }: Account, user: string): Promise<readonly string[]> {
  const { hasLogin } = await import("../aws/iam/user-list.ts")
  try {
    if (!(await hasLogin(cloud, user))) return []
    return ["the password for the console stays: if it may be known, too, take it away in IAM's console"]
  } catch (error) {
    return [`whether there is a password for the console could not be read: ${whyOf(error)}`]
  }
}

interface LookedUp extends Pick<Deeds, "deeds" | "roles"> {
  readonly notes: readonly string[]
  readonly undone: readonly string[]
}

/** What cannot be looked up keeps nothing from being revoked: it is said, and told by the exit code. */
async function lookUp({ cloud }: Account, keys: readonly string[], since: Date): Promise<LookedUp> {
  const { deedsOf } = await import("../aws/cloudtrail/deeds.ts")
  const { broken, deeds, foreign, more, roles } = await deedsOf(cloud, keys, since)
  const undone = [
    ...(broken === undefined ? [] : [`the trail could not be read to its end: ${whyOf(broken)}`]),
    ...(more ? ["there was more in the trail than is shown: take fewer days"] : []),
    ...foreign.map((arn) => `the role ${arn} of another account was taken on: end its sessions there`),
  ]
  const notes = [
    "reading and writing of single objects in S3 is never among this: only a trail with data events has it",
    cloud.region === "us-east-1"
      ? "each region has a trail of its own: look into others with --region"
      : "each region has a trail of its own, and IAM's is in us-east-1: look there too with --region",
    "the trail has what was done up to some fifteen minutes ago: run it again then, which ends newer sessions, too",
  ]
  return { deeds, roles, notes, undone }
}

/** IAM keeps two keys at most: of two that are switched off, the older one goes that is not in the profile. */
async function replaced(
  app: App,
  opened: Opened,
  account: Account,
  user: UserSeen,
  own: readonly string[],
  flags: RevokeFlags,
): Promise<void> {
  const { deleteKey, keysOf } = await import("../aws/iam/access-keys.ts")
  const { forgetIntent } = await import("../aws/iam/key-intent.ts")
  const { profileName } = flags
  const place = async (file: CredentialsFile | undefined) => {
    const inFile = profileName === undefined ? undefined : await file?.keyId(profileName)
    if (inFile !== undefined && !own.includes(inFile))
      throw new Refused(`the profile ${profileName} has the key ${inFile}, which is none of ${user.name}`, {
        hint: `all of the above is done, and no key was made; name another profile: ${commandLine(account, `iam revoke ${user.name} --profile-name NAME`)}`,
      })
    const keys = await keysOf(account.cloud, user.name)
    if (keys.some((key) => key.active))
      throw new Refused(`there is still an active key of ${user.name}: none is added to it`, {
        hint: `somebody may just have made it: run it again: ${commandLine(account, `iam revoke ${user.name}`)}`,
      })
    // Broken off after this, the next run must see whose key is in the profile.
    const oldest = keys.find(({ id }) => id !== inFile)
    if (oldest && keys.length > 1) await deleteKey(account.cloud, user.name, oldest.id)
    // What an earlier rotation had in mind is of no use with these keys.
    await forgetIntent(account.cloud, user.name)
    const { facts } = await placeNewKey(app, account, user, flags, file)
    // Before anything more is asked: AWS tells a secret once.
    opened.report.show({ type: "facts", about: `${user.name} has a new key`, facts, next: [] })
    await forgetIntent(account.cloud, user.name)
  }
  return profileName === undefined ? place(undefined) : withCredentials(app, opened, account, place)
}

/** Whoever switches his own key off could not go on with what follows. */
async function refuseOwn(account: Account, { arn, name }: UserSeen): Promise<void> {
  if (arn !== account.arn) return
  throw new Refused(`user ${name} is the one who asks, and could end nothing after the first key`, {
    hint: "let another administrator revoke it, or do it as the root user: at once",
  })
}

function readDays(text: string): number {
  const days = /^\d{1,2}$/.test(text) ? Number(text) : 0
  if (days >= 1 && days <= 90) return days
  throw new Usage(`--days is ${JSON.stringify(text)}`, {
    hint: "CloudTrail remembers 90 days: give a number from 1 to 90",
  })
}
