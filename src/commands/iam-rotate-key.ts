import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { CredentialsFile } from "../app/credentials-file.ts"
import type { App } from "../app.ts"
import type { KeySeen } from "../aws/iam/access-keys.ts"
import type { UserSeen } from "../aws/iam/users.ts"
import { type ExitCode, exitCodes, Refused, Usage } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags, withOptions } from "./flags.ts"
import { lockOption, withIamLock } from "./iam-lock.ts"
import { type KeyFlags, keyOptions, placeNewKey, wantsKey, withCredentials } from "./iam-new-key.ts"
import { retire } from "./iam-retire.ts"
import { knownUser, userArgument } from "./iam-user.ts"
import { commandLine } from "./next.ts"
import { type Opened, open, withAccount } from "./opening.ts"

export interface RotateFlags extends GlobalFlags, KeyFlags {
  readonly user: string
  readonly retire?: true
  readonly lockTimeout?: string
}

export function rotateKeyCommand(app: Ending, run = rotateKey) {
  const command = new Command("rotate-key")
    .description("A new key, tried, in the old one's place; then the old one is switched off and deleted.")
    .addArgument(userArgument)
    .option("--retire", "after --show-key: everything uses the new key, so that the old one may go")
    .addOption(lockOption())
    .addHelpText(
      "after",
      examples(
        "smart0dte iam rotate-key deployer-dev --profile-name dev",
        "smart0dte iam rotate-key ci-bot --show-key",
      ),
    )
  return withOptions(command, keyOptions).action(async (user, own, command) =>
    app.exit(await run(app, { ...flagsOf(own, command), user })),
  )
}

export async function rotateKey(app: App, flags: RotateFlags): Promise<ExitCode> {
  const opened = await open(app, "iam rotate-key", flags)
  const { user: name } = flags
  const wanted = await wantsKey(flags)
  if (wanted === (flags.retire === true))
    throw new Usage("rotate-key does not know where the new key is to go", {
      hint: "give --profile-name NAME, or --show-key, and --retire alone once a key that was shown is in use",
    })
  return withAccount(app, opened, flags, async (account) => {
    const user = await knownUser(account, name)
    return withIamLock(app, opened, account, `iam rotate-key of ${name}`, () =>
      rotated(app, opened, account, user, flags),
    )
  })
}

async function rotated(
  app: App,
  opened: Opened,
  account: Account,
  user: UserSeen,
  flags: RotateFlags,
): Promise<ExitCode> {
  const { name } = user
  const { profileName } = flags
  const show = (about: string, facts: Readonly<Record<string, string>>, next: readonly string[] = []) => {
    opened.report.show({ type: "facts", about, facts: { user: name, ...facts }, next })
    return exitCodes.done
  }
  const whenUsed = [`once everything uses the new one: ${commandLine(account, `iam rotate-key ${name} --retire`)}`]
  if (flags.retire) {
    const retired = await retireShown(account, user)
    return show(`the old key of ${name} is gone`, { retired })
  }
  if (profileName !== undefined) {
    const { retired, stays, facts } = await withCredentials(app, opened, account, (file) =>
      inProfile(app, account, user, profileName, file),
    )
    return stays === undefined
      ? show(`the key of ${name} is rotated`, { ...facts, retired })
      : show(`${name} has a new key; the old one ${stays} still works`, facts, whenUsed)
  }
  const old = await onlyKey(account, user)
  const { facts } = await placeNewKey(app, account, user, flags, undefined)
  return show(`${name} has a new key; the old one ${old.id} still works`, facts, whenUsed)
}

