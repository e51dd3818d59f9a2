import type { StepEvent, Verb } from "../../engine/events.ts"
import { Awaited } from "../../errors.ts"
import { duration } from "../text/quantity.ts"
import { escapeControls } from "../text/value.ts"
import type { Running, Tally } from "./tally.ts"
import { secondsLeft } from "./tally.ts"

const words: Readonly<Record<Verb, readonly [doing: string, did: string]>> = {
  create: ["creating", "created"],
  update: ["updating", "updated"],
  replace: ["replacing", "replaced"],
  destroy: ["destroying", "destroyed"],
  adopt: ["adopting", "adopted"],
  restore: ["restoring", "restored"],
}

/** What it is, and how long it has taken: on a narrow screen the first gives way to the second. */
export function runningWords(running: Running, now: number): { readonly what: string; readonly time: string } {
  const { verb, key, since, usual, why } = running
  const spent = now - since
  const late = usual > 0 && spent > 2 * usual ? ", longer than usual" : ""
  const against = usual > 0 ? ` of about ${duration(usual)}` : ""
  const reason = why === undefined ? "" : `: ${escapeControls(why)}`
  return { what: `${words[verb][0]} ${key}`, time: `${duration(spent)}${against}${late}${reason}` }
}

/** The same where there is no room for words. */
export function runningBriefly({ key, since, usual }: Running, now: number) {
  const against = usual > 0 ? ` of ${duration(usual)}` : ""
  return { what: key, time: `${duration(now - since)}${against}` }
}

type Ended = Extract<StepEvent, { phase: "done" | "failed" | "skipped" }>

export function endedWords(event: Ended): string {
  const [doing, did] = words[event.verb]
  const { key } = event.step
  if (event.phase === "done") {
    const remains = event.remains === undefined ? "" : `; remains: ${event.remains}`
    return escapeControls(`${did} ${key}  ${duration(event.seconds)}${remains}`)
  }
  if (event.phase === "skipped") return escapeControls(`not begun: ${doing} ${key}, because ${event.because}`)
  if (event.error instanceof Awaited) return escapeControls(`waiting: ${event.error.message}`)
  return escapeControls(`failed ${doing} ${key} after ${duration(event.seconds)}: ${messageOf(event.error)}`)
}

export function totalBriefly(tally: Tally, now: number): string {
  return `${tally.done}/${tally.total}${undone(tally)}, ${duration(secondsLeft(tally, now))} left`
}

const undone = ({ failed, waiting }: Tally) =>
  `${failed > 0 ? `, ${failed} failed` : ""}${waiting > 0 ? `, ${waiting} waiting` : ""}`

export function totalWords(tally: Tally, now: number): string {
  const left = secondsLeft(tally, now)
  const time = left >= 1 ? `about ${duration(left)} left` : "almost done"
  return `${tally.done} of ${tally.total} done${undone(tally)}, ${time}`
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
