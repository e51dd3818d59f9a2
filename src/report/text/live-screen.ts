import type { LiveScreenResult, LiveSystem } from "../results/live.ts"
import { beside } from "./beside.ts"
import { goingLive } from "./live-words.ts"
import { heading, type Page } from "./page.ts"
import { escapeControls } from "./value.ts"

/** One screen with all that is confirmed, and nothing else: what matters must not scroll away. */
export function screenLines(screen: LiveScreenResult, page: Page): readonly string[] {
  const { environment, account, region, caller, brokerAccount, clock, systems, dailyLoss, waived } = screen
  const line = (name: string, text: string) => beside(name, text, { column: longest, page })
  return [
    "",
    ...heading(page, goingLive(screen, page)),
    ...line("environment", page.paint.bold(environment)),
    ...line("AWS account", `${account}, ${region}`),
    ...line("as", escapeControls(caller)),
    ...line("broker account", page.paint.bold(escapeControls(brokerAccount))),
    ...systems.flatMap((system) => systemLines(system, page)),
    ...line("now", clock),
    ...Object.entries(waived).flatMap(([name, why]) => line("waived", `${name}: ${escapeControls(why)}`)),
    ...line("may lose a day", page.paint.bold(`${amount(dailyLoss)} USD`)),
  ]
}

const longest = "broker account".length

function systemLines({ system, from, to, digest, limits, market }: LiveSystem, page: Page): readonly string[] {
  const { dailyLoss, position, openPositions } = limits
  const line = (name: string, text: string) => beside(name, text, { column: longest, page })
  return [
    ...line(system, `${from} -> ${page.paint.red(to)}`),
    ...line("  digest", digest.slice(0, 16)),
    ...line("  limits", `${amount(dailyLoss)} USD a day, ${amount(position)} USD a position, ${openPositions} open`),
    ...line("  market", market),
  ]
}

const amount = (usd: number): string => (Number.isInteger(usd) ? String(usd) : usd.toFixed(2))
