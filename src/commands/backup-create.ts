import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import { backupIdAt } from "../aws/backups/backup.ts"
import { perform } from "../engine/perform.ts"
import type { Scope } from "../engine/types.ts"
import type { ExitCode } from "../errors.ts"
import { backupRow, backupsOf } from "./backups.ts"
import type { Ending } from "./ends.ts"
import { findDeployed } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import type { Part } from "./keeping.ts"
import { locked } from "./locked.ts"
import { commandLine } from "./next.ts"
import { type Opened, open, withAccount } from "./opening.ts"
import { endOf, endWith, failuresOf } from "./outcome.ts"
import { placeOf } from "./planning.ts"

export interface CreateFlags extends GlobalFlags {
  readonly lockTimeout?: string
}

export function createCommand(app: Ending, run = backupCreate) {
  return new Command("create")
    .description("Keep database, time series and configuration as they are now, under one name.")
    .option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")
    .addHelpText("after", examples("smart0dte backup create", "smart0dte backup create --env poc --output json"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function backupCreate(app: App, flags: CreateFlags): Promise<ExitCode> {
  const opened = await open(app, "backup create", flags)
  return withAccount(app, opened, flags, async (account) => {
    const site = await findDeployed(app, opened, account)
    const { environment } = site
    const id = backupIdAt(account.cloud.clock.now())
    const parts = await partsOf(app, opened, account, environment, id)
    const { keepingTask } = await import("./keeping.ts")
    const ran = await locked(app, { opened, account, site, title: `back up ${environment}` }, (run) =>
      perform(
        run,
        parts.map((part) => keepingTask(run, account, part)),
      ),
    )
    const rows = (await backupsOf(account.cloud, environment)).filter((one) => one.id === id)
    const outcome = endOf(ran)
    opened.report.show({
      type: "backups",
      ...placeOf(account, environment),
      rows: rows.map((one) => backupRow(account, one)),
      failed: failuresOf(ran.outcome),
      next: outcome === "done" ? [commandLine(account, `backup list --env ${environment}`)] : [],
    })
    return endWith(ran, { outcome })
  })
}

/** What there is to keep. */
async function partsOf(app: App, { config, report }: Opened, account: Account, scope: Scope, id: string) {
  const { cloud } = account
  const [{ databaseKind }, { volumeKind }, { keepDatabase }, { keepVolume }, { keepConfiguration }] = await Promise.all(
    [
      import("../steps/database.ts"),
      import("../steps/volume.ts"),
      import("../aws/backups/database.ts"),
      import("../aws/backups/volume.ts"),
      import("../aws/backups/configuration.ts"),
    ],
  )
  const [databases = [], volumes = []] = await Promise.all([
    databaseKind.list?.(cloud, [scope]),
    volumeKind.list?.(cloud, [scope]),
  ])
  const what = { scope, version: app.version, settings: config.settings }
  const parts: readonly Part[] = [
    ...databases.map(({ name, live: { identifier } }): Part => {
      const database = { scope, key: `database/${name}`, identifier }
      return { part: "database", scope, id, usual: 180, keep: () => keepDatabase(cloud, database, id) }
    }),
    ...volumes.map(({ name, live }): Part => {
      const volume = { scope, key: `volume/${name}`, volumeId: live.id }
      return { part: "influx", scope, id, usual: 90, keep: () => keepVolume(cloud, volume, id) }
    }),
    { part: "configuration", scope, id, usual: 1, keep: () => keepConfiguration(cloud, what, id) },
  ]
  for (const part of ["database", "influx"] as const)
    if (!parts.some((one) => one.part === part)) report.note(`there is no ${part} in ${scope}: none is kept`)
  return parts
}
