import type { LiveCheck, LiveChecksResult, LivePhaseResult, LiveResult } from "../results/live.ts"
import { beside } from "./beside.ts"
import { pad, wrap } from "./fit.ts"
import { screenLines } from "./live-screen.ts"
import { goingLive } from "./live-words.ts"
import { nextLines } from "./next.ts"
import { heading, mark, type Page, placeOf } from "./page.ts"
import { switchedLines } from "./switched.ts"
import { escapeControls } from "./value.ts"

/** What is said on the way to real money. */
export function liveLines(result: LiveResult, page: Page): readonly string[] {
  switch (result.type) {
    case "live-checks":
      return checksLines(result, page)
    case "live-screen":
      return screenLines(result, page)
    case "live-phase":
      return phaseLines(result, page)
    case "switched":
      return switchedLines(result, page)
  }
}

function checksLines(result: LiveChecksResult, page: Page): readonly string[] {
  const { checks, systems, token, next } = result
  return [
    ...heading(page, `checks before ${goingLive(result, page)}: ${systems.join(" and ")} of ${placeOf(result)}`),
    "",
    ...checks.flatMap((check) => checkLines(check, page)),
    "",
    ...heading(page, verdictOf(result)),
    ...(token
      ? [...wrap(`token: ${token.id}`, page.width), ...wrap(`good until ${token.until}, once`, page.width)]
      : []),
    ...nextLines(next, page),
  ]
}

function checkLines({ name, state, detail, fix }: LiveCheck, page: Page): readonly string[] {
  const { green, red, yellow, magenta } = page.paint
  const paint = { passed: green, failed: red, later: yellow, waived: magenta }[state]
  return [
    ...beside(name, `${paint(pad(state, "passed".length))}  ${escapeControls(detail)}`, { column: longest, page }),
    ...(fix !== undefined && state === "failed" ? beside("", `do: ${fix}`, { column: longest, page }) : []),
  ]
}

const longest = "confirmation".length

function verdictOf({ checks, passed }: LiveChecksResult): string {
  const number = (state: LiveCheck["state"]) => checks.filter((one) => one.state === state).length
  const told = (["passed", "later", "waived", "failed"] as const)
    .filter((state) => number(state) > 0)
    .map((state) => `${number(state)} ${state}`)
  return `${told.join(", ")}: ${passed ? "nothing stands in the way" : "it does not go live"}`
}

function phaseLines({ phase, node, system, state, detail }: LivePhaseResult, page: Page): readonly string[] {
  const shown = state === "done" ? page.paint.green(state) : page.paint.red(state)
  const told = detail === "" ? "" : `: ${escapeControls(detail)}`
  return wrap(`${mark(page)}${phase} ${system} on ${node} ${shown}${told}`, page.width, 2)
}
