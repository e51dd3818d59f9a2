import type { Account } from "../app/account.ts"
import type { Backup } from "../aws/backups/backup.ts"
import type { Cloud } from "../aws/cloud.ts"
import type { Scope } from "../engine/types.ts"
import { monthlyUsd } from "../prices.ts"
import type { BackupRow } from "../report/results.ts"

/** All that is kept of an environment, the newest first. */
export async function backupsOf(cloud: Cloud, scope: Scope): Promise<readonly Backup[]> {
  const [{ databaseBackups }, { volumeBackups }, { configurationBackups }] = await Promise.all([
    import("../aws/backups/database.ts"),
    import("../aws/backups/volume.ts"),
    import("../aws/backups/configuration.ts"),
  ])
  const lists = await Promise.all([
    databaseBackups(cloud, scope),
    volumeBackups(cloud, scope),
    configurationBackups(cloud, scope),
  ])
  return lists.flat().toSorted((a, b) => b.made.getTime() - a.made.getTime())
}

/** What is still there when the environment is gone, in words with its price. */
export async function keptOf(cloud: Cloud, scope: Scope): Promise<readonly string[]> {
  const all = await backupsOf(cloud, scope)
  return all
    .filter(({ origin, part }) => origin === "backup" && part !== "configuration")
    .map(({ part, name, gb, made }) => {
      const usd = (monthlyUsd({ sku: skus[part], units: gb }) ?? 0).toFixed(2)
      return `backup/${part}: the snapshot ${name}: at most ${gb} GB, ${usd} USD a month, made on ${made.toISOString().slice(0, 10)}`
    })
}

export function backupRow(account: Account, { part, name, id, made, state, gb, origin }: Backup): BackupRow {
  const ageDays = Math.max(0, Math.floor((account.cloud.clock.now() - made.getTime()) / day))
  // What RDS makes each night costs nothing up to the size of the database.
  const usd = origin === "automatic" ? 0 : (monthlyUsd({ sku: skus[part], units: gb }) ?? 0)
  const at = made.toISOString()
  const atMostUsd = Math.round(usd * 100) / 100
  return { part, name, made: at, ageDays, state, gb, atMostUsd, origin, ...(id !== undefined && { id }) }
}

const day = 86_400_000

const skus = { database: "rds/snapshot-gb", influx: "ebs/snapshot-gb", configuration: "s3/standard-gb" } as const
