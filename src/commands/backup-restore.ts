import { Command, Option } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { App } from "../app.ts"
import type { Backup, BackupPart } from "../aws/backups/backup.ts"
import { apply } from "../engine/apply.ts"
import { perform } from "../engine/perform.ts"
import type { ExitCode } from "../errors.ts"
import type { AppliedResult, PlanResult } from "../report/results.ts"
import { planWhole } from "./asking.ts"
import { agreeToPlan } from "./consent.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { layGround } from "./groundwork.ts"
import { asAgreed, refuseIfBlocked } from "./guards.ts"
import { refuseWhileLive } from "./live-guard.ts"
import { locked } from "./locked.ts"
import { commandLine } from "./next.ts"
import { type Opened, open, withAccount } from "./opening.ts"
import { endWith } from "./outcome.ts"
import type { Restore } from "./restoring.ts"
import { deployed } from "./results.ts"

export interface RestoreFlags extends GlobalFlags {
  readonly id: string
  readonly part?: BackupPart
  readonly out?: string
  readonly yes?: true
  readonly confirm?: string
  readonly lockTimeout?: string
}

const parts = ["database", "influx", "configuration"] as const satisfies readonly BackupPart[]

export function restoreCommand(app: Ending, run = backupRestore) {
  return new Command("restore")
    .description("Show what would be made anew from a backup, and what is lost by it, ask, and then make it so.")
    .argument("<id>", "the backup, as backup list shows it")
    .addOption(new Option("--part <part>", "only this of it; the configuration is only written down").choices(parts))
    .option("--out <file>", "where --part configuration writes the settings of that time")
    .option("-y, --yes", "say yes in advance to what creates and changes")
    .option("--confirm <environment>", "the same for what takes data away")
    .option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")
    .addHelpText(
      "after",
      examples(
        "smart0dte backup restore 20261121-063401",
        "smart0dte backup restore 20261121-063401 --part database --yes --confirm=poc",
      ),
    )
    .action(async (id, own, command) => app.exit(await run(app, { ...flagsOf(own, command), id })))
}

/** A deploy in which the database, or the volume of the time series, is to be made from something else. */
export async function backupRestore(app: App, flags: RestoreFlags): Promise<ExitCode> {
  const { id, part } = flags
  const opened = await open(app, "backup restore", flags)
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    const [{ dataIn, findBackup, refuseUnfit }, { restoreOf }] = await Promise.all([
      import("./restorable.ts"),
      import("./restoring.ts"),
    ])
    const found = await findBackup(account, scope, id)
    if (part === "configuration") {
      const { writeConfiguration } = await import("./kept-configuration.ts")
      return writeConfiguration(app, opened, account, { scope, id, found, out: flags.out })
    }
    await refuseWhileLive(account, scope, "backup restore")
    const kept = dataIn(found, id, part)
    refuseUnfit(kept, opened.config.settings)
    const restore = await restoreOf(account, scope, kept)
    const whole = await planWhole(app, opened, account, flags, scope, restore.requests, restore.sources)
    const plan = { ...whole.plan, notes: [...whole.plan.notes, ...kept.map(lossBy)] }
    opened.report.show(plan)
    refuseIfBlocked(plan, whole.unread)
    await agreeToPlan(app, opened, plan, { ...flags, doing: "backup restore" })
    await layGround(app, opened, account, whole.site)
    return carryOut(app, opened, account, whole.site, plan, restore)
  })
}

const lossBy = ({ part, made }: Backup): string =>
  `what was written to the ${part === "influx" ? "time series" : part} since ${made.toISOString().slice(0, 16).replace("T", " ")} UTC is not in this backup; what is there now stays as a last snapshot`

async function carryOut(
  app: App,
  opened: Opened,
  account: Account,
  site: Site,
  agreed: PlanResult,
  { copied, requests }: Restore,
): Promise<ExitCode> {
  const title = `restore ${site.environment}`
  const ran = await locked(app, { opened, account, site, title }, async (run) => {
    await refuseWhileLive(account, site.environment, "backup restore")
    const [{ copiesOf }, { keepingTask }] = await Promise.all([import("./restoring.ts"), import("./keeping.ts")])
    const copies = copiesOf(account, site.environment, copied).map((one) => keepingTask(run, account, one))
    const kept = copies.length > 0 ? await perform(run, copies) : undefined
    // Without its copy the snapshot would go with the very database that makes room for it.
    if (kept && kept.failed.length + kept.skipped.length > 0) return kept
    return apply(run, site.blueprint, site.kinds, asAgreed(agreed, requests, site))
  })
  const result = await deployed(account, site, ran)
  opened.report.show({ ...result, next: nextOf(account, result) })
  return endWith(ran, result)
}

/** To name the backup again would be to go back once more. */
const nextOf = (account: Account, { outcome }: AppliedResult): readonly string[] =>
  outcome === "done"
    ? [commandLine(account, "status"), commandLine(account, "backup list")]
    : [`what is left of it: ${commandLine(account, "deploy single")}`]
