import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import type { KeySeen } from "../aws/iam/access-keys.ts"
import type { UserKnown } from "../aws/iam/user-list.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { UserKeyRow, UserRow } from "../report/results/users.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { commandLine } from "./next.ts"
import { open, withAccount } from "./opening.ts"

export function iamListCommand(app: Ending, run = iamList) {
  return new Command("list")
    .description("Show all users: second factors, how old their keys are, when each was last used, and what is amiss.")
    .addHelpText("after", examples("smart0dte iam list", "smart0dte iam list --output json"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function iamList(app: App, flags: GlobalFlags): Promise<ExitCode> {
  const opened = await open(app, "iam list", flags)
  return withAccount(app, opened, flags, async (account) => {
    const [{ allUsers }, { inWords }] = await Promise.all([
      import("../aws/iam/user-list.ts"),
      import("../aws/iam/users.ts"),
    ])
    const now = account.cloud.clock.now()
    const rows = (await allUsers(account.cloud)).map((user) => rowOf(user, inWords(user.of), now))
    opened.report.show({ type: "users", account: account.cloud.account, rows, next: nextFor(account, rows) })
    return exitCodes.done
  })
}

function rowOf(user: UserKnown, of: string, now: number): UserRow {
  const keys = user.keys.map((key) => keyRow(key, now))
  const { groups, name, secondFactors, signsIn } = user
  return {
    user: name,
    of,
    made: user.made?.toISOString(),
    groups,
    signsIn,
    secondFactors,
    keys,
    amiss: amissIn(user, keys),
  }
}

const keyRow = ({ active, id, made, used }: KeySeen, now: number): UserKeyRow => ({
  id,
  active,
  ageDays: daysSince(made, now),
  unusedDays: used === undefined ? undefined : daysSince(used.at, now),
  usedIn: used === undefined ? undefined : `${used.service} in ${used.region}`,
})

/** The days are those of CIS: 90 for a key's age, 45 for what nobody uses. */
function amissIn({ secondFactors, signsIn }: UserKnown, keys: readonly UserKeyRow[]): readonly string[] {
  const active = keys.filter((key) => key.active)
  const stale = ({ ageDays, unusedDays }: UserKeyRow) => (unusedDays ?? ageDays) > 45
  return [
    ...(signsIn && secondFactors === 0 ? ["signs in to the console without a second factor"] : []),
    ...active.filter(({ ageDays }) => ageDays > 90).map(({ id, ageDays }) => `${id} is ${ageDays} days old: rotate it`),
    ...active.filter(stale).map(({ id }) => `${id} was not used for 45 days: take it away`),
    ...(active.length > 1 ? ["has two active keys: one is enough"] : []),
  ]
}

const daysSince = (date: Date | undefined, now: number): number =>
  date === undefined ? 0 : Math.max(0, Math.floor((now - date.getTime()) / 86_400_000))

function nextFor(account: Account, rows: readonly UserRow[]): readonly string[] {
  if (rows.length === 0) return [commandLine(account, "iam create-user NAME --administrator --show-password")]
  const old = rows.find(({ keys }) => keys.some(({ active, ageDays }) => active && ageDays > 90))
  return old === undefined ? [] : [commandLine(account, `iam rotate-key ${old.user} --profile-name NAME`)]
}
