import type { DoctorCheck, DoctorResult } from "../results/doctor.ts"
import { wrap } from "./fit.ts"
import { nextLines } from "./next.ts"
import { heading, type Page } from "./page.ts"
import { count } from "./quantity.ts"
import { escapeControls } from "./value.ts"

export function doctorLines({ checks, missing, policy, next }: DoctorResult, page: Page): readonly string[] {
  return [
    ...heading(page, "what a deploy would stand on"),
    ...checks.flatMap((check) => checkLines(check, page)),
    ...(missing.length === 0 ? [] : ["", ...heading(page, `${count(missing.length, "permission")} missing`)]),
    ...missing.flatMap((action) => wrap(escapeControls(action), page.width, 2)),
    // As it is, so that it can be copied into IAM.
    ...(policy === undefined
      ? []
      : ["", ...heading(page, "the policy that grants them"), JSON.stringify(policy, undefined, 2)]),
    "",
    ...heading(page, verdictOn(checks)),
    ...nextLines(next, page),
  ]
}

/** That nothing stands in the way can be said only where all that might was seen. */
function verdictOn(checks: readonly DoctorCheck[]): string {
  const failed = checks.filter(({ state }) => state === "failed").length
  const unknown = checks.filter(({ state }) => state === "unknown")
  const unseen = unknown.map(({ name }) => name).filter((name) => decisive.includes(name))
  if (failed === 0 && unseen.length > 0) return `nothing failed, but ${unseen.join(" and ")} could not be looked at`
  const verdict = failed === 0 ? "nothing stands in the way" : `${count(failed, "check")} failed`
  return unknown.length === 0 ? verdict : `${verdict}, ${unknown.length} could not be looked at`
}

/** Without these a deploy does not even begin. */
const decisive = ["permissions", "plan"]

function checkLines({ name, state, text, fix }: DoctorCheck, page: Page): readonly string[] {
  const { green, red, yellow, cyan } = page.paint
  const paint = { ok: green, failed: red, advice: cyan, unknown: yellow }[state]
  const told = [`${name}: ${text}`, ...(fix === undefined ? [] : [fix])]
  if (page.width < 40)
    return [`  ${paint(state)}`, ...told.flatMap((line) => wrap(escapeControls(line), page.width, 4))]
  const lines = told.flatMap((line) => wrap(escapeControls(line), page.width - column))
  const sign = `  ${paint(state)}${" ".repeat(column - 2 - state.length)}`
  return lines.map((line, index) => `${index === 0 ? sign : " ".repeat(column)}${line}`)
}

/** Where what is said of each check begins. */
const column = 11
