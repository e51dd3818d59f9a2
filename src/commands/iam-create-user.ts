import { randomInt } from "node:crypto"
import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import type { KeySeen } from "../aws/iam/access-keys.ts"
import type { UserSeen } from "../aws/iam/users.ts"
import { insist, isNotYet } from "../engine/poll.ts"
import { type ExitCode, exitCodes, Refused, Usage } from "../errors.ts"
import type { PolicyName } from "../policies/names.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags, withOptions } from "./flags.ts"
import { attachPolicy } from "./iam-attach.ts"
import { lockOption, withIamLock } from "./iam-lock.ts"
import { type KeyFlags, keyOptions, placeNewKey, wantsKey, withCredentials } from "./iam-new-key.ts"
import { userArgument } from "./iam-user.ts"
import { commandLine } from "./next.ts"
import { type Opened, open, withAccount } from "./opening.ts"

export interface CreateUserFlags extends GlobalFlags, KeyFlags {
  readonly user: string
  readonly administrator?: true
  readonly service?: string
  readonly showPassword?: true
  readonly lockTimeout?: string
}

export function createUserCommand(app: Ending, run = createUser) {
  const command = new Command("create-user")
    .description(
      "Make a user: a person, or with --service what works for an environment (in prod: reads). No key unless asked.",
    )
    .addArgument(userArgument)
    .option("--administrator", "into the group that may do everything, with a second factor only")
    .option(
      "--service <environment>",
      "no person: a service account of that environment (poc, dev, stage, prod), and of no other",
    )
    .option("--show-password", "give a password for the console, to be changed at once, and print it")
    .addOption(lockOption())
    .addHelpText(
      "after",
      examples(
        "smart0dte iam create-user alice --administrator --show-password",
        "smart0dte iam create-user deployer-dev --service dev --profile-name dev",
      ),
    )
  return withOptions(command, keyOptions).action(async (user, own, command) =>
    app.exit(await run(app, { ...flagsOf(own, command), user })),
  )
}

export async function createUser(app: App, flags: CreateUserFlags): Promise<ExitCode> {
  const opened = await open(app, "iam create-user", flags)
  const { administrator, service, showPassword } = flags
  if (service !== undefined && (administrator || showPassword))
    throw new Usage("--service makes no person: it has neither a password nor --administrator", {
      hint: "make a user for the person, and another one for the service",
    })
  if (service !== undefined) {
    const { readService } = await import("../config/service.ts")
    readService(service)
  }
  const withKey = await wantsKey(flags)
  return withAccount(app, opened, flags, async (account) => {
    const work = async () => {
      const user = await made(account, flags)
      const there = withKey ? await mayHaveFirstKey(account, user) : []
      // AWS tells a secret once: all that has to be asked is asked before there is one.
      const next = service === undefined ? await nextFor(account, flags) : [commandLine(account, "iam list")]
      const password = showPassword ? await firstPassword(app, opened, account, user) : {}
      const show = (key: Facts) =>
        opened.report.show({
          type: "facts",
          about: `user ${user.name} is there`,
          facts: { user: user.name, arn: user.arn, ...key, ...password },
          next,
        })
      try {
        show(withKey ? await firstKey(app, opened, account, user, there, flags) : {})
      } catch (error) {
        if (showPassword) show({})
        throw error
      }
    }
    // A person without a key is a name, of which IAM itself lets there be one.
    const collides = service !== undefined || withKey
    await (collides ? withIamLock(app, opened, account, `iam create-user ${flags.user}`, work) : work())
    return exitCodes.done
  })
}

type Facts = Readonly<Record<string, string>>

async function made(account: Account, { administrator, service, user: name }: CreateUserFlags): Promise<UserSeen> {
  const { joinGroup, makeUser } = await import("../aws/iam/users.ts")
  if (service !== undefined) {
    const user = await makeUser(account.cloud, { name, as: "service", environment: service })
    for (const policy of policiesOfService(service))
      await attachPolicy(account, service, policy, { type: "user", name })
    return user
  }
  const [{ makeGroup }, { peoplePolicy }] = await Promise.all([
    import("../aws/iam/groups.ts"),
    import("../policies/people.ts"),
  ])
  const group = await makeGroup(account.cloud, administrator ? "administrators" : "people", peoplePolicy(account.cloud))
  const user = await makeUser(account.cloud, { name, as: "person" })
  await joinGroup(account.cloud, name, group)
  return user
}

