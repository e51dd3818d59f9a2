import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import type { TradingRecord } from "../aws/trading/record.ts"
import { type ExitCode, exitCodes, Refused, Usage, UserError } from "../errors.ts"
import type { PaperEnd } from "../nodes/live/wish.ts"
import type { System } from "../nodes/systems.ts"
import type { ResumedResult } from "../report/results/trading.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { holding } from "./locked.ts"
import { commandLine } from "./next.ts"
import { tradingRow } from "./node-trading.ts"
import { type Opened, open, withAccount } from "./opening.ts"
import { placeOf } from "./planning.ts"
import { type SystemFlags, systemOption, systemsOf } from "./system.ts"
import { type WaiverFlags, waived, waiverOptions } from "./waivers.ts"

export interface ResumeFlags extends GlobalFlags, SystemFlags, WaiverFlags {
  readonly dryRun?: true
  readonly confirmLive?: string
  readonly lockTimeout?: string
}

export function resumeCommand(app: Ending, run = resume) {
  const [waive, reason] = waiverOptions
  return new Command("resume")
    .description("Let halted systems trade again. On paper it asks nothing; live wants all that going live wants.")
    .addOption(systemOption)
    .option("--dry-run", "of what is live: every check with its result, and a token to confirm it with")
    .option("--confirm-live <token>", "what --dry-run has printed, where there is no terminal to confirm at")
    .addOption(waive)
    .addOption(reason)
    .option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")
    .addHelpText("after", examples("smart0dte resume", "smart0dte resume --system smart-0dte --env poc"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function resume(app: App, flags: ResumeFlags): Promise<ExitCode> {
  const reasons = waived(flags)
  const opened = await open(app, "resume", flags)
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    const meant = await sorted(app, opened, account, scope, flags)
    const { dryRun = false, confirmLive: token } = flags
    if (meant.live.length === 0) {
      refuseLiveFlags(flags)
      return resumeOnPaper(app, opened, account, scope, meant.paper)
    }
    // One answer for what trades with real money, and one for what does not.
    if (meant.paper.length > 0)
      throw new Usage(`${meant.live.join(" and ")} is live, and ${meant.paper.join(" and ")} is not`, {
        hint: "resume them one by one: --system says which",
      })
    const { goLiveWith } = await import("./going-live.ts")
    const wish = { command: "resume", scope, systems: meant.live, dryRun, token, waived: reasons } as const
    return goLiveWith(app, opened, account, wish)
  })
}

interface Meant {
  readonly live: readonly System[]
  readonly paper: readonly System[]
}

/** Named, it is meant whatever it is at; else those that are halted, and where none is, all. */
async function sorted(app: App, opened: Opened, account: Account, scope: string, flags: ResumeFlags): Promise<Meant> {
  const seen = await account.trading(scope)
  if (!seen)
    throw new UserError(`nobody has written down yet how the systems of ${scope} trade`, {
      hint: `deploy does: ${commandLine(account, "deploy single")}`,
    })
  const { systems } = seen.record
  const known = systemsOf(flags).filter((name) => flags.system !== undefined || systems[name])
  const halted = known.filter((name) => systems[name]?.trading === "halted")
  const all = flags.system === undefined && halted.length > 0 ? halted : known
  const unhalted = all.filter((name) => systems[name]?.mode === "live" && systems[name]?.trading === "active")
  if (unhalted.length > 0 && !(await wereHalted(app, opened, account, seen.record, unhalted, flags)))
    throw new Refused(`${unhalted.join(" and ")} is live in ${scope}, and the trading record does not say halted`, {
      hint: `if it does not trade: ${commandLine(account, `halt --env ${scope}`)}, and then resume`,
    })
  const live = all.filter((name) => systems[name]?.mode === "live")
  return { live, paper: all.filter((name) => !live.includes(name)) }
}

/** To look is not to change anything: a dry run writes down nothing. */
async function wereHalted(
  app: App,
  opened: Opened,
  account: Account,
  record: TradingRecord,
  systems: readonly string[],
  { dryRun }: ResumeFlags,
): Promise<boolean> {
  if (dryRun) return false
  const { writeDownBoot } = await import("./resume-after-boot.ts")
  return writeDownBoot(app, opened, account, record, systems)
}

async function resumeOnPaper(
  app: App,
  opened: Opened,
  account: Account,
  scope: string,
  systems: readonly System[],
): Promise<ExitCode> {
  const [{ stateObjects }, { awsWorld }, { nodesOf, upAmong }, { resumePaper }, { newRun }] = await Promise.all([
    import("../aws/state/objects.ts"),
    import("../nodes/live/aws-world.ts"),
    import("../nodes/live/nodes.ts"),
    import("../nodes/live/resuming.ts"),
    import("../nodes/order.ts"),
  ])
  const { cloud, arn: by } = account
  const title = `resume ${systems.join(" and ")} in ${scope}`
  const end = await holding(app, { opened, account, scopes: [scope], title }, () =>
    app.interrupts.settling(async (stop) => {
      const nodes = upAmong(await nodesOf(cloud, [scope]))
      const run = newRun()
      const world = awsWorld({ cloud, objects: stateObjects(cloud, cloud.s3), scope, nodes, by, run, stop })
      return resumePaper(world, { systems, by, run })
    }, "what nodes were told goes on there"),
  )
  opened.report.show(resultOf(account, scope, systems, end))
  return end.end === "done" ? exitCodes.done : exitCodes.failed
}

function resultOf(account: Account, scope: string, systems: readonly System[], end: PaperEnd): ResumedResult {
  const { reasons, now, notes, said } = end
  const done = end.end === "done"
  return {
    type: "resumed",
    ...placeOf(account, scope),
    outcome: end.end,
    systems,
    rows: said.map(tradingRow),
    reasons,
    now,
    notes,
    next: [...(done ? [] : ["run the same command again"]), commandLine(account, `mode --env ${scope}`)],
  }
}

function refuseLiveFlags({ dryRun, confirmLive, waive }: ResumeFlags): void {
  const given = [
    ...(dryRun ? ["--dry-run"] : []),
    ...(confirmLive === undefined ? [] : ["--confirm-live"]),
    ...(waive === undefined ? [] : ["--waive"]),
  ]
  if (given.length === 0) return
  throw new Usage(`${given.join(" and ")} is for systems that are live, and none of these is`, {
    hint: "leave it out: on paper, resume asks for nothing",
  })
}
