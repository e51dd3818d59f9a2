import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import type { LedgerRow } from "../aws/trading/ledger.ts"
import { type ExitCode, exitCodes, Usage } from "../errors.ts"
import type { HistoryRow } from "../report/results/trading.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { commandLine } from "./next.ts"
import { open, withAccount } from "./opening.ts"
import { placeOf } from "./planning.ts"

export interface HistoryFlags extends GlobalFlags {
  readonly limit: number
}

export function historyCommand(app: Ending, run = history) {
  return new Command("history")
    .description("Show what was done to how systems trade: by whom, when, and how it ended. The newest first.")
    .option("--limit <number>", "how many events (20)", readLimit, 20)
    .addHelpText("after", examples("smart0dte history", "smart0dte history --limit 100 --output json"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function history(app: App, flags: HistoryFlags): Promise<ExitCode> {
  const opened = await open(app, "history", flags)
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    const [{ stateObjects }, { readLedger }] = await Promise.all([
      import("../aws/state/objects.ts"),
      import("../aws/trading/ledger.ts"),
    ])
    const { cloud } = account
    const events = await readLedger(stateObjects(cloud, cloud.s3), scope, flags.limit)
    opened.report.show({
      type: "history",
      ...placeOf(account, scope),
      rows: events.map(rowOf),
      next: [commandLine(account, `mode --env ${scope}`)],
    })
    return exitCodes.done
  })
}

/** One that nobody can read is still shown, by its name. */
function rowOf({ key, at, event, systems = [], epoch, by = "", run = "", what, details = {} }: LedgerRow): HistoryRow {
  const readable = at !== undefined && event !== undefined && what !== undefined
  if (readable) return { at, event, systems, epoch, by, run, what, details }
  return { at: "", event: "unreadable", systems: [], epoch, by, run, what: `cannot be read: ${key}`, details: {} }
}

function readLimit(text: string): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (limit >= 1 && limit <= 1000) return limit
  throw new Usage(`--limit is ${JSON.stringify(text)}`, { hint: "give a number from 1 to 1000" })
}
