import type { Account } from "../app/account.ts"
import type { Backup, BackupPart } from "../aws/backups/backup.ts"
import type { Settings } from "../config.ts"
import type { Scope } from "../engine/types.ts"
import { Refused, Usage } from "../errors.ts"
import { backupsOf } from "./backups.ts"
import { commandLine } from "./next.ts"

/** What was kept under this name: by one backup, or by AWS itself, whose snapshots have no name but their own. */
export async function findBackup(account: Account, scope: Scope, id: string): Promise<readonly Backup[]> {
  const all = await backupsOf(account.cloud, scope)
  const found = all.filter((one) => one.id === id || one.name === id)
  if (found.length > 0) return found
  const { closest } = await import("../config/closest.ts")
  const near = closest(id, all.flatMap(namesOf))
  const list = `see them all with: ${commandLine(account, `backup list --env ${scope}`)}`
  throw new Usage(`there is no backup ${JSON.stringify(id)} of ${scope}${await elsewhere(account, scope, id)}`, {
    hint: near === undefined ? list : `did you mean ${near}? ${list}`,
  })
}

const namesOf = ({ id, name }: Backup): readonly string[] => (id === undefined ? [name] : [id, name])

async function elsewhere(account: Account, scope: Scope, id: string): Promise<string> {
  for (const other of await account.environments()) {
    if (other === scope) continue
    const found = (await backupsOf(account.cloud, other)).some((one) => namesOf(one).includes(id))
    if (found) return `: it is one of ${other}, and goes back only there`
  }
  return ""
}

export type DataPart = Exclude<BackupPart, "configuration">

/** The parts that hold data, or the one that was named. */
export function dataIn(found: readonly Backup[], id: string, part: DataPart | undefined): readonly Backup[] {
  const wanted = found.filter((one) => (part === undefined ? one.part !== "configuration" : one.part === part))
  if (wanted.length > 0) return wanted
  const has = [...new Set(found.map((one) => one.part))].join(", ")
  throw new Usage(`the backup ${id} has no ${part ?? "data"}: it has ${has}`, {
    hint:
      part === undefined ? "--part configuration shows the settings of that time" : `name another one: --part ${has}`,
  })
}

/** The one place that says whether a restore may go on at all, before anything is planned. */
export function refuseUnfit(parts: readonly Backup[], { databaseMajor, databaseGb }: Settings): void {
  for (const { part, name, state, engineVersion = "", gb } of parts) {
    if (state === "pending")
      throw new Refused(`${name} is not ready yet`, { hint: "nothing was changed; run it again in a few minutes" })
    if (state === "failed")
      throw new Refused(`AWS has given up ${name}: nothing can be made from it`, {
        hint: "nothing was changed; name another backup",
      })
    if (part !== "database") continue
    if (Number.parseInt(engineVersion, 10) > databaseMajor)
      throw new Refused(`${name} is of PostgreSQL ${engineVersion}, and databaseMajor is ${databaseMajor}`, {
        hint: "nothing was changed; PostgreSQL goes up only: set databaseMajor to what was kept, or higher",
      })
    if (gb * 1.1 > 4 * databaseGb)
      throw new Refused(`${name} has ${gb} GB, more than a database of databaseGb ${databaseGb} may grow to`, {
        hint: `nothing was changed; set databaseGb to ${Math.ceil((gb * 1.1) / 4)} or more`,
      })
  }
}
