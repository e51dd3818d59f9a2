import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes, Usage } from "../errors.ts"
import type { System } from "../nodes/systems.ts"
import type { LogLine } from "../report/results/node.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { logLinesOf, newer } from "./log-lines.ts"
import { askNode, findNode, type NodePlace } from "./on-node.ts"
import { type Opened, open, withAccount } from "./opening.ts"
import { placeOf } from "./planning.ts"
import { serviceArgument, systemArgument } from "./system.ts"

export interface LogsFlags extends GlobalFlags {
  readonly system: System
  readonly service?: string | undefined
  readonly follow?: true
  readonly lines?: number
  readonly since?: string
}

export function logsCommand(app: Ending, run = logs) {
  return new Command("logs")
    .description("Show what a system's containers wrote last, the oldest first.")
    .addArgument(systemArgument)
    .addArgument(serviceArgument)
    .option("-f, --follow", "go on with what they write, until Ctrl-C")
    .option("--lines <number>", "how many lines of each service (100)", readLines)
    .option("--since <time>", "no older ones: 15m, 2h, 3d or a time such as 2026-01-31T09:30:00Z")
    .addHelpText("after", examples("smart0dte logs smart-0dte --follow", "smart0dte logs mag7-7dte backend --since 1h"))
    .action(async (system, service, own, command) =>
      app.exit(await run(app, { ...flagsOf(own, command), system, service })),
    )
}

export async function logs(app: App, flags: LogsFlags): Promise<ExitCode> {
  const opened = await open(app, "logs", flags)
  return withAccount(app, opened, flags, async (account) => {
    const since = flags.since && timeOf(flags.since, account.cloud.clock.now())
    const place = await findNode(account, await findEnvironment(account, opened.config))
    await app.interrupts.settling(async (stop) => {
      const look = lookerAt(account, place, flags, stop)
      const first = await look(flags.lines ?? 100, since)
      show(opened, account, place, flags.system, first)
      if (flags.follow) await follow(opened, account, place, flags.system, look, first, stop)
    })
    return exitCodes.done
  })
}

type Look = (lines: number, since: string | undefined) => Promise<readonly LogLine[]>

function lookerAt(account: Account, place: NodePlace, { system, service }: LogsFlags, stop: AbortSignal): Look {
  return async (lines, since) =>
    logLinesOf((await askNode(account, place, { action: "logs", system, service, lines, since }, stop)).output)
}

/** Asks again for what came since the last line that was seen. Only a signal ends it, and that says so itself. */
async function follow(
  opened: Opened,
  account: Account,
  place: NodePlace,
  system: System,
  look: Look,
  first: readonly LogLine[],
  stop: AbortSignal,
): Promise<void> {
  for (let seen = first; !stop.aborted; ) {
    await account.cloud.clock.sleep(2_000, stop)
    if (stop.aborted) return
    const last = seen.findLast(({ time }) => time !== "")?.time
    const fresh = newer(await look(mostLines, last), seen)
    show(opened, account, place, system, fresh)
    if (fresh.length > 0) seen = [...seen, ...fresh].slice(-mostLines)
  }
}

/** As many as the document lets through. */
const mostLines = 99_999

function show({ report }: Opened, account: Account, place: NodePlace, system: System, lines: readonly LogLine[]) {
  if (lines.length > 0)
    report.show({ type: "log", ...placeOf(account, place.scope), node: place.instance, system, lines })
}

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

function timeOf(text: string, now: number): string {
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(text) ?? []
  if (amount !== undefined) return new Date(now - Number(amount) * units[unit as keyof typeof units]).toISOString()
  const time = Date.parse(text)
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(time)) return new Date(time).toISOString()
  throw new Usage(`--since is ${JSON.stringify(text)}`, {
    hint: "give 15m, 2h, 3d, or a time such as 2026-01-31T09:30:00Z",
  })
}

function readLines(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text)
  throw new Usage(`--lines is ${JSON.stringify(text)}`, { hint: "give a whole number from 1 to 99999" })
}
