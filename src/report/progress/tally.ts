import { actionId, type StepEvent, type Verb } from "../../engine/events.ts"
import { Awaited } from "../../errors.ts"

/** What a run has told so far. Times are seconds of the run's own clock. */
export interface Tally {
  readonly total: number
  readonly done: number
  readonly failed: number
  /** For somebody elsewhere to do something. */
  readonly waiting: number
  readonly skipped: number
  readonly running: ReadonlyMap<string, Running>
  readonly left: { readonly seconds: number; readonly at: number }
}

export interface Running {
  readonly verb: Verb
  readonly key: string
  readonly since: number
  readonly usual: number
  readonly why: string | undefined
}

export const emptyTally: Tally = {
  total: 0,
  done: 0,
  failed: 0,
  waiting: 0,
  skipped: 0,
  running: new Map(),
  left: { seconds: 0, at: 0 },
}

export function tallied(tally: Tally, event: StepEvent, now: number): Tally {
  if (event.type === "run")
    return { ...emptyTally, total: event.actions.length, left: { seconds: event.secondsLeft, at: now } }
  const id = actionId(event.verb, event.step.scope, event.step.key)
  const others = new Map([...tally.running].filter(([running]) => running !== id))
  if (event.phase === "started") {
    const { verb, usual } = event
    return { ...tally, running: others.set(id, { verb, key: event.step.key, since: now, usual, why: undefined }) }
  }
  if (event.phase === "waiting") {
    const known = tally.running.get(id)
    return known ? { ...tally, running: new Map(tally.running).set(id, { ...known, why: event.why }) } : tally
  }
  if (event.phase === "skipped") return { ...tally, running: others, skipped: tally.skipped + 1 }
  if (event.phase === "failed" && event.error instanceof Awaited)
    return { ...tally, running: others, waiting: tally.waiting + 1 }
  if (event.phase === "failed") return { ...tally, running: others, failed: tally.failed + 1 }
  return { ...tally, running: others, done: tally.done + 1, left: { seconds: event.secondsLeft, at: now } }
}

/** Along the critical path: as last told, less what has gone by since. */
export function secondsLeft(tally: Tally, now: number): number {
  const told = tally.left.seconds - (now - tally.left.at)
  const longest = Math.max(0, ...[...tally.running.values()].map(({ since, usual }) => since + usual - now))
  return Math.max(told, longest)
}
