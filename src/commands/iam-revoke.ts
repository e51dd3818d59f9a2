import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import type { Deeds } from "../aws/cloudtrail/deeds.ts"
import type { UserSeen } from "../aws/iam/users.ts"
import { type ExitCode, exitCodes, Refused, Usage } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags, withOptions } from "./flags.ts"
import { lockOption, withIamLock } from "./iam-lock.ts"
import { type KeyFlags, keyOptions, placeNewKey, wantsKey, withCredentials } from "./iam-new-key.ts"
import { knownUser, userArgument } from "./iam-user.ts"
import { commandLine } from "./next.ts"
import { open, withAccount } from "./opening.ts"

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
  const replacing = await wantsKey(flags)
  return withAccount(app, opened, flags, async (account) => {
    const { cloud } = account
    const user = await knownUser(account, flags.user)
    await refuseOwn(account, user)
    const { deactivateKey, keysOf } = await import("../aws/iam/access-keys.ts")
    const { denyOlderSessions } = await import("../aws/iam/older-sessions.ts")
    const keys = await keysOf(cloud, user.name)
    // First of all, and nothing is asked: each second is somebody else's.
    const active = keys.filter((key) => key.active).map(({ id }) => id)
    for (const id of active) await deactivateKey(cloud, user.name, id)
    const now = new Date(cloud.clock.now())
    await denyOlderSessions(cloud, { type: "user", name: user.name }, now)
    opened.report.note(
      `${active.length === 0 ? "no key was active" : `${active.join(", ")} is switched off`}; reading the trail`,
    )
    const since = new Date(now.getTime() - days * 86_400_000)
    const seen = await lookUp(
      account,
      keys.map(({ id }) => id),
      since,
    )
    for (const name of seen.roles) await denyOlderSessions(cloud, { type: "role", name }, now)
    opened.report.show({
      type: "revoked",
      user: user.name,
      account: cloud.account,
      region: cloud.region,
      deactivated: active,
      sessionsBefore: now.toISOString(),
      roles: seen.roles,
      since: since.toISOString(),
      deeds: seen.deeds,
      notes: [...(await aboutPassword(account, user.name)), ...seen.notes],
      next: replacing || keys.length === 0 ? [] : [commandLine(account, `iam revoke ${user.name} --profile-name NAME`)],
    })
    if (replacing) {
      // Nothing before this waits for another run: what shuts somebody out is done by then.
      const title = `iam revoke of ${user.name}`
      const facts = await withIamLock(app, opened, account, title, () => replaced(app, opened, account, user, flags))
      opened.report.show({ type: "facts", about: `${user.name} has a new key`, facts, next: [] })
    }
    return seen.failed ? exitCodes.partly : exitCodes.done
  })
}

/** It is no key, and is left: whoever knows it may still sign in. */
async function aboutPassword({ cloud }: Account, user: string): Promise<readonly string[]> {
  const { hasLogin } = await import("../aws/iam/user-list.ts")
  try {
    if (!(await hasLogin(cloud, user))) return []
    return ["the password for the console stays: if it may be known, too, take it away in IAM's console"]
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [`whether there is a password for the console could not be read: ${why}`]
  }
}

interface LookedUp extends Deeds {
  readonly notes: readonly string[]
  readonly failed: boolean
}

/** What cannot be looked up keeps nothing from being revoked: it is said, and told by the exit code. */
async function lookUp({ cloud }: Account, keys: readonly string[], since: Date): Promise<LookedUp> {
  const { deedsOf } = await import("../aws/cloudtrail/deeds.ts")
  const where = [
    cloud.region === "us-east-1"
      ? "each region has a trail of its own: look into others with --region"
      : "each region has a trail of its own, and IAM's is in us-east-1: look there too with --region",
    "the trail has what was done up to some fifteen minutes ago: run it again then",
  ]
  try {
    const seen = await deedsOf(cloud, keys, since)
    const cut = seen.more ? ["there was more than is shown: take fewer days"] : []
    return { ...seen, notes: [...cut, ...where], failed: false }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { deeds: [], roles: [], more: false, notes: [`the trail could not be read: ${why}`, ...where], failed: true }
  }
}

/** IAM keeps two keys at most: of two that are switched off, the older one goes. */
async function replaced(
  app: App,
  opened: Parameters<typeof withCredentials>[1],
  account: Account,
  user: UserSeen,
  flags: RevokeFlags,
) {
  const { deleteKey, keysOf } = await import("../aws/iam/access-keys.ts")
  const { forgetIntent } = await import("../aws/iam/key-intent.ts")
  const keys = await keysOf(account.cloud, user.name)
  if (keys.some((key) => key.active))
    throw new Refused(`somebody has just given ${user.name} an active key: none is added to it`, {
      hint: `see who did it, and run it again: ${commandLine(account, `iam revoke ${user.name}`)}`,
    })
  const [oldest, ...others] = keys
  if (oldest && others.length > 0) await deleteKey(account.cloud, user.name, oldest.id)
  const place = async (file: Parameters<typeof placeNewKey>[4]) => {
    // What an earlier rotation had in mind is of no use with these keys.
    await forgetIntent(account.cloud, user.name)
    const { facts } = await placeNewKey(app, account, user, flags, file)
    await forgetIntent(account.cloud, user.name)
    return facts
  }
  return flags.profileName === undefined ? place(undefined) : withCredentials(app, opened, account, place)
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
