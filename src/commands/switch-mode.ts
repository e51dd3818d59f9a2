import { Argument, Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, Usage } from "../errors.ts"
import type { Mode } from "../nodes/modes.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { open, withAccount } from "./opening.ts"
import { type SystemFlags, systemOption, systemsOf } from "./system.ts"
import { type WaiverFlags, waived, waiverOptions } from "./waivers.ts"

export interface SwitchFlags extends GlobalFlags, SystemFlags, WaiverFlags {
  readonly mode: Mode
  readonly dryRun?: true
  readonly confirmLive?: string
  readonly positionsChecked?: true
  readonly lockTimeout?: string
}

export function switchModeCommand(app: Ending, run = switchMode) {
  const [waive, reason] = waiverOptions
  return new Command("switch-mode")
    .description("Switch how systems trade: development and testing on paper, or live with real money.")
    .addArgument(new Argument("<mode>", "development (dev), testing (test) or live").argParser(readMode))
    .addOption(systemOption)
    .option("--dry-run", "of live: every check with its result, and a token to confirm it with; changes nothing")
    .option("--confirm-live <token>", "what --dry-run has printed, where there is no terminal to confirm at")
    .addOption(waive)
    .addOption(reason)
    .option("--positions-checked", "when leaving live: no position and no order is left that nobody attends to")
    .option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")
    .addHelpText("after", examples("smart0dte switch-mode testing", "smart0dte switch-mode live --system smart-0dte"))
    .action(async (mode, own, command) => app.exit(await run(app, { ...flagsOf(own, command), mode })))
}

export async function switchMode(app: App, flags: SwitchFlags): Promise<ExitCode> {
  const { mode, dryRun = false, confirmLive: token, positionsChecked = false } = flags
  const reasons = waived(flags)
  if (mode !== "live") refuseLiveFlags(flags)
  const opened = await open(app, "switch-mode", flags)
  const systems = systemsOf(flags)
  if (mode === "live" && !dryRun) (await import("./confirm-live.ts")).refuseUnattended(app, opened, token)
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    if (mode === "live") {
      const { goLiveWith } = await import("./going-live.ts")
      return goLiveWith(app, opened, account, { command: "live", scope, systems, dryRun, token, waived: reasons })
    }
    const { goPaper } = await import("./going-paper.ts")
    return goPaper(app, opened, account, { scope, systems, mode, positionsChecked })
  })
}

const modes: Readonly<Record<string, Mode>> = {
  dev: "development",
  development: "development",
  test: "testing",
  testing: "testing",
  live: "live",
  // What the applications call it. It is confirmed as going live is: a word is only a word.
  production: "live",
}

/** What is not exactly one of them is none: of all words, this one is not guessed at. */
function readMode(text: string): Mode {
  const mode = Object.hasOwn(modes, text) ? modes[text] : undefined
  if (mode !== undefined) return mode
  const hint =
    text === "prod"
      ? "prod is an environment (--env prod), and no environment's name is a mode; the mode is called live"
      : "the modes are development (dev), testing (test) and live"
  throw new Usage(`${JSON.stringify(text.slice(0, 60))} is no mode`, { hint })
}

function refuseLiveFlags({ mode, dryRun, confirmLive, waive }: SwitchFlags): void {
  const given = [
    ...(dryRun ? ["--dry-run"] : []),
    ...(confirmLive === undefined ? [] : ["--confirm-live"]),
    ...(waive === undefined ? [] : ["--waive"]),
  ]
  if (given.length === 0) return
  throw new Usage(
    `${given.join(" and ")} ${given.length === 1 ? "is" : "are"} of going live, and the mode is ${mode}`,
    {
      hint: "leave it out: paper trading asks for nothing",
    },
  )
}
