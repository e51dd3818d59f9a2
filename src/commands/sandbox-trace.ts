import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { findRunning, openSandbox } from "./sandbox-opening.ts"

export interface TraceFlags extends GlobalFlags {
  readonly clear?: true
}

export function traceCommand(app: Ending, run = trace) {
  return new Command("trace")
    .description("Show the calls it was asked, each with its answer.")
    .option("--clear", "forget them afterwards")
    .addHelpText("after", examples("smart0dte sandbox trace", "smart0dte sandbox trace --output json --clear"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

async function trace(app: App, flags: TraceFlags): Promise<ExitCode> {
  const opened = await openSandbox(app, "trace", flags)
  const { admin } = await findRunning(opened)
  opened.report.show({ type: "calls", calls: await admin.trace() })
  if (flags.clear) await admin.clearTrace()
  return exitCodes.done
}
