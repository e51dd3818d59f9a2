import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { LogLine } from "../report/results/node.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { inOrder, latestOf, logLinesOf, type Seen, unseen } from "./log-lines.ts"
import { readLines, readSince } from "./log-range.ts"
import { findNode, leaving, type NodePlace, refusedBy, tellNode } from "./on-node.ts"
import { type Opened, open, withAccount } from "./opening.ts"
import { placeOf } from "./planning.ts"
import { bothArgument, type SystemFlags, serviceArgument, systemsOf } from "./system.ts"

export interface LogsFlags extends GlobalFlags, SystemFlags {
  readonly service?: string | undefined
  readonly follow?: true
  readonly lines?: number
  readonly since?: string
}

export function logsCommand(app: Ending, run = logs) {
  return new Command("logs")
    .description("Show what the containers of both systems, or of one, wrote last, the oldest first.")
    .addArgument(bothArgument)
    .addArgument(serviceArgument)
    .option("-f, --follow", "go on with what they write, until Ctrl-C")
    .option("--lines <number>", "how many lines of each service (100)", readLines)
    .option("--since <time>", "no older ones: 15m, 2h, 3d or a time such as 2026-01-31T09:30:00Z")
    .addHelpText("after", examples("smart0dte logs --follow", "smart0dte logs mag7-7dte backend --since 1h"))
    .action(async (system, service, own, command) =>
      app.exit(await run(app, { ...flagsOf(own, command), ...(system && { system }), service })),
    )
}

export async function logs(app: App, flags: LogsFlags): Promise<ExitCode> {
  const opened = await open(app, "logs", flags)
  return withAccount(app, opened, flags, async (account) => {
    const since = flags.since && readSince(flags.since, account.cloud.clock.now())
    const place = await findNode(account, await findEnvironment(account, opened.config))
    return app.interrupts.settling(async (stop) => {
      const on = { account, flags, opened, place, stop }
      try {
        const { lines, refused } = await look(on, flags.lines ?? 100, since)
        show(on, lines)
        if (refused.length > 0 && !(flags.follow && lines.length > 0)) throw refusedBy(account, place, refused)
        return flags.follow ? await follow(on, unseen(lines, new Map()).seen, since) : exitCodes.done
      } catch (error) {
        // Ctrl-C is how following ends: there is nothing to say about it.
        if (flags.follow && stop.aborted) return exitCodes.interrupted
        throw error
      }
    }, leaving)
  })
}

interface Looking {
  readonly account: Account
  readonly flags: LogsFlags
  readonly opened: Opened
  readonly place: NodePlace
  readonly stop: AbortSignal
}

/** What the systems wrote, in the order of time; and those of which the node cannot say it. */
async function look({ account, flags, place, stop }: Looking, lines: number, since: string | undefined) {
  const { service } = flags
  const said = await Promise.all(
    systemsOf(flags).map(async (system) => {
      const doing = { action: "logs", system, service, lines, since } as const
      return { doing, end: await tellNode(account, place, doing, stop) }
    }),
  )
  const told = said.filter(({ end }) => end.succeeded)
  return {
    lines: inOrder(told.flatMap(({ doing, end }) => logLinesOf(doing.system, end.output))),
    refused: said.filter(({ end }) => !end.succeeded),
  }
}

/** Asks again for what came since the last line that was seen, until a signal ends it. */
async function follow(on: Looking, first: Seen, since: string | undefined): Promise<ExitCode> {
  const { account, place, stop } = on
  for (let seen = first; !stop.aborted; ) {
    await account.cloud.clock.sleep(2_000, stop)
    if (stop.aborted) break
    const { lines, refused } = await look(on, mostLines, overlapping(seen, since))
    if (refused.length === systemsOf(on.flags).length) throw refusedBy(account, place, refused)
    const next = unseen(lines, seen)
    show(on, next.fresh)
    seen = next.seen
  }
  return exitCodes.interrupted
}

/** As many as the document lets through. */
const mostLines = 99_999

/** A little before the last line: one container's lines may be known later than those that another one wrote since. */
function overlapping(seen: Seen, since: string | undefined): string | undefined {
  const latest = latestOf(seen)
  if (latest === undefined || latest === "") return since
  const before = new Date(Date.parse(latest) - 10_000).toISOString()
  return since !== undefined && since > before ? since : before
}

function show({ account, flags, opened, place }: Looking, lines: readonly LogLine[]): void {
  if (lines.length === 0) return
  const together = systemsOf(flags).length > 1
  opened.report.show({ type: "log", ...placeOf(account, place.scope), node: place.instance, together, lines })
}