/** Three environments have a policy of their own name, prod's for reading; in any other, two may deploy and operate. */
const policiesOfService = (environment: string): readonly PolicyName[] =>
  environment === "dev" || environment === "stage" || environment === "prod" ? [environment] : ["deployer", "operator"]

/** The keys that an earlier run, broken off, has left. */
async function mayHaveFirstKey(account: Account, user: UserSeen): Promise<readonly KeySeen[]> {
  const { keysOf } = await import("../aws/iam/access-keys.ts")
  const { intentOf } = await import("../aws/iam/key-intent.ts")
  const there = await keysOf(account.cloud, user.name)
  if (there.length === 0 || (await intentOf(account.cloud, user.name)) !== undefined) return there
  throw new Refused(`${user.name} has a key already: ${there.map(({ id }) => id).join(", ")}`, {
    hint: `for a new one: ${commandLine(account, `iam rotate-key ${user.name} --profile-name NAME`)}`,
  })
}

async function firstKey(
  app: App,
  opened: Opened,
  account: Account,
  user: UserSeen,
  there: readonly KeySeen[],
  flags: CreateUserFlags,
): Promise<Facts> {
  const { forgetIntent } = await import("../aws/iam/key-intent.ts")
  const { profileName } = flags
  if (profileName === undefined) return (await placeNewKey(app, account, user, flags, undefined)).facts
  return withCredentials(app, opened, account, async (file) => {
    const taken = await file.keyId(profileName)
    if (taken !== undefined && there.some(({ id }) => id === taken)) {
      // A run that was broken off has done it all but say so.
      await forgetIntent(account.cloud, user.name)
      return { accessKeyId: taken, profile: profileName, file: file.path }
    }
    if (taken !== undefined)
      throw new Refused(`the profile ${profileName} of ${file.path} has the key ${taken} already`, {
        hint: "it may be in use: name another profile, or take that one out of the file first",
      })
    return (await placeNewKey(app, account, user, flags, file)).facts
  })
}

/** Of letters that nobody mistakes for others, and of each kind that a password policy may want. */
async function firstPassword(app: App, { report }: Opened, account: Account, user: UserSeen): Promise<Facts> {
  const kinds = ["abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "!#%+=@_-"]
  const password = Array.from({ length: 28 }, (_, index) => {
    const kind = kinds[index % kinds.length] ?? ""
    return kind[randomInt(kind.length)]
  }).join("")
  const { giveLogin } = await import("../aws/iam/users.ts")
  const { cloud } = account
  // For some seconds after it has made one, IAM does not change it.
  const given = await app.interrupts.settling((stop) =>
    insist(cloud.clock, stop, 60_000, isNotYet, () => giveLogin(cloud, user.name, password)),
  )
  if (given === "stays")
    throw new Refused(`${user.name} has a password already, which stays`, {
      hint: "for a new one, in the console: IAM, Users, this user, Security credentials, Manage console access",
    })
  if (given === "anew")
    report.note(`${user.name} had a password, but nobody has signed in with it yet: this one takes its place`)
  return { password, console: `https://${cloud.account}.signin.aws.amazon.com/console` }
}

async function nextFor(
  account: Account,
  { administrator, showPassword, user }: CreateUserFlags,
): Promise<readonly string[]> {
  const { hasLogin } = await import("../aws/iam/user-list.ts")
  const again = `iam create-user ${user}${administrator ? " --administrator" : ""} --show-password`
  return [
    ...(showPassword || (await hasLogin(account.cloud, user))
      ? []
      : [`for a password, without which nobody signs in: ${commandLine(account, again)}`]),
    "the user signs in, and gives himself a second factor: without one, everything else is refused",
    ...(administrator ? [] : [commandLine(account, `iam policy operator --attach ${user}`)]),
  ]
}