/** Broken off anywhere, the same command goes on: the profile and a tag of the user say how far it was. */
async function inProfile(
  app: App,
  account: Account,
  user: UserSeen,
  profileName: string,
  file: CredentialsFile,
): Promise<InProfile> {
  const { intentOf, noteShown } = await import("../aws/iam/key-intent.ts")
  const intent = await intentOf(account.cloud, user.name)
  const inFile = await file.keyId(profileName)
  const switched = intent !== undefined && inFile !== undefined && !intent.before.includes(inFile)
  if (switched && intent !== undefined) {
    await requireKey(account, user, inFile, profileName)
    const facts = { accessKeyId: inFile, profile: profileName, file: file.path }
    if (intent.shown) return { facts, retired: "", stays: intent.before.join(", ") }
    await retire(account, user, intent.before, await file.keys(profileName))
    return { facts, retired: intent.before.join(", ") }
  }
  const old = intent?.before[0] ?? (await onlyKey(account, user)).id
  if (inFile !== undefined && inFile !== old)
    throw new Refused(`the profile ${profileName} has the key ${inFile}, and ${user.name} has ${old}`, {
      hint: "name the profile that has this user's key, or one that is not there yet",
    })
  const others = (await file.profilesWith(old)).filter((one) => one !== profileName)
  if (others.length > 0)
    throw new Refused(`the profile ${others.join(", ")} has the key ${old}, too, and would be left with a dead one`, {
      hint:
        inFile === undefined
          ? `name it: ${commandLine(account, `iam rotate-key ${user.name} --profile-name ${others[0]}`)}`
          : `take the key out of ${others.join(", ")} in ${file.path}, then run again`,
    })
  if (inFile !== undefined) {
    const { facts } = await placeNewKey(app, account, user, { profileName }, file)
    await retire(account, user, [old], await file.keys(profileName))
    return { facts, retired: old }
  }
  // The old key is not in this file: whoever has it goes on with it until he is told. Noted first, so that a run that
  // goes on after this one does not take it for replaced.
  const noting: CredentialsFile = {
    ...file,
    set: async (profile, keys) => {
      await noteShown(account.cloud, user.name, [old])
      await file.set(profile, keys)
    },
  }
  const { facts } = await placeNewKey(app, account, user, { profileName }, noting)
  return { facts, retired: "", stays: old }
}

interface InProfile {
  readonly facts: Readonly<Record<string, string>>
  readonly retired: string
  /** The old key, where somebody elsewhere may still use it. */
  readonly stays?: string
}

async function requireKey(account: Account, user: UserSeen, id: string, profile: string): Promise<void> {
  const { keysOf } = await import("../aws/iam/access-keys.ts")
  if ((await keysOf(account.cloud, user.name)).some((key) => key.id === id && key.active)) return
  throw new Refused(`the profile ${profile} has the key ${id}, which is no active one of ${user.name}`, {
    hint: "name the profile that has this user's key, or one that is not there yet",
  })
}

async function retireShown(account: Account, user: UserSeen): Promise<string> {
  const { intentOf } = await import("../aws/iam/key-intent.ts")
  const intent = await intentOf(account.cloud, user.name)
  if (!intent?.shown)
    throw new Refused(`no new key of ${user.name} was shown: there is none to take the old one's place`, {
      hint: `begin with: ${commandLine(account, `iam rotate-key ${user.name} --show-key`)}`,
    })
  await retire(account, user, intent.before, undefined)
  return intent.before.join(", ")
}

async function onlyKey(account: Account, user: UserSeen): Promise<KeySeen> {
  const { keysOf } = await import("../aws/iam/access-keys.ts")
  const { intentOf } = await import("../aws/iam/key-intent.ts")
  const intent = await intentOf(account.cloud, user.name)
  const keys = await keysOf(account.cloud, user.name)
  const old = intent ? keys.filter(({ id }) => intent.before.includes(id)) : keys
  const [only, ...others] = old
  if (only && others.length === 0) return only
  if (only === undefined)
    throw new Refused(`${user.name} has no key that could be rotated`, {
      hint: `for a first one: ${commandLine(account, `iam create-user ${user.name} --profile-name NAME`)}`,
    })
  throw new Refused(
    `${user.name} has two keys: ${keys.map(({ id, active }) => `${id} (${active ? "active" : "inactive"})`).join(", ")}`,
    {
      hint: `see which one is used (${commandLine(account, "iam list")}) and delete the other: aws iam delete-access-key --user-name ${user.name} --access-key-id ID`,
    },
  )
}
