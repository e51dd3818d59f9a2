import type { AppliedResult, Failure } from "../results.ts"
import { wrap } from "./fit.ts"
import { nextLines } from "./next.ts"
import { outputRows } from "./outputs.ts"
import { mark, type Page, placeOf } from "./page.ts"
import { count, duration, usd } from "./quantity.ts"
import { escapeControls } from "./value.ts"

export function appliedLines(result: AppliedResult, page: Page): readonly string[] {
  return [
    ...result.failed.flatMap((failure) => failureLines(failure, page)),
    ...outputRows(result.outputs, page),
    ...remainLines(result.remains, page),
    ...wrap(`${mark(page)}${headline(result, page)}`, page.width),
    ...nextLines(result.next, page),
  ]
}

export function failureLines({ step, waits, message, hint, requestId }: Failure, page: Page): readonly string[] {
  // What a container said last is several lines.
  const [first = "", ...rest] = message.split("\n").map(escapeControls)
  return [
    ...wrap(`${waits ? page.paint.yellow("waiting:") : page.paint.red(`failed ${step}:`)} ${first}`, page.width),
    ...rest.flatMap((line) => wrap(line, page.width, 4)),
    ...(hint === undefined ? [] : wrap(hint, page.width, 4)),
    ...(requestId === undefined ? [] : [`    AWS request id ${requestId}`]),
  ]
}

function remainLines(remains: readonly string[], page: Page): readonly string[] {
  if (remains.length === 0) return []
  return ["what remains:", ...remains.flatMap((one) => wrap(one, page.width, 2))]
}

function headline(result: AppliedResult, { paint }: Page): string {
  const place = placeOf(result)
  if (result.outcome === "nothing to do") return `${paint.bold(`nothing to do: ${place}`)}${priceOf(result)}`
  if (result.outcome === "done") {
    const said = paint.green.bold(`${doneWords[result.command]} ${place}`)
    return `${said}: ${count(result.done, "step")}${timesOf(result)}${priceOf(result)}`
  }
  const waiting = result.failed.filter(({ waits }) => waits).length
  const failed = result.failed.length - waiting
  const end = result.outcome === "interrupted" ? "interrupted" : "not complete"
  const counts = [
    `${result.done} done`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
    ...(result.skipped > 0 ? [`${result.skipped} not begun`] : []),
  ]
  return `${paint.red.bold(`${result.command} of ${place} ${end}`)}: ${counts.join(", ")}, ${duration(result.seconds)}`
}

const doneWords = {
  deploy: "deployed",
  destroy: "destroyed",
  release: "released",
  rollback: "rolled back",
} as const

/** Whoever waits for the systems need not wait for the rest. */
const timesOf = ({ seconds, usableSeconds }: AppliedResult) =>
  usableSeconds === undefined
    ? ` in ${duration(seconds)}`
    : `, usable in ${duration(usableSeconds)}, complete in ${duration(seconds)}`

const priceOf = ({ monthlyUsd }: AppliedResult) => (monthlyUsd === undefined ? "" : `; ${usd(monthlyUsd)} a month`)
